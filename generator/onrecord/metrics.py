"""How well one entry was answered: pure functions over what is on record."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.model.entry import Entry, Incident, Raisable
from onrecord.model.kinds import FIXED, UpdateKind
from onrecord.model.parts import Update

GRACE = timedelta(minutes=5)
"""A promised update that comes this much later has still been kept."""

_ACKNOWLEDGES = (None, UpdateKind.ACK, UpdateKind.ANSWER)
_ANSWERS = (None, UpdateKind.ANSWER)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long after it was raised an entry was acknowledged, answered and fixed; absent where it was not."""

    acknowledged: timedelta | None
    answered: timedelta | None
    fixed: timedelta | None


@dataclass(frozen=True, slots=True)
class Promise:
    """The next update that we promised, and whether its time has passed without one."""

    at: datetime
    overdue: bool


def raised_at(entry: Entry) -> datetime:
    """Return when the customer first said it in public, or the harm began, else when the entry was opened."""
    if isinstance(entry, Incident) and entry.started_at:
        return entry.started_at
    raised = entry.raised if isinstance(entry, Raisable) else None
    return raised.at if raised else entry.opened


def pace(entry: Entry) -> Pace:
    """Return how fast an entry was answered; only official updates count, and bots never became any.

    A pulled entry has no hand-made split of acknowledgement and answer: its first official reply is both.
    """
    start = raised_at(entry)
    replies = [update for update in entry.updates if update.official and update.at >= start]
    over = entry.ended_at or entry.closed if isinstance(entry, Incident) else entry.closed
    closed = over if entry.status in FIXED else None
    fixed = closed - start if closed and closed >= start else None
    return Pace(_first(replies, _ACKNOWLEDGES, start), _first(replies, _ANSWERS, start), fixed)


def _first(replies: list[Update], kinds: tuple[UpdateKind | None, ...], start: datetime) -> timedelta | None:
    moments = [update.at for update in replies if update.kind in kinds and update.body]
    return min(moments) - start if moments else None


def promise(entry: Entry, now: datetime) -> Promise | None:
    """Return the promise that stands on an open entry, decided by the newest update that makes one."""
    if not entry.is_open:
        return None
    said = [update for update in entry.updates if update.official]
    promised = [update for update in said if update.next_update_at]
    if not promised:
        return None
    newest = max(promised, key=lambda update: update.at)
    due = newest.next_update_at
    if due is None or any(update.at > newest.at for update in said):
        return None
    return Promise(due, overdue=now > due + GRACE)
