"""The archive: which months and years the record has, and what is in each."""

from collections.abc import Iterable
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
