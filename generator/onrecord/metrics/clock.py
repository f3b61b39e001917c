"""The record's clock: it stands still between the moments at which anything on record may move.

Whatever a site says is as of such a moment, so one on which nothing moved is the same, byte for byte. Which moments
these are, and why: docs/design/clock.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onrecord.metrics.figures import is_trouble
from onrecord.metrics.pace import raised_at
from onrecord.metrics.promises import GRACE
from onrecord.model.entry import Announcement, Entry, Incident, Maintenance, Raisable
from onrecord.model.folded import latest_of

IN_MINUTES = timedelta(days=2)
"""Shorter waits are told in minutes: the clock then moves each hour, else each day."""

SOON = timedelta(days=7)
"""So long before it begins, planned work is told on the first page."""

_HOUR = timedelta(hours=1)
_NEXT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Tick:
    """The moment as of which a record is told, and the next one, which is the next midnight at the latest."""

    at: datetime
    until: datetime


def tick(entries: Iterable[Entry], now: datetime, zone: ZoneInfo, others: Iterable[datetime] = ()) -> Tick:
    """Return the last moment, up to now, at which anything may have moved, and the next."""
    today = now.astimezone(zone).date()
    midnight = datetime.combine(today, time(), zone).astimezone(UTC)
    next_midnight = datetime.combine(today + timedelta(days=1), time(), zone).astimezone(UTC)
    at, until = _between(midnight, next_midnight, now, others)
    waits = False
    for entry in entries:
        if not entry.draft:
            at, until = _between(at, until, now, _appearing(entry))
        if _is_shown(entry, now):
            at, until = _between(at, until, now, _moments(entry, midnight))
            waits = waits or _is_told_in_minutes(entry, midnight, now)
    if waits:
        hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        at, until = _between(at, until, now, (hour, hour + _HOUR))
    return Tick(at, until)


def _between(at: datetime, until: datetime, now: datetime, moments: Iterable[datetime]) -> tuple[datetime, datetime]:
    for moment in moments:
        if moment > now:
            until = min(until, moment)
        elif moment > at:
            at = moment
    return at, until


def _is_told_in_minutes(entry: Entry, midnight: datetime, now: datetime) -> bool:
    """Tell whether a wait is told in minutes: by midnight, so that the clock never goes back within a day."""
    since = raised_at(entry)
    return entry.is_open and is_trouble(entry) and since <= now and midnight - since < IN_MINUTES


def _is_shown(entry: Entry, now: datetime) -> bool:
    """Tell whether anybody may read an entry: nothing hints at one that is hidden, not even the clock."""
    over = entry.expires_at is not None and entry.expires_at <= now and not isinstance(entry, Announcement)
    return not (entry.draft or over or (entry.publish_at is not None and entry.publish_at > now))


def _appearing(entry: Entry) -> Iterator[datetime]:
    """Yield when an entry begins and ends to be read."""
    yield from (moment for moment in (entry.publish_at, entry.expires_at) if moment)


def _moments(entry: Entry, since: datetime) -> Iterator[datetime]:
    """Yield when something was said of an entry, or is to be, and when it changes by the clock alone.

    Of its updates, none is looked at where all are of earlier days.
    """
    yield from (moment for moment in (entry.opened, entry.closed, entry.updated) if moment)
    if isinstance(entry, Maintenance):
        yield from (entry.scheduled_for - SOON, entry.scheduled_for, entry.scheduled_until)
    if isinstance(entry, Incident):
        yield from (moment for moment in (entry.started_at, entry.ended_at) if moment)
    if isinstance(entry, Raisable):
        yield from (moment for moment in (entry.raised and entry.raised.at, entry.released_at) if moment)
    for correction in entry.corrections:
        yield correction.at
    late = entry.updates and latest_of(entry.updates) + GRACE + _NEXT >= since
    for update in entry.updates if late else ():
        yield update.at
        if update.next_update_at:
            yield update.next_update_at + GRACE + _NEXT
