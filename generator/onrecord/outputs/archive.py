"""The log by year and month."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from onrecord.file import AnyFile, File, Planned
from onrecord.model.entry import Entry
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.archive import Month, months, years
from onrecord.record.record import Record

NEWEST_SHOWN = 20


class Archive:
    """The pages of the archive."""

    name: ClassVar[str] = "archive"

    def files(self, record: Record, press: Press) -> Iterator[AnyFile]:
        """Yield the log's front page, a page for each year, and a page with all entries of each month."""
        found = months(record)
        log = press.language.say("Everything on record")
        newest = record.entries[:NEWEST_SHOWN]
        yield _planned(record, press, addresses.LOG, log, found, newest, len(record.entries), [])
        for year, group in years(found):
            total = sum(len(month.entries) for month in group)
            up = [(log, addresses.LOG)]
            yield _planned(record, press, addresses.year_page(year), str(year), group, (), total, up)
        for month in found:
            title = press.language.month(month.year, month.month)
            up = [(log, addresses.LOG), (str(month.year), addresses.year_page(month.year))]
            yield _planned(record, press, month.address, title, (), month.entries, len(month.entries), up)


def _planned(
    record: Record,
    press: Press,
    address: str,
    title: str,
    listed: Sequence[Month],
    entries: Sequence[Entry],
    total: int,
    up: list[tuple[str, str]],
) -> Planned:
    """Return a page of the archive: it moves with the entries that it shows, and with how many each month has."""
    counts = [(month.address, len(month.entries)) for month in listed]
    make = partial(_page, press, address, title, listed, entries, total, up)
    return press.plan(address, press.key_of(record, entries, counts, total), make)


def _page(
    press: Press,
    address: str,
    title: str,
    listed: Sequence[Month],
    entries: Sequence[Entry],
    total: int,
    up: list[tuple[str, str]],
) -> File:
    say = press.language
    rows = [
        {
            "address": month.address,
            "name": say.month(month.year, month.month),
            "count": len(month.entries),
            "year": month.year,
        }
        for month in listed
    ]
    by_year: dict[int, list[dict[str, object]]] = {}
    for row in rows:
        by_year.setdefault(int(str(row["year"])), []).append(row)
    return press.page(
        address,
        "archive.html",
        title=title,
        description=say.number("%(num)d entry on record.", "%(num)d entries on record.", total),
        active=addresses.LOG,
        entries=entries,
        total=total,
        months=list(by_year.items()),
        up=up,
    )
