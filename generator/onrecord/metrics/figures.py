"""The figures of a period: how well we answered what was raised in it.

Every rule is in docs/design/metrics.md; what readers are told of them is in `definitions.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onrecord.metrics.curve import Times, Wait
from onrecord.metrics.facts import Facts, facts_of
from onrecord.metrics.hours import business_time
from onrecord.metrics.pace import raised_at, was_raised
from onrecord.metrics.share import Share, share
from onrecord.model.entry import Apology, Entry, FixNote, Incident, Raisable
from onrecord.model.kinds import FIXED, TROUBLE, Impact, Status
from onrecord.model.parts import Excluded, Prevention
from onrecord.model.targets import Targets

DAY = timedelta(days=1)
WITHDRAWN = "withdrawn"

_DECLINED = (Status.WONT_FIX, Status.EXTERNAL)


class Case(NamedTuple):
    """One matter that somebody raised: how long for an acknowledgement, an answer and the fix, and what was due when.

    `fix` is absent where there is none to wait for: what we will not change, and what is not ours. `answer_at_work`
    is the answer in business hours, where they are known.
    """

    entry: Entry
    raised_at: datetime
    acknowledgement: Wait
    answer: Wait
    fix: Wait | None
    facts: Facts
    answer_target: timedelta | None = None
    fix_target: timedelta | None = None
    answer_at_work: Wait | None = None

    @property
    def id(self) -> str:
        """Return the entry's id."""
        return self.entry.id

    @property
    def is_waiting(self) -> bool:
        """Tell whether somebody still waits for an answer; what was closed in silence will never get one."""
        return not self.answer.is_over and self.entry.is_open

    @property
    def in_silence(self) -> bool:
        """Tell whether we closed it without an answer."""
        return not self.answer.is_over and not self.entry.is_open


def is_trouble(entry: Entry) -> bool:
    """Tell whether an entry is what the figures are about: trouble that somebody raised."""
    return entry.kind in TROUBLE and was_raised(entry)


def left_out_because(entry: Entry) -> str | None:
    """Return why a matter that was raised is in no figure: a reason by hand, or that it was withdrawn."""
    if entry.status is Status.WITHDRAWN:
        return WITHDRAWN
    return entry.metrics.exclude if isinstance(entry.metrics, Excluded) else None


def is_counted(entry: Entry) -> bool:
    """Tell whether an entry is in the figures: trouble that somebody raised, not withdrawn, not left out by hand."""
    return is_trouble(entry) and left_out_because(entry) is None


def case(entry: Entry, now: datetime, targets: Targets, zone: ZoneInfo, known: Facts | None = None) -> Case:
    """Return what the figures need of an entry; what is missing has been waited for until now.

    What is `known` of it, as it stands now, is not read from its words again.
    """
    start, facts = raised_at(entry), known or facts_of(entry, now)
    took = facts.pace
    target = targets.of(start.astimezone(zone).date())
    impact = entry.impact or Impact.MINOR
    so_far = max(now - start, timedelta())

    def wait(length: timedelta | None) -> Wait:
        return Wait(so_far, is_over=False) if length is None else Wait(length, is_over=True)

    answer = wait(took.answered)
    week = targets.hours
    at_work = Wait(business_time(start, start + answer.length, week), answer.is_over) if week else None
    unknown = entry.status in FIXED and took.fixed is None
    return Case(
        entry=entry,
        raised_at=start,
        acknowledgement=wait(took.acknowledged),
        answer=answer,
        fix=None if entry.status in _DECLINED or unknown else wait(took.fixed),
        facts=facts,
        answer_target=target.answer.get(impact) if target else None,
        fix_target=target.fix.get(impact) if target else None,
        answer_at_work=at_work,
    )


@dataclass(frozen=True)
class Figures:
    """The figures of the matters that were raised in a period: each is worked out once, for whoever asks."""

    cases: tuple[Case, ...]
    now: datetime

    @cached_property
    def acknowledgement(self) -> Times:
        """Return how long it took until a person said in public that we saw it."""
        return Times(tuple(case.acknowledgement for case in self.cases))

    @cached_property
    def answer(self) -> Times:
        """Return how long it took to the first answer; who still waits counts."""
        return Times(tuple(case.answer for case in self.cases))

    @cached_property
    def answer_at_work(self) -> Times:
        """Return how much of the time to the first answer fell into business hours; nothing where none are known."""
        return Times(tuple(case.answer_at_work for case in self.cases if case.answer_at_work))

    @cached_property
    def fix(self) -> Times:
        """Return how long it took to the last fix, a reopening included."""
        return Times(tuple(case.fix for case in self.cases if case.fix))

    @cached_property
    def declined(self) -> tuple[Case, ...]:
        """Return what we said we will not change, or is not ours: it has no time to the fix."""
        return tuple(case for case in self.cases if case.entry.status in _DECLINED)

    def answered_within(self, length: timedelta) -> Share:
        """Return how many were answered in time, of those that are old enough to tell."""
        old = (case for case in self.cases if case.raised_at <= self.now - length)
        return share((case.id, case.answer.is_over and case.answer.length <= length) for case in old)

    def too_early(self, length: timedelta) -> tuple[Case, ...]:
        """Return those of which it is too early to tell."""
        return tuple(case for case in self.cases if case.raised_at > self.now - length)

    @cached_property
    def answered_on_time(self) -> Share:
        """Return how many were answered within our target; who waits past it was missed."""
        return share(_on_time((case.id, case.answer, case.answer_target) for case in self.cases))

    @cached_property
    def fixed_on_time(self) -> Share:
        """Return how many were fixed within our target."""
        return share(_on_time((case.id, case.fix, case.fix_target) for case in self.cases))

    @cached_property
    def promises(self) -> Share:
        """Return how many promised updates came within five minutes of their time; an entry is named for each."""
        return share((case.id, kept) for case in self.cases for kept in case.facts.promises)

    @cached_property
    def answered_where_raised(self) -> Share:
        """Return how many of those answered were answered at the place where they were raised."""
        return share((case.id, same) for case in self.cases if (same := case.facts.in_place) is not None)

    @cached_property
    def reopened(self) -> Share:
        """Return how many had to be opened again, of those that were once resolved."""
        resolved = (case for case in self.cases if case.entry.status in FIXED or reopenings(case.entry))
        return share((case.id, reopenings(case.entry) > 0) for case in resolved)

    @cached_property
    def longest_silence(self) -> tuple[Case, timedelta] | None:
        """Return the longest time in which we said nothing in public while a matter was open, and the matter."""
        gaps = ((case, case.facts.silence) for case in self.cases)
        return max(gaps, key=lambda gap: (gap[1], gap[0].id), default=None)


def _on_time(waits: Iterable[tuple[str, Wait | None, timedelta | None]]) -> Iterator[tuple[str, bool]]:
    for name, wait, target in waits:
        if wait is None or target is None:
            continue
        if wait.is_over or wait.length > target:
            yield name, wait.is_over and wait.length <= target


def reopenings(entry: Entry) -> int:
    """Return how often a matter was opened again."""
    return len(entry.reopened_at) if isinstance(entry, Raisable | Incident) else 0


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """What we promised so that it does not happen again: how much was done by its day, and what is overdue."""

    done: Share
    overdue: tuple[tuple[Entry, Prevention], ...]


def follow_through(entries: Iterable[Entry], today: date) -> FollowThrough:
    """Return how many of the steps that were due were done by their day, and those that are not done yet."""
    steps = [
        (entry, step)
        for entry in entries
        if isinstance(entry, Incident | Apology | FixNote) and entry.status is not Status.WITHDRAWN
        for step in entry.prevention
        if step.due
    ]
    due = [(entry, step, step.due) for entry, step in steps if step.due and (step.due < today or step.done_at)]
    told = share((entry.id, step.done_at is not None and step.done_at <= day) for entry, step, day in due)
    return FollowThrough(told, tuple((entry, step) for entry, step, _ in due if step.done_at is None))


def corrected(entries: Iterable[Entry]) -> Share:
    """Return how many of the published entries we had to correct."""
    return share((entry.id, bool(entry.corrections)) for entry in entries)
