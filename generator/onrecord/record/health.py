"""How the components are doing: now by what is open, and over the last days by what was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from onrecord.model.entry import Entry, Incident, Maintenance
from onrecord.model.kinds import RUNNING, ComponentState, Impact, Status
from onrecord.record.record import Record

DAYS = 90

_BY_IMPACT = {
    None: ComponentState.DEGRADED_PERFORMANCE,
    Impact.NONE: ComponentState.OPERATIONAL,
    Impact.MINOR: ComponentState.DEGRADED_PERFORMANCE,
    Impact.MAJOR: ComponentState.PARTIAL_OUTAGE,
    Impact.CRITICAL: ComponentState.MAJOR_OUTAGE,
}
_WORST = (
    ComponentState.MAJOR_OUTAGE,
    ComponentState.PARTIAL_OUTAGE,
    ComponentState.DEGRADED_PERFORMANCE,
    ComponentState.UNDER_MAINTENANCE,
    ComponentState.OPERATIONAL,
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a component in the site's calendar, and the worst that an incident did to it then."""

    date: date
    state: ComponentState


def concerning(record: Record, component: str) -> tuple[Entry, ...]:
    """Return the entries about a component, newest first."""
    return record.about.get(component, ())


def state_now(record: Record, component: str) -> ComponentState:
    """Return how a component is doing: a hold set by hand goes first, then the worst that is open on it."""
    listed = record.components.get(component)
    if listed and listed.hold and listed.hold.until > record.now:
        return listed.hold.status
    states = [_harm(entry, component) for entry in concerning(record, component) if entry.is_open]
    return _worst(states)


def has_known_issue(record: Record, component: str) -> bool:
    """Tell whether a known issue on a component is open, which lists but does not harm it as an incident does."""
    return any(component in entry.components for entry in record.known_issues)


def _harm(entry: Entry, component: str) -> ComponentState:
    if isinstance(entry, Maintenance):
        return ComponentState.UNDER_MAINTENANCE if entry.status in RUNNING else ComponentState.OPERATIONAL
    if not isinstance(entry, Incident):
        return ComponentState.OPERATIONAL
    said = [update.components[component] for update in entry.updates if component in update.components]
    return said[-1] if said else _BY_IMPACT[entry.impact]


def _worst(states: Iterable[ComponentState]) -> ComponentState:
    return min((ComponentState.OPERATIONAL, *states), key=_WORST.index)


def recorded_downtime(record: Record, component: str, days: int = DAYS) -> timedelta:
    """Return how long incidents that are over harmed a component in the last so many days: overlaps count once.

    The days are whole ones of the site's calendar, so that the figure moves at midnight and not by the minute.
    """
    today = record.now.astimezone(ZoneInfo(record.site.timezone)).replace(hour=0, minute=0, second=0)
    total, until = timedelta(), today - timedelta(days=days - 1)
    over = [(start, end) for start, end, _ in _troubles(record, component) if end is not None]
    for start, end in sorted(over):
        start = max(start, until)
        if end > start:
            total += end - start
            until = end
    return total


def history(record: Record, component: str, days: int = DAYS) -> tuple[Day, ...]:
    """Return the last so many days of a component, the oldest first."""
    zone = ZoneInfo(record.site.timezone)
    today = record.now.astimezone(zone).date()
    worst: dict[date, ComponentState] = {}
    for start, end, state in _troubles(record, component):
        day = max(start.astimezone(zone).date(), today - timedelta(days=days))
        while day <= min(end.astimezone(zone).date() if end else today, today):
            worst[day] = _worst([state, worst.get(day, ComponentState.OPERATIONAL)])
            day += timedelta(days=1)
    every = (today - timedelta(days=before) for before in range(days - 1, -1, -1))
    return tuple(Day(day, worst.get(day, ComponentState.OPERATIONAL)) for day in every)


def _troubles(record: Record, component: str) -> Iterator[tuple[datetime, datetime | None, ComponentState]]:
    for entry in concerning(record, component):
        if isinstance(entry, Incident) and entry.status is not Status.WITHDRAWN:
            worst = _worst(list(_said(entry, component)) or [_BY_IMPACT[entry.impact]])
            if worst is not ComponentState.OPERATIONAL:
                end = None if entry.is_open else entry.ended_at or entry.closed
                yield entry.started_at or entry.opened, end, worst


def _said(entry: Entry, component: str) -> Iterator[ComponentState]:
    return (update.components[component] for update in entry.updates if component in update.components)
