"""The next updates that we promised, and whether they came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.model.entry import Entry

GRACE = timedelta(minutes=5)
"""A promised update that comes this much later has still been kept."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The next update that we promised, and whether its time has passed without one."""

    at: datetime
    overdue: bool


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


def promises_due(entry: Entry, now: datetime) -> Iterator[bool]:
    """Yield for each promise that was kept, or whose time is over, whether an update of ours came in time.

    Closing the matter keeps a promise too. One that is overdue counts as broken, whatever comes later; one whose time
    is still to come is not told of yet.
    """
    said = [update for update in entry.updates if update.official]
    for number, update in enumerate(said):
        if update.next_update_at is None:
            continue
        last_moment = update.next_update_at + GRACE
        closed = entry.closed is not None and entry.closed <= last_moment
        kept = closed or any(later.at <= last_moment for later in said[number + 1 :])
        if kept or now > last_moment:
            yield kept
