"""Business hours: how much of a stretch of time fell into them, right over a change of clocks too."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onrecord.model.targets import Week


def business_time(start: datetime, end: datetime, week: Week) -> timedelta:
    """Return how much of the time from `start` to `end` lies within the hours in which somebody works."""
    zone = ZoneInfo(week.zone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    inside = (min(closes, end) - max(opens, start) for opens, closes in _openings(first, last, week, zone))
    return sum((length for length in inside if length > timedelta()), timedelta())


def _openings(first: date, last: date, week: Week, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    for day in days:
        if day in week.days_off:
            continue
        for opens, closes in week.openings(day.weekday()):
            end = day if closes != time() else day + timedelta(days=1)
            # In UTC, because the difference of two times of one zone is that of their clocks.
            yield _placed(day, opens, zone), _placed(end, closes, zone)


def _placed(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
