"""What waits: entries of which nobody said a word, that have no answer, that are late, or that ended in silence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from onrecord.metrics import promise, raised_at
from onrecord.metrics.curve import Wait
from onrecord.metrics.figures import case, is_counted, is_trouble
from onrecord.metrics.pace import ANSWERS
from onrecord.model.entry import Entry, Raisable
from onrecord.model.targets import Targets
from onrecord.model.triage import Route, Rules
from onrecord.record.record import weight
from onrecord.triage.decision import Decision, triage


class Need(StrEnum):
    """What an entry waits for."""

    PROMISE_OVERDUE = "promise overdue"
    ANSWER_LATE = "answer late"
    FIX_LATE = "fix late"
    NEW = "new"
    UNANSWERED = "unanswered"
    TO_HAND_OFF = "to hand off"
    CLOSED_IN_SILENCE = "closed in silence"


LATE = frozenset({Need.PROMISE_OVERDUE, Need.ANSWER_LATE, Need.FIX_LATE})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for something: since when, for what, and who is to see to it."""

    entry: Entry
    decision: Decision
    needs: tuple[Need, ...]
    since: datetime

    @property
    def is_late(self) -> bool:
        """Tell whether a time that we set or promised is past."""
        return not LATE.isdisjoint(self.needs)


def waiting(
    entries: Iterable[Entry],
    rules: Rules,
    now: datetime,
    targets: Targets,
    zone: ZoneInfo,
    *,
    every: bool = False,
) -> tuple[Waiting, ...]:
    """Return what waits: the open first, of these the late, then by how much it hurts, then the oldest first.

    With `every`, entries that wait for nothing are told of too.
    """
    found = (_waiting(entry, triage(entry, rules), now, targets, zone) for entry in entries)
    return tuple(sorted((one for one in found if one.needs or every), key=_order))


def _waiting(entry: Entry, decision: Decision, now: datetime, targets: Targets, zone: ZoneInfo) -> Waiting:
    weighed = entry.model_copy(update={"impact": decision.impact})
    needs = tuple(sorted(_needs(weighed, decision, now, targets, zone), key=list(Need).index))
    return Waiting(entry, decision, needs, raised_at(entry))


def _needs(entry: Entry, decision: Decision, now: datetime, targets: Targets, zone: ZoneInfo) -> Iterator[Need]:
    said = [update for update in entry.updates if update.official and update.body]
    if not entry.is_open:
        if is_counted(entry) and not any(update.kind in ANSWERS for update in said):
            yield Need.CLOSED_IN_SILENCE
        return
    standing = promise(entry, now)
    if standing and standing.overdue:
        yield Need.PROMISE_OVERDUE
    if is_trouble(entry):
        waits = case(entry, now, targets, zone)
        if not waits.answer.is_over:
            yield Need.UNANSWERED if said else Need.NEW
        if _is_late(waits.answer, waits.answer_target):
            yield Need.ANSWER_LATE
        if _is_late(waits.fix, waits.fix_target):
            yield Need.FIX_LATE
        if decision.route is not Route.ANSWER and isinstance(entry, Raisable) and not entry.handoff:
            yield Need.TO_HAND_OFF


def _is_late(wait: Wait | None, target: timedelta | None) -> bool:
    return wait is not None and target is not None and not wait.is_over and wait.length > target


def _order(one: Waiting) -> tuple[bool, bool, float, datetime, str]:
    hurts = weight(one.entry.model_copy(update={"impact": one.decision.impact}))
    return not one.entry.is_open, not one.is_late, -hurts, one.since, one.entry.id
