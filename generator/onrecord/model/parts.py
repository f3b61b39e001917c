"""The parts that entries are made of: updates, corrections, who raised it, what was promised."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onrecord.model.kinds import ComponentState, Status, UpdateKind, Weight
from onrecord.model.scalars import Day, Line, Moment, Slug, Text, Url


class Part(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Update(Part):
    """One dated statement on an entry; `official` if the brand made it."""

    at: Moment
    status: Status | None = None
    body: Text = ""
    by: Line | None = Field(None, description="a name from voices.yml, or the account at the venue")
    official: bool = True
    venue: Line | None = None
    url: Url | None = None
    kind: UpdateKind | None = None
    next_update_at: Moment | None = Field(None, description="when we promise to say more")
    components: dict[Slug, ComponentState] = {}

    @model_validator(mode="after")
    def _promises_the_future(self) -> Self:
        if self.next_update_at and self.next_update_at <= self.at:
            raise ValueError('"next_update_at" is not after "at": write its day too, like "2026-11-22 00:30"')
        return self


class Correction(Part):
    """A change of meaning after publication, told openly."""

    at: Moment
    by: Line | None = None
    was: Text
    now: Text
    why: Text
    weight: Weight = Weight.FACT


class Raised(Part):
    """How the matter first reached us; the customer's own words only with consent."""

    at: Moment
    venue: Line | None = None
    url: Url | None = None
    count: Annotated[int, Field(ge=1, description="how many people raised it")] = 1
    paraphrase: Text | None = None
    quote: Text | None = None
    consent: bool = False

    @model_validator(mode="after")
    def _quote_needs_consent(self) -> Self:
        if self.quote and not self.consent:
            raise ValueError('a "quote" needs consent: write a "paraphrase", or ask and then add "consent: true"')
        return self


class Span(Part):
    """A stretch of time; open-ended while `to` is absent."""

    from_: Annotated[Moment, Field(alias="from")]
    to: Moment | None = None


class Handoff(Part):
    """Passing a matter to the customer-care team, without private detail."""

    to: Line
    at: Moment
    ref: Line | None = None


class Affects(Part):
    """Which versions and platforms a known issue touches."""

    versions: tuple[Line, ...] = ()
    platforms: tuple[Line, ...] = ()


class Affected(Part):
    """Who was touched; `count: unknown` says openly that we do not know yet."""

    count: Annotated[int, Field(ge=0)] | Literal["unknown"] | None = None
    who: Line | None = None
    regions: tuple[Line, ...] = ()


class Repair(Part):
    """What affected people get, and how."""

    what: Text
    how_to_claim: Text | None = None
    by: Day | None = None


class Prevention(Part):
    """What we change so that it does not recur, with a date."""

    action: Line
    owner_role: Line | None = None
    due: Day | None = None
    done_at: Day | None = None


class Venue(Part):
    """A public place where the matter was raised or answered."""

    name: Line
    url: Url | None = None


class SourceRef(Part):
    """Where a pulled entry comes from; `fetched_at` moves only when the entry does."""

    name: Slug
    url: Url | None = None
    fetched_at: Moment | None = None


class Excluded(Part):
    """Why an entry is left out of the figures."""

    exclude: Line
