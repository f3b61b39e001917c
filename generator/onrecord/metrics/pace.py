"""How fast one entry was acknowledged, answered and fixed."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.model.entry import Entry, Incident, KnownIssue, Raisable
from onrecord.model.kinds import CLOSED, FIXED, Status, UpdateKind
from onrecord.model.parts import Update

ACKNOWLEDGES = (None, UpdateKind.ACK, UpdateKind.ANSWER)
ANSWERS = (None, UpdateKind.ANSWER)
_DONE = CLOSED | {Status.FIXED_UNRELEASED}


@dataclass(frozen=True, slots=True)
class Pace:
    """How long after it was raised an entry was acknowledged, answered and fixed; absent where it was not."""

    acknowledged: timedelta | None
    answered: timedelta | None
    fixed: timedelta | None


def raised_at(entry: Entry) -> datetime:
    """Return when the customer first said it in public, or the harm began, else when the entry was opened."""
    if isinstance(entry, Raisable):
        return entry.raised.at if entry.raised else entry.opened
    return (entry.started_at if isinstance(entry, Incident) else None) or entry.opened


def pace(entry: Entry) -> Pace:
    """Return how fast an entry was answered; only official updates count, and bots never became any.

    A pulled entry has no hand-made split of acknowledgement and answer: its first official reply is both. What is
    said once it is closed answers nobody any more, unless it is opened again; what is said as it is closed does. So
    a matter that was closed without a word stays unanswered. The rules are in docs/design/metrics.md.
    """
    start = raised_at(entry)
    replies = _replies(entry)
    acknowledgement, answer = _first(replies, ACKNOWLEDGES), _first(replies, ANSWERS)
    over = entry.ended_at or entry.closed if isinstance(entry, Incident) else entry.closed
    closed = over if entry.status in FIXED else None
    return Pace(
        acknowledgement.at - start if acknowledgement else None,
        answer.at - start if answer else None,
        closed - start if closed and closed >= start else None,
    )


def first_answer(entry: Entry) -> Update | None:
    """Return the first words of ours that answer whoever raised the matter."""
    return _first(_replies(entry), ANSWERS)


def _first(replies: Iterable[Update], kinds: Container[UpdateKind | None]) -> Update | None:
    # They stand in the order of their times.
    return next((update for update in replies if update.kind in kinds), None)


def _replies(entry: Entry) -> Sequence[Update]:
    """Return the words of ours to whoever raised the matter, since then."""
    start = raised_at(entry)
    return [update for update in _said_in_time(entry) if update.body and update.at >= start]


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


def was_raised(entry: Entry) -> bool:
    """Tell whether there is somebody to answer: a known issue may be one that only we have seen."""
    return not isinstance(entry, KnownIssue) or entry.raised is not None


def waited(entry: Entry) -> timedelta:
    """Return how long the next word was the customer's, in the waits that are over; closing an entry ends one."""
    spans = entry.waiting_on_customer if isinstance(entry, Raisable) else ()
    over = ((span.from_, span.to or entry.closed) for span in spans)
    return sum((end - start for start, end in over if end and end > start), timedelta())
