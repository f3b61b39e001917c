"""How components are doing, and maintenance that moves by the clock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.kinds import Status
from onrecord.model.people import Component, Site
from onrecord.record.health import history, recorded_downtime, state_now
from onrecord.record.record import Record, readable

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SITE = Site(title="Acme", url="https://acme.example/", timezone="Europe/Berlin")


def record(*entries: Entry, now: datetime = NOW, **component: Any) -> Record:
    components = {"mail": Component.model_validate({"name": "Mail", **component}, context={"zone": UTC})}
    return Record(SITE, now, readable(entries, now), components)


def incident(number: int = 1, **fields: Any) -> Entry:
    plain = {"id": f"mail-{number}", "kind": "incident", "title": "Late", "status": "investigating"}
    return ENTRIES.validate_python({**plain, "opened": "2026-11-21T08:00:00Z", "components": ["mail"], **fields})


def window(**fields: Any) -> Entry:
    plain = {"id": "move", "kind": "maintenance", "title": "Move", "status": "scheduled", "components": ["mail"]}
    times = {"scheduled_for": "2026-11-21T11:00:00Z", "scheduled_until": "2026-11-21T13:00:00Z"}
    return ENTRIES.validate_python({**plain, "opened": "2026-11-01T08:00:00Z", **times, **fields})


def test_a_component_of_which_nothing_is_open_works() -> None:
    over = incident(status="resolved", closed="2026-11-21T09:00:00Z")
    assert state_now(record(), "mail") == state_now(record(over), "mail") == "operational"


@pytest.mark.parametrize(
    ("impact", "state"),
    [
        (None, "degraded_performance"),
        ("none", "operational"),
        ("minor", "degraded_performance"),
        ("major", "partial_outage"),
        ("critical", "major_outage"),
    ],
)
def test_an_open_incident_harms_it_as_much_as_its_impact_says(impact: str | None, state: str) -> None:
    assert state_now(record(incident(impact=impact)), "mail") == state


def test_the_worst_of_several_counts_and_an_update_may_say_it_outright() -> None:
    update = {"at": "2026-11-21T09:00:00Z", "components": {"mail": "major_outage"}}
    assert state_now(record(incident(1, impact="minor"), incident(2, updates=[update])), "mail") == "major_outage"


def test_maintenance_shows_only_while_it_runs_and_less_than_an_incident() -> None:
    before = datetime(2026, 11, 21, 10, 59, tzinfo=UTC)
    assert state_now(record(window(), now=before), "mail") == "operational"
    assert state_now(record(window()), "mail") == "under_maintenance"
    assert state_now(record(window(), incident(impact="minor")), "mail") == "degraded_performance"


def test_a_hold_goes_first_until_its_time() -> None:
    hold = {"hold": {"status": "partial_outage", "until": "2026-11-21T13:00:00Z"}}
    assert state_now(record(**hold), "mail") == "partial_outage"
    assert state_now(record(**hold, now=NOW + timedelta(hours=2)), "mail") == "operational"


def test_downtime_counts_overlaps_once_and_only_what_is_over() -> None:
    first = incident(1, status="resolved", opened="2026-11-20T08:00:00Z", closed="2026-11-20T10:00:00Z")
    inside = incident(2, status="resolved", opened="2026-11-20T09:00:00Z", closed="2026-11-20T11:00:00Z")
    assert recorded_downtime(record(first, inside), "mail") == timedelta(hours=3)
    assert recorded_downtime(record(first, inside, incident(3)), "mail") == timedelta(hours=3)
    long_ago = incident(4, status="resolved", opened="2026-01-01T08:00:00Z", closed="2026-01-01T10:00:00Z")
    assert recorded_downtime(record(long_ago), "mail") == timedelta()
    harmless = incident(5, impact="none")
    assert recorded_downtime(record(harmless), "mail") == timedelta()


def test_history_is_told_in_days_of_the_sites_calendar() -> None:
    # 23:30 in UTC is half past midnight of the next day in Berlin.
    late = incident(
        status="resolved", impact="critical", opened="2026-11-19T23:30:00Z", closed="2026-11-20T00:30:00Z"
    )
    days = history(record(late), "mail", days=3)
    assert [(day.date, day.state) for day in days] == [
        (date(2026, 11, 19), "operational"),
        (date(2026, 11, 20), "major_outage"),
        (date(2026, 11, 21), "operational"),
    ]


@given(st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_any_clock_shows_exactly_one_status_for_a_maintenance(now: datetime) -> None:
    now = now.replace(microsecond=0)
    (shown,) = record(window(), now=now).entries
    start, end = datetime(2026, 11, 21, 11, tzinfo=UTC), datetime(2026, 11, 21, 13, tzinfo=UTC)
    before, under_way, over = now < start, start <= now < end, now >= end
    assert before + under_way + over == 1
    expected = {before: Status.SCHEDULED, under_way: Status.IN_PROGRESS, over: Status.COMPLETED}[True]
    assert (shown.status, shown.closed) == (expected, end if over else None)


@pytest.mark.parametrize("status", ["cancelled", "verifying", "in_progress", "completed"])
def test_the_clock_changes_nothing_that_a_person_said(status: str) -> None:
    (shown,) = record(window(status=status), now=NOW + timedelta(days=1)).entries
    assert shown.status == status


def test_history_believes_what_was_said_outright_and_not_the_impact() -> None:
    update = {"at": "2026-11-21T09:00:00Z", "components": {"mail": "degraded_performance"}}
    days = history(record(incident(impact="critical", updates=[update])), "mail", days=1)
    assert [day.state for day in days] == ["degraded_performance"]
