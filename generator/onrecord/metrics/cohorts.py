"""Which matters are told of together: all that were raised in a month, or lately."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from onrecord.metrics.facts import Facts, facts_of, is_settled
from onrecord.metrics.figures import DAY, Figures, case, is_counted, is_trouble
from onrecord.metrics.pace import Pace, pace, raised_at
from onrecord.model.entry import Entry
from onrecord.model.targets import Targets

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Cohort:
    """What was raised from one day of the site's calendar to another, both included, the latest first."""

    first: date
    last: date
    raised: tuple[Entry, ...]
    now: datetime
    targets: Targets
    zone: ZoneInfo
    known: Sequence[Facts] | None = None
    """The facts of those that count, in their order, where somebody kept them."""

    @cached_property
    def figures(self) -> Figures:
        """Return the figures of those that count."""
        told = zip(self.matters, self.known or self.facts, strict=True)
        cases = tuple(case(entry, self.now, self.targets, self.zone, facts) for entry, facts in told)
        return Figures(cases, self.now)

    @cached_property
    def facts(self) -> Sequence[Facts]:
        """Return the facts of those that count, to be kept."""
        return [facts_of(entry, self.now) for entry in self.matters]

    def pace(self, entry: Entry) -> Pace:
        """Return how fast an entry was answered: of those that count, that is known."""
        return self._paces.get(entry.id) or pace(entry)

    @cached_property
    def _paces(self) -> Mapping[str, Pace]:
        return {case.id: case.facts.pace for case in self.figures.cases}

    @cached_property
    def is_settled(self) -> bool:
        """Tell whether the clock alone changes none of these facts."""
        return all(is_settled(entry, self.now) for entry in self.matters)

    @property
    def counted(self) -> int:
        """Return how many are in the figures."""
        return len(self.matters)

    @cached_property
    def matters(self) -> tuple[Entry, ...]:
        """Return those that are in the figures, before anything is worked out."""
        return tuple(entry for entry in self.raised if is_counted(entry))

    @cached_property
    def left_out(self) -> tuple[Entry, ...]:
        """Return those that do not: withdrawn, or left out by hand with a reason."""
        return tuple(entry for entry in self.raised if not is_counted(entry))


def months(entries: Iterable[Entry], now: datetime, targets: Targets, zone: ZoneInfo) -> Mapping[date, Cohort]:
    """Return what was raised in each month, by the first day of the month, the latest month first."""
    by_month: dict[tuple[int, int], list[Entry]] = {}
    for at, entry in _raised(entries):
        here = at.astimezone(zone)
        by_month.setdefault((here.year, here.month), []).append(entry)
    # Where clocks go back just after midnight, a later entry can be of the month before.
    latest_first = ((date(*month, 1), tuple(by_month[month])) for month in sorted(by_month, reverse=True))
    return {first: Cohort(first, _last_day(first), found, now, targets, zone) for first, found in latest_first}


def lately(entries: Iterable[Entry], days: int, now: datetime, targets: Targets, zone: ZoneInfo) -> Cohort:
    """Return what was raised in the last so many days."""
    since = now - timedelta(days=days)
    found = tuple(entry for _, entry in _raised(entries, since))
    return Cohort(since.astimezone(zone).date(), now.astimezone(zone).date(), found, now, targets, zone)


def last_whole_month(months: Mapping[date, Cohort], now: datetime, zone: ZoneInfo) -> Cohort | None:
    """Return the latest month of which each matter has had a day to be answered."""
    day_ago = (now - DAY).astimezone(zone).date()
    return next((found for found in months.values() if found.last < day_ago and found.figures.cases), None)


def _last_day(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _raised(entries: Iterable[Entry], since: datetime = _EVER) -> list[tuple[datetime, Entry]]:
    """Return what somebody raised, and when, the latest first."""
    found = [(at, entry) for entry in entries if is_trouble(entry) and (at := raised_at(entry)) >= since]
    return sorted(found, key=lambda raised: (raised[0], raised[1].id), reverse=True)
