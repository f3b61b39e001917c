"""Known issues: what is wrong, whom it affects, what to do meanwhile; and what was fixed lately."""

from collections.abc import Iterator
from typing import ClassVar

from onrecord.file import File
from onrecord.model.kinds import Kind
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record

FIXED_WITHIN_DAYS = 30


class Known:
    """The page of known issues."""

    name: ClassVar[str] = "known"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield the page: open ones with a way round, then those fixed in the last thirty days."""
        still_open = record.known_issues
        say = press.language
        yield press.page(
            addresses.KNOWN,
            "known.html",
            title=say.say("Known issues"),
            description=say.number("%(num)d known issue is open.", "%(num)d known issues are open.", len(still_open)),
            active=addresses.KNOWN,
            happening=[entry for entry in record.open_now if entry.kind is Kind.INCIDENT],
            open=still_open,
            components=[
                (name, component)
                for name, component in record.components.items()
                if any(name in entry.components for entry in still_open)
            ],
            fixed=record.fixed_within(FIXED_WITHIN_DAYS),
        )
