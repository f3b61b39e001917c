"""Times, days, ids, addresses and names: what is meant is what is written, and nothing is guessed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from tests.strategies import moments

from onrecord.model.scalars import (
    PLAIN_URL,
    Day,
    Id,
    Language,
    Line,
    Moment,
    Slug,
    Url,
    Zone,
    check_odd_url,
    write_moment,
)

BERLIN = ZoneInfo("Europe/Berlin")
LATELY = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2040-01-01")


def moment(written: object, zone: ZoneInfo | None = BERLIN) -> str:
    context = {"zone": zone} if zone else None
    return write_moment(TypeAdapter(Moment).validate_python(written, context=context))


def refusal(kind: Any, written: object, zone: ZoneInfo = BERLIN) -> str:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(written, context={"zone": zone})
    (error,) = caught.value.errors()
    return str(error.get("ctx", {}).get("error", error["type"]))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-21", "2026-11-20T23:00:00Z"),
        ("2026-11-21 09:30", "2026-11-21T08:30:00Z"),
        ("2026-11-21 09:30:15", "2026-11-21T08:30:15Z"),
        ("2026-07-21 09:30", "2026-07-21T07:30:00Z"),
        ("2026-11-21 09:30 +05:30", "2026-11-21T04:00:00Z"),
        ("2026-11-21 09:30+05:30", "2026-11-21T04:00:00Z"),
        ("2026-11-21 09:30 -08:00", "2026-11-21T17:30:00Z"),
        ("2026-11-21 09:30 Z", "2026-11-21T09:30:00Z"),
        ("2026-11-21 09:30Z", "2026-11-21T09:30:00Z"),
        ("2026-11-21 09:30 UTC", "2026-11-21T09:30:00Z"),
        ("2026-11-21T09:30:15Z", "2026-11-21T09:30:15Z"),
        ("2026-11-21T09:30:15.999Z", "2026-11-21T09:30:15Z"),
        ("  2026-11-21 09:30 Z ", "2026-11-21T09:30:00Z"),
    ],
)
def test_a_time_means_what_it_says_and_without_a_zone_it_is_in_the_sites(written: str, meant: str) -> None:
    assert moment(written) == meant


def test_without_a_site_a_time_is_in_utc() -> None:
    assert moment("2026-11-21 09:30", zone=None) == "2026-11-21T09:30:00Z"


@pytest.mark.parametrize(
    "written",
    [
        "now", "tomorrow", "", "5", "1763715000", "inf", "nan", "09:30", "12:30", "21.11.2026", "11/21/2026",
        "2026-11", "2026-1-1", "26-11-21", "2026-11-21 9:30", "2026-11-21 09", "2026-11-21 09:30 CET",
        "2026-11-21 09:30 +1", "2026-11-21 09:30 +0100", "2026-11-21 Z", "2026-11-21 09:30.5",
        "2026-11-21 09:30 Europe/Berlin", "2026-11-21 09:30 pm", "٢٠٢٦-١١-٢١", "+002026-11-21", 5, 5.0, None, True,
    ],
)  # fmt: skip
def test_what_is_not_a_time_is_refused_with_an_example(written: object) -> None:
    assert refusal(Moment, written) == (
        'this is not a time: write a time like "2026-11-21 09:30", "2026-11-21 09:30 +01:00" or "2026-11-21"'
    )


@pytest.mark.parametrize(
    "written",
    ["2026-02-30", "2026-13-01", "2026-00-10", "2025-02-29", "0000-01-01", "2026-11-21 25:00", "2026-11-21 09:60"],
)
def test_a_time_that_no_calendar_has_is_refused(written: str) -> None:
    assert refusal(Moment, written).startswith("there is no such day or time: ")


@pytest.mark.parametrize("zone", ["+99:00", "-15:00", "+01:60"])
def test_a_zone_that_no_place_has_is_refused(zone: str) -> None:
    assert refusal(Moment, f"2026-11-21 09:30 {zone}").startswith(f"there is no zone {zone}")


@pytest.mark.parametrize("written", ["0001-01-01 00:00 +14:00", "9999-12-31 23:59 -14:00"])
def test_a_time_beyond_the_calendar_is_refused(written: str) -> None:
    assert refusal(Moment, written).startswith("there is no such time in any zone")


@pytest.mark.parametrize(
    ("written", "zone", "said"),
    [
        (
            "2026-10-25 02:30",
            "Europe/Berlin",
            (
                "happens twice in Europe/Berlin, because clocks change: "
                'write "2026-10-25 02:30+02:00" or "2026-10-25 02:30+01:00"'
            ),
        ),
        (
            "2026-03-29 02:30",
            "Europe/Berlin",
            (
                "does not exist in Europe/Berlin, because clocks change: "
                'write "2026-03-29 03:30+02:00" or "2026-03-29 01:30+01:00"'
            ),
        ),
        (
            "2026-11-01 01:00",
            "America/New_York",
            (
                "happens twice in America/New_York, because clocks change: "
                'write "2026-11-01 01:00-04:00" or "2026-11-01 01:00-05:00"'
            ),
        ),
        (
            "2026-04-05 01:45",
            "Australia/Lord_Howe",
            (
                "happens twice in Australia/Lord_Howe, because clocks change: "
                'write "2026-04-05 01:45+11:00" or "2026-04-05 01:45+10:30"'
            ),
        ),
    ],
)
def test_an_hour_that_clocks_repeat_or_skip_says_what_to_write(written: str, zone: str, said: str) -> None:
    assert refusal(Moment, written, ZoneInfo(zone)) == f"this time {said}"


def test_what_the_message_says_to_write_is_read() -> None:
    assert moment("2026-10-25 02:30+02:00") == "2026-10-25T00:30:00Z"
    assert moment("2026-10-25 02:30+01:00") == "2026-10-25T01:30:00Z"
    assert moment("2026-03-29 03:30+02:00") == moment("2026-03-29 03:30") == "2026-03-29T01:30:00Z"


@pytest.mark.parametrize(("written", "meant"), [("02:00", "01:00"), ("01:59", "00:59"), ("03:00", "02:00")])
def test_the_edges_of_the_repeated_hour_are_clear(written: str, meant: str) -> None:
    if written == "02:00":
        assert "happens twice" in refusal(Moment, f"2026-10-25 {written}")
    elif written == "01:59":
        assert moment(f"2026-10-25 {written}") == "2026-10-24T23:59:00Z"
    else:
        assert moment(f"2026-10-25 {written}") == f"2026-10-25T{meant}:00Z"


def test_a_moment_from_code_needs_a_zone() -> None:
    assert moment(datetime(2026, 11, 21, 9, 30, 15, 999, UTC)) == "2026-11-21T09:30:15Z"
    assert refusal(Moment, datetime(2026, 11, 21)).startswith("a time without a zone cannot come from code")  # noqa: DTZ001


@given(moments, st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]))
def test_a_moment_that_is_written_is_read_as_the_same(written: datetime, zone: str) -> None:
    assert TypeAdapter(Moment).validate_python(write_moment(written), context={"zone": ZoneInfo(zone)}) == written


@given(st.datetimes(*LATELY), st.sampled_from(sorted(available_timezones())))
def test_a_wall_clock_is_either_clear_or_refused_with_its_choices(wall: datetime, name: str) -> None:
    written, zone = wall.isoformat(" ", "minutes"), ZoneInfo(name)
    try:
        found = TypeAdapter(Moment).validate_python(written, context={"zone": zone})
    except ValidationError as error:
        assert "because clocks change: write" in str(error)
    else:
        assert found.astimezone(zone).replace(tzinfo=None) == wall.replace(second=0, microsecond=0)
        assert found.utcoffset() == timedelta(0)


def test_a_day_is_a_day_of_the_calendar() -> None:
    assert str(TypeAdapter(Day).validate_python(" 2026-02-28 ")) == "2026-02-28"
    for wrong in ["2026-02-30", "soon", "2026-02-28 09:00", 5, "", None, datetime(2026, 2, 28, tzinfo=UTC)]:
        assert refusal(Day, wrong) == 'this is not a day: write one like "2026-11-30"'


@pytest.mark.parametrize("fine", ["app-1423", "2026-11-late-mail", "a", "v1.2", "20261", "2026-111", "x" * 121])
def test_an_id_is_a_safe_name_of_a_folder(fine: str) -> None:
    assert TypeAdapter(Id).validate_python(fine) == fine


@pytest.mark.parametrize("wrong", ["Late-Mail", "späte-post", "a b", "a/b", "..", ".a", "-a", "a.", "", "x\n"])
def test_what_cannot_be_an_id_says_how_one_looks(wrong: str) -> None:
    assert refusal(Id, wrong) == (
        f'"{wrong}" cannot be an id: use small letters, digits and ". _ -", like "2026-11-late-mail"'
    )


@pytest.mark.parametrize("taken", ["2026", "2026-11", "1999-99", "index", "latest", "feed", "page"])
def test_the_names_of_the_archives_pages_are_taken(taken: str) -> None:
    assert refusal(Id, taken) == (
        f'"{taken}" cannot be an id, because a page of the site has that name: '
        'use a longer one, like "2026-11-late-mail"'
    )


@pytest.mark.parametrize(
    "wrong",
    [
        "example.com", "//example.com", "ftp://example.com", "javascript:alert(1)", "https://", "https://u:p@a.example",
        "https://a.example/a b", "https://a.example/\u0085b", "https://[::1", 'https://a.example/"x"', "http://a:99999/",
        "http://a:0/", "data:text/html,x", "https:\\\\a.example", "https://a.example/<b>",
    ],
)  # fmt: skip
def test_only_a_web_address_may_be_linked_to(wrong: str) -> None:
    assert refusal(Url, wrong) == 'this is not a web address: write one like "https://example.com/page"'


@pytest.mark.parametrize("fine", ["https://a.example", "http://a.example:8080/x?y=z#w", "https://bücher.example/ü"])
def test_a_web_address_is_kept_as_it_is(fine: str) -> None:
    assert TypeAdapter(Url).validate_python(f" {fine} ") == fine


@pytest.mark.parametrize("wrong", ["a\nb", "a\rb", "a\tb", "a\x00b", "a\x85b", "a\u2028b", "a\x1bb"])
def test_a_line_has_no_breaks_and_no_control_characters(wrong: str) -> None:
    assert refusal(Line, wrong) == "string_pattern_mismatch"


@pytest.mark.parametrize(
    ("kind", "wrong"), [(Slug, "A"), (Slug, "a\n"), (Slug, "-a"), (Language, "German"), (Language, "en_US")]
)
def test_short_names_and_languages_have_their_form(kind: Any, wrong: str) -> None:
    assert refusal(kind, wrong) == "string_pattern_mismatch"


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("Europe/Brelin", "Europe/Berlin"),
        ("america/new_york", "America/New_York"),
    ],
)
def test_a_zone_that_is_nearly_right_is_offered_as_it_is_written(wrong: str, meant: str) -> None:
    assert refusal(Zone, wrong) == (
        f'there is no time zone "{wrong}". Did you mean "{meant}"?: write one like "Europe/Berlin" or "UTC"'
    )


def test_a_zone_like_no_other_says_how_one_looks() -> None:
    assert refusal(Zone, "../etc") == 'there is no time zone "../etc".: write one like "Europe/Berlin" or "UTC"'


@given(st.from_regex(PLAIN_URL, fullmatch=True))
def test_an_address_that_is_taken_at_a_glance_stands_a_closer_look(url: str) -> None:
    if "xn--" not in url:
        assert check_odd_url(url) == url


@given(st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z", fullmatch=True))
def test_a_time_as_we_write_it_means_what_any_other_way_of_writing_it_means(written: str) -> None:
    otherwise = written.replace("T", " ").replace("Z", " +00:00")
    try:
        expected = moment(otherwise)
    except ValidationError:
        refusal(Moment, written)
    else:
        assert moment(written) == expected


def test_zones_are_those_that_have_the_same_name_on_every_machine() -> None:
    everywhere = {"UTC", "Europe/Berlin", "America/Argentina/Ushuaia", "Asia/Kolkata", "EST5EDT"}
    assert {TypeAdapter(Zone).validate_python(name) for name in everywhere} == everywhere
    assert {*everywhere} <= available_timezones()
    assert refusal(Zone, "localtime").startswith('there is no time zone "localtime"')
    assert 'Did you mean "Europe/Berlin"?' in refusal(Zone, "Europe/Berln")
