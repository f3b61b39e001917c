"""The log by year and month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from onrecord.file import AnyFile, File
from onrecord.model.entry import Entry
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.archive import Month, months, years
from onrecord.record.record import Record

NEWEST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page of the archive shows: months, entries, how many there are in all, and the pages above it."""

    address: str
    title: str
    total: int
    months: Sequence[Month] = ()
    entries: Sequence[Entry] = ()
    up: tuple[tuple[str, str], ...] = ()


class Archive:
    """The pages of the archive."""

    name: ClassVar[str] = "archive"

    def files(self, record: Record, press: Press) -> Iterator[AnyFile]:
        """Yield the log's front page, a page for each year, and a page with all entries of each month."""
        for shown in _pages(record, press):
            counts = [(month.address, len(month.entries)) for month in shown.months]
            key = press.key_of(record, shown.entries, counts, shown.total)
            yield press.plan(shown.address, key, partial(_page, shown, press))


def _pages(record: Record, press: Press) -> Iterator[_Shown]:
    found = months(record)
    log = (press.language.say("Everything on record"), addresses.LOG)
    yield _Shown(addresses.LOG, log[0], len(record.entries), found, record.entries[:NEWEST_SHOWN])
    for year, group in years(found):
        total = sum(len(month.entries) for month in group)
        yield _Shown(addresses.year_page(year), str(year), total, group, up=(log,))
    for month in found:
        title = press.language.month(month.year, month.month)
        up = (log, (str(month.year), addresses.year_page(month.year)))
        yield _Shown(month.address, title, len(month.entries), entries=month.entries, up=up)


def _page(shown: _Shown, press: Press) -> File:
    say = press.language
    by_year: dict[int, list[dict[str, object]]] = {}
    for month in shown.months:
        name = say.month(month.year, month.month)
        row = {"address": month.address, "name": name, "count": len(month.entries), "year": month.year}
        by_year.setdefault(month.year, []).append(row)
    return press.page(
        shown.address,
        "archive.html",
        title=shown.title,
        description=say.number("%(num)d entry on record.", "%(num)d entries on record.", shown.total),
        active=addresses.LOG,
        entries=shown.entries,
        total=shown.total,
        months=list(by_year.items()),
        up=shown.up,
    )
