"""When an issue was closed and opened again, as far as rows, events and the record together tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.model.entry import Entry
from onrecord.model.kinds import Kind, Status, UpdateKind
from onrecord.model.parts import Update
from onrecord.sources.github_issues.rows import EventRow, IssueRow

VENUE = "GitHub"


@dataclass(frozen=True, slots=True)
class Lifeline:
    """Every closing with the status that it gave, and every reopening."""

    closed: dict[datetime, Status] = field(default_factory=dict)
    reopened: tuple[datetime, ...] = ()

    def updates(self) -> tuple[Update, ...]:
        """Return an update without words for each turn."""
        closings = (
            Update(at=at, status=status, venue=VENUE, kind=UpdateKind.CLOSE) for at, status in self.closed.items()
        )
        openings = (
            Update(at=at, status=Status.INVESTIGATING, venue=VENUE, kind=UpdateKind.NOTE) for at in self.reopened
        )
        return (*closings, *openings)


def outcome(kind: Kind, reason: str | None) -> Status:
    """Return what closing for a reason means; reasons that we do not know are taken for the good one."""
    refused = reason == "not_planned" and kind is not Kind.INCIDENT
    return Status.WONT_FIX if refused else Status.RESOLVED


def lifeline(row: IssueRow, kind: Kind, status: Status, old: Entry | None, events: Sequence[EventRow]) -> Lifeline:
    """Return the life of an issue: its events where they were asked for, else what is on record; then the row.

    `status` is what the row means for now.
    """
    told = Lifeline() if old is None else _recorded(old)
    known = told.reopened
    if any(event.event == "reopened" for event in events):
        told = _by_events(kind, events)
    closed, reopened = dict(told.closed), set(told.reopened)
    if row.closed:
        closed[end(row)] = status
    elif old is not None and old.closed and reopened <= set(known):
        reopened.add(row.updated_at)  # seen open again, and nobody said since when
    return Lifeline(closed, tuple(sorted(reopened)))


def end(row: IssueRow) -> datetime:
    """Return when a closed issue was closed, never before it was opened."""
    return max(row.closed_at or row.updated_at, row.created_at)


def _recorded(old: Entry) -> Lifeline:
    closed = {update.at: update.status for update in old.updates if update.kind is UpdateKind.CLOSE and update.status}
    return Lifeline(closed, getattr(old, "reopened_at", ()))


def _by_events(kind: Kind, events: Sequence[EventRow]) -> Lifeline:
    reopened = sorted(event.created_at for event in events if event.event == "reopened" and event.created_at)
    # The last closing is the row's to tell: an event may be dated a second later.
    closed = {
        event.created_at: outcome(kind, event.state_reason)
        for event in events
        if event.event == "closed" and event.created_at and event.created_at <= reopened[-1]
    }
    return Lifeline(closed, tuple(reopened))
