"""What others said about an entry, on its line through time and beside it."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import entries, moments

from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.kinds import Kind
from onrecord.model.parts import MOST_POSTS, Venue
from onrecord.record.conversation import Aside, asides, besides

TURNS = [datetime.fromisoformat(f"2026-11-20T{hour}:00:00Z") for hour in (10, 12)]


def at(clock: str, **fields: Any) -> dict[str, Any]:
    return {"at": f"2026-11-20T{clock}:00Z", **fields}


def issue(**fields: Any) -> Entry:
    plain = {"id": "app-1", "kind": "issue", "title": "Slow", "status": "reported", "opened": "2026-11-20T08:00:00Z"}
    return ENTRIES.validate_python({**plain, **fields})


def told(entry: Entry) -> list[str]:
    return [shown(aside) for aside in asides(entry, TURNS)]


def shown(aside: Aside) -> str:
    return " ".join([f"{aside.at:%H:%M}", aside.what, str(aside.count), *(place.name for place in aside.places)])


def test_what_others_wrote_between_two_words_of_ours_is_one_line_linked_at_its_first_post_of_each_venue() -> None:
    posts = [
        at("09:50", venue="Reddit", url="https://r.example/1"),
        at("10:00", venue="GitHub", url="https://g.example/1"),
        at("10:01", venue="GitHub", url="https://g.example/2"),
        at("13:00", venue="GitHub"),
        at("11:59", venue="Reddit", url="https://r.example/2"),
        at("11:00", venue="GitHub", url="https://g.example/3"),
    ]
    entry = issue(others=posts)
    assert told(entry) == ["09:50 wrote 2 Reddit GitHub", "10:01 wrote 3 GitHub Reddit", "13:00 wrote 1 GitHub"]
    assert [place.url for place in asides(entry, TURNS)[1].places] == ["https://g.example/2", "https://r.example/2"]


def test_who_raised_it_stands_first_and_each_place_at_its_time() -> None:
    entry = issue(
        raised=at("08:00", venue="Mastodon", count=14),
        others=[at("08:00", venue="Mastodon")],
        venues=[{"name": "X", **at("12:30")}, {"name": "Reddit", **at("09:00")}, {"name": "the app store"}],
    )
    assert told(entry) == [
        "08:00 raised 14 Mastodon",
        "08:00 wrote 1 Mastodon",
        "09:00 elsewhere 1 Reddit",
        "12:30 elsewhere 1 X",
    ]
    assert [venue.name for venue in besides(entry, None)] == ["the app store"]


def test_more_than_a_few_places_between_two_words_of_ours_stand_together_each_with_its_time() -> None:
    venues = [{"name": f"forum {number}", **at(f"10:0{number}")} for number in range(1, 5)]
    assert len(told(issue(venues=venues[:3]))) == 3
    (together,) = asides(issue(venues=venues), TURNS)
    assert shown(together) == "10:01 elsewhere 4 forum 1 forum 2 forum 3 forum 4"
    assert [f"{place.at:%M}" for place in together.places if place.at] == ["01", "02", "03", "04"]


@pytest.mark.parametrize(
    "spelled",
    ["https://x.com/ana/status/20", "http://twitter.com/i/status/20?s=21", "https://mobile.x.com/Ana/status/20"],
)
def test_a_place_that_is_linked_to_anyway_is_not_told_again_however_it_is_spelled(spelled: str) -> None:
    here = "https://x.com/i/status/20"
    venues = [{"name": "X", "url": spelled, **at("09:00")}, {"name": "Twitter", "url": spelled}]
    raised = issue(raised=at("08:00", venue="X", url=here), venues=venues)
    assert told(raised) == ["08:00 raised 1 X"]
    answered = issue(updates=[at("10:00", body="Yes.", url=here)], venues=venues)
    assert told(answered) == []
    assert [*besides(raised, None), *besides(answered, None)] == []


def test_two_spellings_of_one_place_are_one() -> None:
    x, twitter = (
        {"name": "X", "url": "https://x.com/ana/status/20"},
        {"name": "T", "url": "https://twitter.com/i/status/20"},
    )
    assert [venue.name for venue in besides(issue(venues=[x, twitter]), None)] == ["X"]
    assert told(issue(venues=[{**twitter, **at("09:00")}, {**x, **at("09:30")}])) == ["09:00 elsewhere 1 T"]
    assert besides(issue(venues=[{**x, **at("09:00")}]), Venue(name="T", url="https://twitter.com/i/status/20")) == ()


def test_where_it_was_pulled_from_is_told_beside_the_line_unless_the_line_links_to_it() -> None:
    origin = Venue(name="GitHub", url="https://g.example/7")
    assert besides(issue(), origin) == (origin,)
    assert besides(issue(raised=at("08:00", url="https://g.example/7")), origin) == ()


def test_a_place_that_is_told_once_with_its_time_is_not_told_again_without() -> None:
    entry = issue(venues=[{"name": "Forum", **at("09:00")}, {"name": "Forum"}, {"name": "Shop"}])
    assert told(entry) == ["09:00 elsewhere 1 Forum"]
    assert [venue.name for venue in besides(entry, None)] == ["Shop"]


def test_a_post_without_the_name_of_its_venue_is_named_by_its_address() -> None:
    entry = issue(others=[at("09:00", url="https://news.ycombinator.com/item?id=1"), at("09:01")])
    assert told(entry) == ["09:00 wrote 2 Hacker News"]


def test_where_some_may_not_have_been_kept_the_count_is_the_least() -> None:
    posts = [at(f"{minute // 60:02}:{minute % 60:02}") for minute in range(MOST_POSTS)]
    assert [aside.at_least for aside in asides(issue(others=posts), TURNS)] == [True]
    assert [aside.at_least for aside in asides(issue(others=posts[1:]), TURNS)] == [False]


def test_nothing_is_told_of_what_was_withdrawn_and_of_what_is_no_trouble() -> None:
    said = {"raised": at("08:00"), "others": [at("09:00")], "venues": [{"name": "X", **at("09:00")}]}
    assert told(issue(**said, status="withdrawn")) == []
    news = issue(kind="announcement", status="published", venues=said["venues"])
    assert told(news) == []
    assert [venue.name for venue in besides(news, None)] == ["X"]


@given(entries(Kind.ISSUE, Kind.KNOWN_ISSUE, Kind.INCIDENT), st.lists(moments, max_size=4))
def test_every_post_and_place_is_told_once_in_the_order_of_time(entry: Entry, turns: list[datetime]) -> None:
    turns = sorted(turns)
    found = asides(entry, turns)
    assert [aside.at for aside in found] == sorted(aside.at for aside in found)
    if entry.status != "withdrawn":
        assert sum(aside.count for aside in found if aside.what == "wrote") == len(entry.others)  # type: ignore[attr-defined]
        timed = {(venue.name, venue.url) for venue in entry.venues if venue.at}
        beside = {(venue.name, venue.url) for venue in besides(entry, None)}
        on_line = {(place.name, place.url) for aside in found if aside.what == "elsewhere" for place in aside.places}
        assert not on_line - timed
        assert not on_line & beside
