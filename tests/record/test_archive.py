"""The archive: months as the site's own calendar counts them, and an address for everything."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import entries

from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.people import Site
from onrecord.record import addresses
from onrecord.record.archive import months, years
from onrecord.record.record import Record, readable

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def entry(entry_id: str, opened: str, **fields: object) -> Entry:
    plain = {"id": entry_id, "kind": "incident", "title": "T", "status": "resolved", "opened": opened, **fields}
    return ENTRIES.validate_python(plain)


def record(zone: str, *found: Entry) -> Record:
    site = Site(title="Acme on record", url="https://status.acme.example/", timezone=zone)
    return Record(site, NOW, readable(found, NOW))


def shown(found: Record) -> dict[str, list[str]]:
    return {month.address: [entry.id for entry in month.entries] for month in months(found)}


LATE = entry("late", "2026-11-30 23:30 UTC")


@pytest.mark.parametrize(
    ("zone", "month"),
    [
        ("UTC", "log/2026-11/"),
        ("Europe/Berlin", "log/2026-12/"),
        ("America/New_York", "log/2026-11/"),
        ("Pacific/Kiritimati", "log/2026-12/"),
    ],
)
def test_a_month_begins_when_the_sites_own_calendar_says_so(zone: str, month: str) -> None:
    assert shown(record(zone, LATE)) == {month: ["late"]}


def test_a_year_begins_when_the_sites_own_calendar_says_so() -> None:
    eve = entry("eve", "2026-12-31 23:30 UTC")
    assert [year for year, _ in years(months(record("Europe/Berlin", eve)))] == [2027]
    assert [year for year, _ in years(months(record("UTC", eve)))] == [2026]


def test_months_and_their_entries_stand_newest_first() -> None:
    found = record(
        "UTC",
        entry("a", "2025-12-31"),
        entry("b", "2026-03-01"),
        entry("c", "2026-03-31"),
        entry("d", "2026-11-01"),
    )
    assert shown(found) == {"log/2026-11/": ["d"], "log/2026-03/": ["c", "b"], "log/2025-12/": ["a"]}
    assert [(year, len(group)) for year, group in years(months(found))] == [(2026, 2), (2025, 1)]


def test_a_month_is_one_page_even_where_clocks_went_back_over_its_first_midnight() -> None:
    # In Newfoundland 1 November 2009 began, and a minute later it was 31 October again.
    found = record(
        "America/St_Johns",
        entry("first-of-november", "2009-11-01 02:30:30 UTC"),
        entry("october-again", "2009-11-01 02:45 UTC"),
    )
    assert shown(found) == {"log/2009-11/": ["first-of-november"], "log/2009-10/": ["october-again"]}


def test_an_empty_record_has_no_months() -> None:
    assert months(record("UTC")) == ()


@given(st.lists(entries(), max_size=6, unique_by=lambda entry: entry.id), st.sampled_from(["UTC", "Asia/Tokyo"]))
@settings(max_examples=40)
def test_no_two_months_have_one_address_and_every_entry_is_in_one_month(found: list[Entry], zone: str) -> None:
    whole = record(zone, *found)
    pages = [month.address for month in months(whole)]
    assert len(pages) == len(set(pages))
    listed = [entry.id for month in months(whole) for entry in month.entries]
    assert sorted(listed) == sorted(entry.id for entry in whole.entries)


@pytest.mark.parametrize(
    ("address", "file"),
    [("", "index.html"), ("log/", "log/index.html"), ("log/a/", "log/a/index.html"), ("feed.xml", "feed.xml")],
)
def test_a_page_is_served_by_the_index_of_its_folder(address: str, file: str) -> None:
    assert addresses.file_of(address) == file


def test_an_update_keeps_its_anchor_when_others_join() -> None:
    before = entry("a", "2026-11-21", updates=[{"at": "2026-11-21 10:00"}, {"at": "2026-11-21 10:00"}])
    earlier = {"at": "2026-11-21 09:00"}
    after = before.model_copy(update={"updates": (type(before.updates[0]).model_validate(earlier), *before.updates)})
    anchors = [addresses.update_anchor(before, number) for number in range(2)]
    assert anchors == ["u20261121100000", "u20261121100000-1"]
    assert [addresses.update_anchor(after, number) for number in (1, 2)] == anchors
