"""Who answers what: the rules that people write, read from the top, of which the first that matches decides."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from onrecord.model.kinds import Impact, Kind
from onrecord.model.parts import Part
from onrecord.model.scalars import Line, Slug

_MANY = 100


def check_phrase(value: str) -> str:
    """Return words to look for: at least one, and a `*` only where the last one may go on."""
    if "*" in value[:-1]:
        raise ValueError('a "*" may only stand at the end: write "refund*" for refunds, refunded and the like')
    if not any(sign.isalnum() for sign in value):
        raise ValueError("there is no word in it: write one, or take it out")
    return value


Phrase = Annotated[Line, AfterValidator(check_phrase)]


class Route(StrEnum):
    """Who says something next: we where it was raised, a team that takes it over, or both."""

    ANSWER = "answer"
    HAND_OFF = "hand-off"
    BOTH = "both"


class When(Part):
    """What a rule looks for: everything that it names must hold; of a list, one is enough."""

    words: tuple[Phrase, ...] = Field(
        (),
        max_length=_MANY,
        description="in the title, the summary, the words or the paraphrase: whole words, in any case and with any "
        "accents; `refund*` also finds refunds and refunded",
    )
    venues: tuple[Phrase, ...] = Field(
        (), max_length=_MANY, description="where it was raised, by words of the venue's name, like `mastodon`"
    )
    kinds: tuple[Kind, ...] = Field((), description="what it is, like `known-issue`")
    components: tuple[Slug, ...] = Field((), description="names from components.yml")
    topics: tuple[Slug, ...] = Field((), description="what it is about, in names of your own")
    labels: tuple[Line, ...] = Field(
        (),
        max_length=_MANY,
        description="labels that it carries on the tracker it was pulled from, whole and in any case",
    )
    people: Annotated[int, Field(ge=1)] | None = Field(
        None, description="at least so many people raised it, or are affected"
    )


class Then(Part):
    """What a rule decides."""

    impact: Impact | None = Field(None, description="how much it hurts, while nobody wrote that into the entry")
    route: Route = Field(Route.ANSWER, description="`answer` it where it was raised, `hand-off` to a team, or `both`")
    team: Line | None = Field(None, description="the team that takes it over; for `hand-off` and `both`")
    owner: Slug | None = Field(None, description="who sees to it that it is done: a name from voices.yml")

    @model_validator(mode="after")
    def _hands_to_a_team(self) -> Self:
        if self.route is Route.ANSWER and self.team:
            raise ValueError('"team" takes over nothing here: add "route: hand-off" or "route: both"')
        if self.route is not Route.ANSWER and not self.team:
            raise ValueError('nobody takes it over: add "team: …" with the name of the team')
        return self


class Rule(Part):
    """One rule: what it looks for, and what it decides; one that looks for nothing matches everything."""

    when: When = Field(When(), description="what it looks for; left out, it matches everything")
    then: Then = Field(description="what it decides")


class Rules(Part):
    """`content/triage.yml`: who answers what."""

    rules: tuple[Rule, ...] = Field(
        (), max_length=_MANY, description="read from the top: the first that matches decides, and no other"
    )
