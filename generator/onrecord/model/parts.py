"""The parts that entries are made of: updates, corrections, who raised it, what was promised."""

from collections.abc import Iterable
from operator import lt
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onrecord.model.kinds import ComponentState, Status, UpdateKind, Weight
from onrecord.model.scalars import Day, Line, Moment, Slug, Text, Url


class Part(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    if not TYPE_CHECKING:  # which would have it that there is nothing a part does not have

        def __getattr__(self, name: str) -> Any:
            # Pages ask an entry a dozen times for what other kinds have. Pydantic looks for private and extra fields
            # first; a part has none.
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class Update(Part):
    """One dated statement on an entry; `official` if the brand made it."""

    at: Moment = Field(description="when it was said")
    status: Status | None = Field(None, description="where the entry stands since then")
    body: Text = Field("", description="the words, in Markdown")
    by: Line | None = Field(None, description="a name from voices.yml, or the account at the venue")
    official: bool = Field(True, description="false for words that are not the brand's")
    venue: Line | None = Field(None, description="where it was said")
    url: Url | None = Field(None, description="the very place, to be linked to")
    kind: UpdateKind | None = Field(None, description="what it does for the person who asked")
    next_update_at: Moment | None = Field(None, description="when we promise to say more")
    components: dict[Slug, ComponentState] = Field({}, description="how components are doing since then")

    @model_validator(mode="after")
    def _promises_the_future(self) -> Self:
        if self.next_update_at and self.next_update_at <= self.at:
            raise ValueError('"next_update_at" is not after "at": write its day too, like "2026-11-22 00:30"')
        return self


class Correction(Part):
    """A change of meaning after publication, told openly."""

    at: Moment = Field(description="when it was corrected")
    by: Line | None = Field(None, description="who corrected it: a name from voices.yml")
    was: Text = Field(description="what it said before")
    now: Text = Field(description="what it says instead")
    why: Text = Field(description="why it was wrong")
    weight: Weight = Field(Weight.FACT, description="how much it changes")


class Raised(Part):
    """How the matter first reached us; the customer's own words only with consent."""

    at: Moment = Field(description="when the customer said it")
    venue: Line | None = Field(None, description="where: a tracker, a forum, a social account")
    url: Url | None = Field(None, description="the very place, to be linked to")
    count: Annotated[int, Field(ge=1, description="how many people raised it")] = 1
    paraphrase: Text | None = Field(None, description="what they said, in our words")
    quote: Text | None = Field(None, description="what they said, in theirs; needs `consent: true`")
    consent: bool = Field(False, description="true if they agreed to be quoted")

    @model_validator(mode="after")
    def _quote_needs_consent(self) -> Self:
        if self.quote and not self.consent:
            raise ValueError('a "quote" needs consent: write a "paraphrase", or ask and then add "consent: true"')
        return self


class Span(Part):
    """A stretch of time; open-ended while `to` is absent."""

    from_: Annotated[Moment, Field(alias="from", description="when it began")]
    to: Moment | None = Field(None, description="when it ended; left out while it lasts")


class Handoff(Part):
    """Passing a matter to the customer-care team, without private detail."""

    to: Line = Field(description="the team it was passed to")
    at: Moment = Field(description="when")
    ref: Line | None = Field(None, description="the team's own number for it")


class Affects(Part):
    """Which versions and platforms a known issue touches."""

    versions: tuple[Line, ...] = Field((), description="versions that have it")
    platforms: tuple[Line, ...] = Field((), description="platforms that have it")


class Affected(Part):
    """Who was touched; `count: unknown` says openly that we do not know yet."""

    count: Annotated[int, Field(ge=0)] | Literal["unknown"] | None = Field(
        None, description="how many people; `unknown` says openly that we do not know yet"
    )
    who: Line | None = Field(None, description="which people, in words they know themselves by")
    regions: tuple[Line, ...] = Field((), description="where")


class Repair(Part):
    """What affected people get, and how."""

    what: Text = Field(description="what they get")
    how_to_claim: Text | None = Field(None, description="what they have to do for it")
    by: Day | None = Field(None, description="the day by which they have it")


class Prevention(Part):
    """What we change so that it does not recur, with a date."""

    action: Line = Field(description="what we change")
    owner_role: Line | None = Field(None, description="the role that answers for it, not a person's name")
    due: Day | None = Field(None, description="the day by which we promise it")
    done_at: Day | None = Field(None, description="the day it was done")


class Venue(Part):
    """A public place where the matter was raised or answered."""

    name: Line = Field(description="what people call it")
    url: Url | None = Field(None, description="the very place, to be linked to")
    at: Moment | None = Field(None, description="when it was said there")


class Post(Part):
    """Something that somebody who does not speak for you wrote in public: when and where, never who or what."""

    at: Moment = Field(description="when it was written")
    venue: Line | None = Field(None, description="where it was written")
    url: Url | None = Field(None, description="the very place, to be linked to")


MOST_POSTS = 200
"""How many posts an entry keeps: of more, the first half and the last. Any order of them gives the same ones."""


def first_and_last(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Return each post once, oldest first, and of too many those at both ends."""
    ordered = tuple(posts)
    keys = [(post.at, post.url or "", post.venue or "") for post in ordered]
    if not all(map(lt, keys, keys[1:])):  # which nearly all are, and to see it takes a third of the time
        each = dict(zip(keys, ordered, strict=True))
        ordered = tuple(each[key] for key in sorted(each))
    return ordered if len(ordered) <= MOST_POSTS else (*ordered[: MOST_POSTS // 2], *ordered[-MOST_POSTS // 2 :])


class SourceRef(Part):
    """Where a pulled entry comes from; `fetched_at` moves only when the entry does."""

    name: Slug = Field(description="the source's name in site_config.yml")
    url: Url | None = Field(None, description="where the original is")
    fetched_at: Moment | None = Field(None, description="when it was last seen to differ")
    labels: tuple[Line, ...] = Field((), description="the labels that it carries there; rules of triage read them")


class Excluded(Part):
    """Why an entry is left out of the figures."""

    exclude: Line = Field(description="the reason, which is published")
