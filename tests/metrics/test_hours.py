"""Business hours, worked out by hand, over weekends, holidays and two changes of clocks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.metrics.hours import business_time
from onrecord.model.targets import Week

OFFICE: dict[str, Any] = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("09:00-17:00",))
MADRID = Week(zone="Europe/Madrid", days_off=("2026-12-25",), **OFFICE)  # type: ignore[arg-type]


def counted(start: str, end: str, week: Week = MADRID) -> float:
    """Return the hours between two times in UTC."""
    stretch = (datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (start, end))
    return business_time(*stretch, week) / timedelta(hours=1)


def test_nights_weekends_and_holidays_do_not_count() -> None:
    assert counted("2026-11-20 15:00", "2026-11-23 09:00") == 2, (
        "Friday 16 to 17, Monday 9 to 10, by the clock of Madrid"
    )
    assert counted("2026-11-21 00:00", "2026-11-22 23:00") == 0
    assert counted("2026-12-24 07:00", "2026-12-26 22:00") == 8
    assert counted("2026-11-20 09:30", "2026-11-20 09:30") == 0


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-01", 24)])
def test_a_sunday_on_which_clocks_change_is_as_long_as_it_is(day: str, hours: int) -> None:
    sundays = Week(zone="Europe/Madrid", sun=("00:00-24:00",))  # type: ignore[arg-type]
    noon = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    assert business_time(noon - timedelta(days=1), noon + timedelta(days=1), sundays) == timedelta(hours=hours)


def test_hours_that_a_change_of_clocks_skips_are_no_hours_and_those_it_repeats_count_twice() -> None:
    early = Week(zone="Europe/Madrid", sun=("01:00-04:00",))  # type: ignore[arg-type]
    assert counted("2026-03-28 20:00", "2026-03-29 20:00", early) == 2
    assert counted("2026-10-24 20:00", "2026-10-25 20:00", early) == 4


def test_a_lunch_break_and_a_shift_to_midnight() -> None:
    split = Week(zone="UTC", mon=("09:00-12:00", "13:00-24:00"))  # type: ignore[arg-type]
    assert counted("2026-11-23 00:00", "2026-11-24 12:00", split) == 14


MOMENTS = st.integers(0, 365 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


@given(MOMENTS, MOMENTS, MOMENTS)
def test_the_hours_of_two_stretches_are_the_hours_of_both(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    both = business_time(first, middle, MADRID) + business_time(middle, last, MADRID)
    assert both == business_time(first, last, MADRID) <= last - first
