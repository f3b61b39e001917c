"""What is known of an account: whether it points back to us, since when it does not, and when it was asked."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from onrecord.model.parts import Part
from onrecord.model.people import Account
from onrecord.model.scalars import Day, Line


class Standing(StrEnum):
    """What may be said of an account in public."""

    BOTH_WAYS = "both_ways"
    WE_SAY_SO = "we_say_so"
    BROKEN = "broken"


class Answer(StrEnum):
    """What came of asking: only `yes` and `no` are answers, and a failure of the network is neither."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


class Proof(Part):
    """What the machine knows of one account, as `voices.yml` names it; another handle or address begins anew."""

    account: Account
    confirmed: Day | None = Field(None, description="the last day on which it pointed back")
    asked: Day | None = Field(None, description="the last day on which it was asked, with or without an answer")
    broken_since: Day | None = Field(None, description="the day on which it was first seen to point back no more")
    why: Line | None = Field(None, description="why the last answer was no")

    @property
    def standing(self) -> Standing:
        """Return what may be said of the account: what was never confirmed cannot break."""
        if self.broken_since:
            return Standing.BROKEN
        return Standing.BOTH_WAYS if self.confirmed else Standing.WE_SAY_SO

    @property
    def is_old(self) -> bool:
        """Tell whether it was asked again since it was confirmed, and nobody answered."""
        return self.standing is Standing.BOTH_WAYS and self.confirmed != self.asked

    def after(self, answer: Answer, why: str, today: date) -> "Proof":
        """Return what is known once it was asked on a day."""
        if answer is Answer.YES:
            return Proof(account=self.account, confirmed=today, asked=today)
        if answer is Answer.CANNOT_TELL:
            return self.model_copy(update={"asked": today})
        since = self.broken_since or (today if self.confirmed else None)
        return self.model_copy(update={"asked": today, "broken_since": since, "why": why})
