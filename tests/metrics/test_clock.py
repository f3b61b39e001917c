"""The record's clock: as of when a site is told, and until when that holds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.metrics.cases import issue, said
from tests.strategies import entries

from onrecord.metrics import promise
from onrecord.metrics.clock import Tick, tick
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.kinds import Kind
from onrecord.record.record import readable

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 12, 10, tzinfo=UTC)


def at(clock: str, day: int = 21) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day} {clock}Z")


def old(*updates: dict[str, object], **fields: object) -> Entry:
    """Return something that was raised so long ago that its wait is told in days."""
    return issue(*updates, opened="2026-11-01 08:00", raised={"at": "2026-11-01 08:00"}, **fields)


def test_a_record_of_which_nothing_moves_is_told_as_of_midnight() -> None:
    assert tick([], NOW, BERLIN) == Tick(at("23:00", 20), at("23:00"))
    assert tick([old()], NOW, BERLIN) == Tick(at("23:00", 20), at("23:00"))


def test_what_was_said_today_moves_it() -> None:
    assert tick([old(said("11:55"))], NOW, BERLIN).at == at("11:55")
    assert tick([old(said("11:55")), old(said("12:09"))], NOW, BERLIN).at == at("12:09")


def test_a_wait_that_is_told_in_minutes_moves_it_each_hour() -> None:
    assert tick([issue(opened="2026-11-20 07:00")], NOW, BERLIN) == Tick(at("12:00"), at("13:00"))
    over = issue(said("11:00"), opened="2026-11-20 07:00", status="resolved", closed="2026-11-21 11:00")
    assert tick([over], NOW, BERLIN) == Tick(at("11:00"), at("23:00"))


def test_a_promise_moves_it_as_soon_as_it_is_broken() -> None:
    promised = old(said("11:00", next_update_at="2026-11-21 12:00"))
    assert tick([promised], at("12:05"), BERLIN) == Tick(at("11:00"), at("12:05") + timedelta(seconds=1))
    broken = tick([promised], at("12:06"), BERLIN).at
    assert broken == at("12:05") + timedelta(seconds=1)
    found = promise(promised, broken)
    assert found is not None
    assert found.overdue


def test_a_wait_of_two_days_is_told_by_the_hour_until_midnight_so_that_the_clock_never_goes_back() -> None:
    waiting = issue(opened="2026-11-19 10:30")
    assert tick([waiting], at("10:47"), BERLIN).at == at("10:00")
    assert tick([waiting], at("22:59"), BERLIN) == Tick(at("22:00"), at("23:00"))
    assert tick([waiting], at("23:01"), BERLIN) == Tick(at("23:00"), at("23:00", 22))


def test_nothing_hints_at_what_nobody_may_read() -> None:
    hidden = {"opened": "2026-11-21 09:17", "raised": {"at": "2026-11-21 09:17"}}
    midnight = tick([], NOW, BERLIN)
    assert tick([issue(said("11:55"), draft=True, **hidden)], NOW, BERLIN) == midnight
    to_come = issue(said("11:55"), publish_at="2026-11-21 15:00", **hidden)
    assert tick([to_come], NOW, BERLIN) == Tick(midnight.at, at("15:00"))
    over = issue(said("11:55"), expires_at="2026-11-21 12:00", **hidden)
    assert tick([over], NOW, BERLIN) == Tick(at("12:00"), midnight.until)


def test_planned_work_moves_it_a_week_ahead_when_it_begins_and_when_it_is_done() -> None:
    facts = {"id": "m", "kind": "maintenance", "title": "M", "status": "scheduled", "opened": "2026-11-01"}
    plan = {"scheduled_for": "2026-11-28 13:00", "scheduled_until": "2026-11-28 15:00"}
    work = ENTRIES.validate_python({**facts, **plan})
    assert tick([work], NOW, BERLIN).until == at("13:00")
    assert tick([work], at("13:30", 28), BERLIN) == Tick(at("13:00", 28), at("15:00", 28))


def test_what_is_to_come_is_told_until_then() -> None:
    assert tick([old(publish_at="2026-11-21 15:00")], NOW, BERLIN).until == at("15:00")
    assert tick([], NOW, BERLIN, [at("14:00"), at("11:00")]) == Tick(at("11:00"), at("14:00"))


@pytest.mark.parametrize("clock", ["2026-03-29 10:00", "2026-10-25 10:00"])
def test_a_day_on_which_clocks_change_is_as_long_as_it_is(clock: str) -> None:
    found = tick([], datetime.fromisoformat(f"{clock}Z"), BERLIN)
    assert [moment.astimezone(BERLIN).strftime("%d %H:%M") for moment in (found.at, found.until)] in (
        ["29 00:00", "30 00:00"],
        ["25 00:00", "26 00:00"],
    )


records = st.lists(entries(*Kind).map(ENTRIES.validate_python), max_size=4, unique_by=lambda entry: entry.id)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(records, moments, st.data())
def test_what_readers_see_now_is_what_they_saw_at_the_tick(
    record: list[Entry], now: datetime, data: st.DataObject
) -> None:
    now = now.replace(microsecond=0)
    if record and (marked := [record[0].opened, record[0].expires_at, record[0].publish_at]):
        near = data.draw(st.sampled_from([moment for moment in marked if moment] or [now]))
        now = near + timedelta(minutes=data.draw(st.integers(-90, 90)))
    found = tick(record, now, BERLIN)
    assert found.at <= now < found.until
    assert now - found.at < timedelta(hours=25)
    then, today = readable(record, found.at), readable(record, now)
    assert then == today
    assert [promise(entry, found.at) for entry in then] == [promise(entry, now) for entry in today]
    assert tick(record, found.at, BERLIN).at == found.at
    later = now + timedelta(minutes=data.draw(st.integers(0, 3 * 24 * 60)))
    assert tick(record, later, BERLIN).at >= found.at
    assert tick(record, found.until - timedelta(seconds=1), BERLIN).at == found.at
