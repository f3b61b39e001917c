"""What outsiders write below an issue: kept as moments and addresses, whatever happens to their comments."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.local_github import comment, issue, user
from tests.sources.pulling import after, answers, known, source

from onrecord.contracts import Answer
from onrecord.model.entry import Entry, write_entry
from onrecord.model.kinds import Kind, Status
from onrecord.model.parts import MOST_POSTS
from onrecord.model.people import Account, Voice

T0, T1, T2, T3 = (f"2026-11-0{day}T10:00:00Z" for day in (1, 2, 3, 4))
CLOSED = issue(1, "Card refused", created_at=T0, closed_at=T2)


def outsider(ident: int, body: str | None = "Me too!", **facts: Any) -> Any:
    facts = {"user": "customer", "author_association": "NONE", "created_at": T1, **facts}
    return comment(ident, 1, body, **facts)


def one(*batches: Any, **fields: Any) -> Entry:
    (entry,) = after(source(**fields), *batches).entries.values()
    return entry


def heard(entry: Entry) -> list[int]:
    return [int(post.url.rpartition("-")[2]) for post in entry.others]  # type: ignore[attr-defined]


def test_of_what_others_wrote_only_when_and_where_is_kept() -> None:
    entry = one(answers(CLOSED, comments=[outsider(9, "It is broken, call Kim")]))
    written = write_entry(entry)
    assert b'"others"' in written
    assert b"customer" not in written
    assert b"Kim" not in written
    ((moment, venue, url),) = [(post.at, post.venue, post.url) for post in entry.others]  # type: ignore[attr-defined]
    assert (f"{moment:%d %H}", venue, url) == (
        "02 10",
        "GitHub",
        "https://github.com/acme/app/issues/1#issuecomment-9",
    )


def test_programs_members_and_the_silent_are_no_others_and_a_deleted_account_was_one() -> None:
    said = [
        comment(1, 1, "We see it.", created_at=T1),
        outsider(2, user=user("ci", kind="Bot")),
        outsider(3, user="stale[bot]"),
        outsider(4, " \n"),
        outsider(5, None),
        outsider(6, user=None),
        outsider(7, author_association="CONTRIBUTOR"),
    ]
    assert heard(one(answers(CLOSED, comments=said))) == [6, 7]


@pytest.mark.parametrize("labels", [["known"], ["outage"]])
def test_every_kind_that_an_issue_makes_has_others(labels: list[str]) -> None:
    row = issue(1, "Slow", created_at=T0, labels=labels)
    entry = one(answers(row, comments=[outsider(9)]), known_issue_labels=["known"], incident_labels=["outage"])
    assert entry.kind in (Kind.KNOWN_ISSUE, Kind.INCIDENT)
    assert heard(entry) == [9]


def test_others_make_no_answer_and_leave_the_time_of_the_last_change() -> None:
    row = issue(1, "Slow", created_at=T0, labels=["known"])
    entry = one(answers(row, comments=[outsider(9)]), known_issue_labels=["known"])
    assert (entry.status, entry.updates, entry.changed) == (Status.REPORTED, (), entry.opened)


def test_an_edit_counts_once_and_an_emptied_comment_goes() -> None:
    first = answers(CLOSED, comments=[outsider(9), outsider(8)])
    assert heard(one(first, answers(comments=[outsider(9, "Me too, twice.", updated_at=T3)]))) == [8, 9]
    assert heard(one(first, answers(comments=[outsider(9, "")]))) == [8]


def test_an_issue_that_moves_keeps_what_others_wrote() -> None:
    first = answers(CLOSED, comments=[outsider(9)])
    assert heard(one(first, answers({**CLOSED, "updated_at": T3}))) == [9]


def test_whoever_comes_to_speak_for_us_is_no_longer_one_of_the_others() -> None:
    told = after(source(), answers(CLOSED, comments=[outsider(9)]))
    voice = Voice(name="Kim", accounts=(Account(platform="github", handle="customer"),))
    start = known(told.entries.values(), voices={"kim": voice})
    entry = after(source(), answers(comments=[outsider(9, "Mended.")]), start=start).entries["app-1"]
    assert heard(entry) == []
    assert [update.by for update in entry.updates if update.body] == ["kim"]


def test_what_was_official_when_it_was_said_never_turns_into_what_others_wrote() -> None:
    first = answers(CLOSED, comments=[comment(9, 1, "Done.", created_at=T1)])
    assert heard(one(first, answers(comments=[outsider(9, "Paid off!", user="ana")]))) == []


def test_what_a_whole_pull_does_not_see_any_more_goes() -> None:
    first = answers(CLOSED, comments=[outsider(8), outsider(9)])
    seen = Answer("seen", "http://test", {"issues": [1], "comments": [(1, 9, T1)]})
    assert heard(one(first, (seen,))) == [9]


def test_what_is_withdrawn_says_nothing_of_others() -> None:
    gone = Answer("seen", "http://test", {"issues": []})
    entry = one(answers(CLOSED, comments=[outsider(9)]), (gone,))
    assert entry.status is Status.WITHDRAWN
    assert heard(entry) == []


def test_what_nobody_may_go_and_see_is_not_kept() -> None:
    first = answers(CLOSED, comments=[outsider(9)])
    assert heard(one(first, link=False)) == []
    assert heard(after(source(link=False), answers(CLOSED), start=after(source(), first)).entries["app-1"]) == []


_MANY = [
    outsider(ident, created_at=f"2026-11-0{1 + ident // 100}T{ident // 5 % 20:02}:00:00Z")
    for ident in range(100, 101 + 2 * MOST_POSTS)
]


@settings(max_examples=5)
@given(st.randoms(use_true_random=False))
def test_of_very_many_the_first_and_the_last_stay_whatever_the_order(chance: Any) -> None:
    shuffled = chance.sample(_MANY, len(_MANY))
    batch = answers(CLOSED, comments=shuffled[:250])
    told = after(source(), batch, answers(comments=shuffled[250:]))
    assert told.entries == after(source(), answers(CLOSED, comments=_MANY)).entries
    assert len(heard(told.entries["app-1"])) == MOST_POSTS
    assert source().understand(answers(comments=shuffled), told).entries == ()
