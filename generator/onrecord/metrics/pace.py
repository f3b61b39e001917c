"""How well one entry was answered: pure functions over what is on record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.model.entry import Entry, Incident, KnownIssue, Raisable
from onrecord.model.kinds import CLOSED, FIXED, Status, UpdateKind
from onrecord.model.parts import Update

GRACE = timedelta(minutes=5)
"""A promised update that comes this much later has still been kept."""

_ACKNOWLEDGES = (None, UpdateKind.ACK, UpdateKind.ANSWER)
_ANSWERS = (None, UpdateKind.ANSWER)
_DONE = CLOSED | {Status.FIXED_UNRELEASED}


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

    A pulled entry has no hand-made split of acknowledgement and answer: its first official reply is both. What is
    said once it is closed answers nobody any more, unless it is opened again; what is said as it is closed does. So
    a matter that was closed without a word stays unanswered. The rules are in docs/design/metrics.md.
    """
    start = raised_at(entry)
    replies = [update for update in _said_in_time(entry) if update.at >= start]
    over = entry.ended_at or entry.closed if isinstance(entry, Incident) else entry.closed
    closed = over if entry.status in FIXED else None
    fixed = closed - start if closed and closed >= start else None
    return Pace(_first(replies, _ACKNOWLEDGES, start), _first(replies, _ANSWERS, start), fixed)


def _said_in_time(entry: Entry) -> Iterator[Update]:
    """Yield the official updates that came before we closed the matter, or with that, or after a reopening."""
    closed: datetime | None = None
    for update in entry.updates:
        if not update.official:
            continue
        if closed is None or update.at == closed:
            yield update
        if update.status in _DONE:
            closed = closed or update.at
        elif update.status:
            closed = None


def _first(replies: list[Update], kinds: tuple[UpdateKind | None, ...], start: datetime) -> timedelta | None:
    moments = [update.at for update in replies if update.kind in kinds and update.body]
    return min(moments) - start if moments else None


def was_raised(entry: Entry) -> bool:
    """Tell whether there is somebody to answer: a known issue may be one that only we have seen."""
    return not isinstance(entry, KnownIssue) or entry.raised is not None


def waited(entry: Entry) -> timedelta:
    """Return how long the next word was the customer's, in the waits that are over; closing an entry ends one."""
    spans = entry.waiting_on_customer if isinstance(entry, Raisable) else ()
    over = ((span.from_, span.to or entry.closed) for span in spans)
    return sum((end - start for start, end in over if end and end > start), timedelta())


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
