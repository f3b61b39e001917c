"""A person's words over the machine's."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import entries

from onrecord.errors import OnRecordError
from onrecord.log.overlay import read_overlay
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.kinds import Kind

BERLIN = ZoneInfo("Europe/Berlin")


def pulled(**fields: Any) -> Entry:
    plain = {
        "id": "app-7",
        "kind": "known-issue",
        "title": "crash on start #%&",
        "status": "investigating",
        "opened": "2026-11-01T08:00:00Z",
        "updates": [{"at": "2026-11-01T09:00:00Z", "body": "We see it.", "url": "https://git.example/7#1"}],
        **fields,
    }
    return ENTRIES.validate_python(plain)


def over(base: Entry, facts: str = "", words: str = "") -> Entry:
    return read_overlay(f"---\n{facts}---\n{words}", "content/entries/app-7.md", base, BERLIN)


def refused(base: Entry, facts: str, words: str = "") -> str:
    with pytest.raises(OnRecordError) as caught:
        over(base, facts, words)
    return str(caught.value)


def test_only_the_fields_that_it_names_change() -> None:
    base = pulled()
    laid = over(base, "title: The app closes at start\ndo_now: Restart the phone.\n")
    assert laid.title == "The app closes at start"
    assert laid.model_copy(update={"title": base.title, "do_now": None}) == base


def test_an_empty_file_changes_nothing() -> None:
    assert over(pulled()) == pulled()


def test_words_below_the_facts_become_the_body() -> None:
    assert over(pulled(), words="It was the new icon.\n").body == "It was the new icon."


def test_updates_and_corrections_join_by_time() -> None:
    base = pulled(updates=[{"at": f"2026-11-0{day}T09:00:00Z", "body": f"day {day}"} for day in (1, 3)])
    facts = "corrections:\n  - {at: 2026-11-04, was: a, now: b, why: c}\n"
    laid = over(base, facts, "## 2026-11-02 09:00, by ana\n\nday 2\n")
    assert [update.body for update in laid.updates] == ["day 1", "day 2", "day 3"]
    assert [correction.now for correction in laid.corrections] == ["b"]


def test_a_group_keeps_the_parts_that_are_not_named() -> None:
    raised = {"at": "2026-11-01T08:00:07Z", "venue": "GitHub", "url": "https://git.example/7"}
    laid = over(pulled(raised=raised), "raised:\n  count: 3\n  paraphrase: It closes at start.\n").raised
    assert laid.model_dump(mode="json", exclude_defaults=True) == {
        **raised,
        "count": 3,
        "paraphrase": "It closes at start.",
    }


def test_venues_are_added_to_those_of_the_source() -> None:
    base = pulled(venues=[{"name": "GitHub", "url": "https://git.example/7"}])
    facts = "venues:\n  - {name: GitHub, url: 'https://git.example/7'}\n  - {name: Reddit, at: 2026-11-02}\n"
    assert [venue.name for venue in over(base, facts).venues] == ["GitHub", "Reddit"]
    assert refused(base, "venues:\n  - {nam: Reddit}\n").startswith("content/entries/app-7.md:3:5: ")


def test_what_others_wrote_joins_what_the_source_heard() -> None:
    base = pulled(others=[{"at": "2026-11-03T08:00:00Z", "venue": "GitHub", "url": "https://git.example/7#1"}])
    facts = "others:\n  - {at: 2026-11-02, venue: Reddit, url: 'https://reddit.example/7'}\n"
    assert [post.venue for post in over(base, facts).others] == ["Reddit", "GitHub"]


def test_a_status_needs_its_time() -> None:
    assert refused(pulled(), "status: workaround\n") == (
        "content/entries/app-7.md:2:1: this status has no time\n"
        '    add a line "as_of: …" with the time at which that was so: newer news from the source then wins'
    )


def test_a_newer_word_about_the_status_wins_whoever_says_it() -> None:
    words = "status: workaround\nas_of: 2026-11-02 10:00\n"
    assert over(pulled(), words).status == "workaround"

    commented = [{"at": "2026-11-05T09:00:00Z", "body": "Still looking."}]
    assert over(pulled(updates=commented), words).status == "workaround"

    closed = pulled(status="resolved", closed="2026-11-06T09:00:00Z")
    assert (over(closed, words).status, over(closed, words).closed) == ("resolved", closed.closed)

    reopened = pulled(updates=[{"at": "2026-11-08T09:00:00Z", "status": "investigating"}])
    assert over(reopened, words).status == "investigating"


def test_a_dated_section_says_the_status_with_its_time() -> None:
    laid = over(pulled(), words="## 2026-11-02 10:00 workaround, by ana\n\nRestart the phone.\n")
    assert (laid.status, laid.updates[-1].by) == ("workaround", "ana")


def test_closing_and_opening_again_move_the_end() -> None:
    ended = over(pulled(), words="## 2026-11-02 10:00 resolved\n")
    assert ended.closed == datetime.fromisoformat("2026-11-02T09:00:00Z")
    closed = pulled(status="resolved", closed="2026-11-03T09:00:00Z")
    again = over(closed, words="## 2026-11-04 10:00 investigating\n")
    assert (again.status, again.closed) == ("investigating", None)
    assert again.reopened_at == (again.updates[-1].at,)
    learned = over(closed, words="## 2026-11-04 10:00 wont_fix\n")
    assert (learned.status, learned.closed) == ("wont_fix", closed.closed)


def test_a_withdrawal_upstream_holds_until_a_person_says_otherwise_later() -> None:
    gone = pulled(status="withdrawn", updates=[{"at": "2026-11-05T09:00:00Z", "status": "withdrawn"}])
    assert over(gone, "status: workaround\nas_of: 2026-11-02\n").status == "withdrawn"
    assert over(gone, "status: workaround\nas_of: 2026-11-06\n").status == "workaround"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said = refused(pulled(), "titel: x\nstatus: fixed\nas_of: soon\n", "## 2026-11-02 10:00 repaired\n")
    assert [line for line in said.splitlines() if not line.startswith("    ")] == [
        'content/entries/app-7.md:2:1: there is no field "titel" here. Did you mean "title"?',
        'content/entries/app-7.md:4:8: "as_of": this is not a time',
        'content/entries/app-7.md:6: the status cannot be "repaired". Did you mean "reported"?',
    ]


FACTS = st.sampled_from([
    "",
    "title: Other words\n",
    "pinned: true\nsummary: In short\n",
    "corrections:\n  - {at: 2026-11-04, was: a, now: b, why: c}\n",
    "status: withdrawn\nas_of: 2026-11-02 10:00\n",
])  # fmt: skip
WORDS = st.sampled_from(["", "Body.\n", "## 2026-11-02 09:00, by ana\n\nWe looked.\n", "## 2026-11-09 withdrawn\n"])


@given(entries(Kind.ISSUE, Kind.KNOWN_ISSUE, Kind.INCIDENT), FACTS, WORDS)
def test_an_overlay_laid_twice_equals_one_laid_once(base: Entry, facts: str, words: str) -> None:
    base = base.model_copy(update={"id": "app-7"})
    once = over(base, facts, words)
    assert over(once, facts, words) == once
