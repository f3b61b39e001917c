"""The log by year and month."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from onrecord.file import AnyFile, File
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
        yield _page(press, addresses.LOG, log, found, newest, len(record.entries), [])
        for year, group in years(found):
            total = sum(len(month.entries) for month in group)
            yield _page(press, addresses.year_page(year), str(year), group, (), total, [(log, addresses.LOG)])
        for month in found:
            title = press.language.month(month.year, month.month)
            up = [(log, addresses.LOG), (str(month.year), addresses.year_page(month.year))]
            make = partial(_page, press, month.address, title, (), month.entries, len(month.entries), up)
            yield press.plan(month.address, press.key_of(record, month.entries), make)


def _page(
    press: Press,
    address: str,
    title: str,
    listed: Sequence[Month],
    entries: Sequence[object],
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
