"""The archive: which months and years the record has, and what is in each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from onrecord.model.entry import Entry
from onrecord.record import addresses
from onrecord.record.record import Record


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the site's calendar in which something was opened, its entries newest first."""

    year: int
    month: int
    entries: tuple[Entry, ...]

    @property
    def address(self) -> str:
        """Return the address of the month's page."""
        return addresses.month_page(self.year, self.month)


def months(record: Record) -> tuple[Month, ...]:
    """Return the months of the record, newest first, as the site's zone counts them."""
    zone = ZoneInfo(record.site.timezone)

    def month_of(entry: Entry) -> tuple[int, int]:
        opened = entry.opened.astimezone(zone)
        return opened.year, opened.month

    # Sorted again: where clocks go back just after midnight, a later entry can stand in the month before.
    newest_first = sorted(record.entries, key=month_of, reverse=True)
    return tuple(Month(*month, tuple(found)) for month, found in groupby(newest_first, month_of))


def years(found: Iterable[Month]) -> list[tuple[int, list[Month]]]:
    """Return months by their year, newest first."""
    return [(year, list(group)) for year, group in groupby(found, lambda month: month.year)]


def addresses_of(record: Record) -> Iterator[tuple[str, Entry | None]]:
    """Yield the address of every page that the record makes, with its entry where it is one's own."""
    yield addresses.HOME, None
    yield addresses.LOG, None
    yield addresses.KNOWN, None
    found = months(record)
    for year, _ in years(found):
        yield addresses.year_page(year), None
    for month in found:
        yield month.address, None
    if record.news:
        yield addresses.NEWS, None
    if record.maintenance:
        yield addresses.MAINTENANCE, None
    for name in record.components:
        yield addresses.component_page(name), None
    for name in record.topics:
        yield addresses.topic_page(name), None
    for entry in record.entries:
        yield addresses.entry_page(entry.id), entry
