"""What we set ourselves: how soon to answer and to fix, by impact, from which day; and when we work."""

import re
from datetime import date, time, timedelta
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from onrecord.model.kinds import Impact
from onrecord.model.parts import Part
from onrecord.model.scalars import Day, Zone

_LENGTH = re.compile(r"(\d{1,4}) ?(m|min|minutes?|h|hours?|d|days?)", re.ASCII)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d) ?[-–] ?(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))", re.ASCII)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_length(value: object) -> timedelta:
    """Return a length of time that a person wrote, like `30 min`, `4 h` or `2 days`."""
    if isinstance(value, timedelta):
        return value
    found = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not int(found[1]):
        raise ValueError('this is not a length of time: write one like "30 min", "4 h" or "2 days"')
    return int(found[1]) * _UNITS[found[2][0]]


def read_hours(value: object) -> tuple[time, time]:
    """Return from when to when a person wrote, like `09:00-18:00`; `24:00` is the end of the day."""
    if isinstance(value, tuple):
        return value
    found = _HOURS.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('these are no opening hours: write them like "09:00-18:00"')
    opens = time(int(found[1]), int(found[2]))
    closes = time() if found[5] else time(int(found[3]), int(found[4]))
    if closes != time() and closes <= opens:
        raise ValueError('they close before they open: write "22:00-24:00" on one day and "00:00-06:00" on the next')
    return opens, closes


Length = Annotated[
    timedelta,
    BeforeValidator(read_length),
    WithJsonSchema({"type": "string", "examples": ["30 min", "4 h", "2 days"]}),
]
Hours = Annotated[
    tuple[time, time],
    BeforeValidator(read_hours),
    WithJsonSchema({"type": "string", "examples": ["09:00-18:00"]}),
]


class Target(Part):
    """How soon we mean to answer and to fix what is raised from a day on."""

    from_: Day = Field(alias="from", description="the first day on which they hold")
    answer: dict[Impact, Length] = Field({}, description="how soon we answer, by impact")
    fix: dict[Impact, Length] = Field({}, description="how soon it is fixed, by impact")


class Week(Part):
    """When somebody answers, by the clock of a place."""

    zone: Zone = Field(description="the clock by which we work, like `Europe/Madrid`")
    mon: tuple[Hours, ...] = Field((), description='one or more, like `["09:00-13:00", "14:00-18:00"]`')
    tue: tuple[Hours, ...] = Field((), description="the same for Tuesday")
    wed: tuple[Hours, ...] = Field((), description="the same for Wednesday")
    thu: tuple[Hours, ...] = Field((), description="the same for Thursday")
    fri: tuple[Hours, ...] = Field((), description="the same for Friday")
    sat: tuple[Hours, ...] = Field((), description="the same for Saturday")
    sun: tuple[Hours, ...] = Field((), description="the same for Sunday")
    days_off: tuple[Day, ...] = Field((), description="holidays: days on which nobody answers")

    def openings(self, weekday: int) -> tuple[tuple[time, time], ...]:
        """Return the hours of a weekday; Monday is 0."""
        found: tuple[tuple[time, time], ...] = getattr(self, _WEEK[weekday])
        return found


class Targets(Part):
    """`content/targets.yml`: what we set ourselves, and the hours beside which the figures are printed."""

    targets: tuple[Target, ...] = Field((), description="the newest that had begun when a matter was raised counts")
    hours: Week | None = Field(None, description="when we work; the figures then show business hours too")

    @model_validator(mode="after")
    def _each_begins_on_a_day_of_its_own(self) -> Self:
        begins = [target.from_ for target in self.targets]
        if len(set(begins)) < len(begins):
            raise ValueError('two of the targets begin on the same day: give each a "from" of its own')
        return self

    def between(self, first: date, last: date) -> tuple[Target, ...]:
        """Return what held on any of these days, the newest first."""
        begun = sorted((target for target in self.targets if target.from_ <= last), key=lambda target: target.from_)
        before = sum(target.from_ <= first for target in begun)
        return tuple(reversed(begun[max(before - 1, 0) :]))

    def of(self, day: date) -> Target | None:
        """Return what holds for a matter that was raised on a day of the site's calendar."""
        begun = [target for target in self.targets if target.from_ <= day]
        return max(begun, key=lambda target: target.from_, default=None)
