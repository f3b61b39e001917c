"""How times, lengths and numbers are said."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language import Language

BERLIN = Language("en", ZoneInfo("Europe/Berlin"))
ENGLISH = Language("en", ZoneInfo("UTC"))


def test_a_moment_is_said_in_the_sites_zone_and_names_it() -> None:
    assert BERLIN.moment(datetime(2026, 11, 21, 8, 12, tzinfo=UTC)) == "21 Nov 2026, 09:12 CET"
    assert BERLIN.moment(datetime(2026, 7, 21, 8, 12, tzinfo=UTC)) == "21 Jul 2026, 10:12 CEST"
    assert BERLIN.day(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == "21 Nov 2026"
    assert BERLIN.clock(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == "00:30 CET"


def test_a_bare_day_is_said_without_a_time() -> None:
    assert BERLIN.moment(datetime(2026, 11, 20, 23, tzinfo=UTC)) == "21 Nov 2026"
    assert ENGLISH.moment(datetime(2026, 11, 20, 23, tzinfo=UTC)) == "20 Nov 2026, 23:00 UTC"


def test_what_ends_when_a_day_begins_lasts_through_the_day_before() -> None:
    assert BERLIN.moment(BERLIN.last_day(datetime(2026, 11, 20, 23, tzinfo=UTC))) == "20 Nov 2026"
    assert BERLIN.moment(BERLIN.last_day(datetime(2026, 3, 29, 22, tzinfo=UTC))) == "29 Mar 2026"
    assert BERLIN.moment(BERLIN.last_day(datetime(2026, 11, 21, tzinfo=UTC))) == "21 Nov 2026, 01:00 CET"


def test_a_month_is_said_in_full() -> None:
    assert ENGLISH.month(2026, 11) == "November 2026"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 min"),
        (18, "18 min"),
        (59.6, "1 h"),
        (60, "1 h"),
        (190, "3 h 10 min"),
        (47 * 60 + 59, "47 h 59 min"),
        (48 * 60, "2 days"),
        (60 * 24 * 5 + 3, "5 days"),
    ],
)
def test_a_length_is_as_exact_as_people_say_it(minutes: float, said: str) -> None:
    assert ENGLISH.length(timedelta(minutes=minutes)) == said


@given(st.timedeltas(timedelta(), timedelta(days=60)), st.timedeltas(timedelta(), timedelta(days=60)))
def test_a_longer_time_never_sounds_shorter(one: timedelta, other: timedelta) -> None:
    shorter, longer = sorted((one, other))
    assert in_minutes(ENGLISH.length(shorter)) <= in_minutes(ENGLISH.length(longer))


def in_minutes(said: str) -> int:
    units = {"min": 1, "h": 60, "day": 1440, "days": 1440}
    words = said.split()
    return sum(int(number) * units[unit] for number, unit in zip(words[::2], words[1::2], strict=True))


def test_a_text_is_filled_in_and_a_percent_sign_in_it_is_a_percent_sign() -> None:
    assert ENGLISH.say("by %(moment)s", moment="100 % of %(nobody)s") == "by 100 % of %(nobody)s"
    assert ENGLISH.say("100 %") == "100 %"


def test_the_direction_of_writing_is_the_languages() -> None:
    assert (ENGLISH.direction, Language("ar", ZoneInfo("UTC")).direction) == ("ltr", "rtl")
