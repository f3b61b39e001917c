"""What GitHub's rows mean: plain rows in, entries out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.local_github import comment, issue, milestone, user
from tests.local_github.shapes import event
from tests.sources.pulling import NOW, after, answers, known, source

from onrecord.contracts import Answer
from onrecord.model.entry import Entry, Issue, KnownIssue, write_entry
from onrecord.model.kinds import Kind, Status, UpdateKind
from onrecord.model.people import Account, Voice

T0, T1, T2, T3 = (f"2026-11-0{day}T10:00:00Z" for day in (1, 2, 3, 4))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def closed(number: int = 1, title: str = "Card refused", **facts: Any) -> Any:
    return issue(number, title, **{"created_at": T0, "closed_at": T2, **facts})


def one(*batches: Any, **fields: Any) -> Entry:
    (entry,) = after(source(**fields), *batches).entries.values()
    return entry


def answers_of(entry: Entry) -> list[str]:
    return [update.body for update in entry.updates if update.kind is UpdateKind.ANSWER]


def line(entry: Entry) -> list[tuple[str, str | None]]:
    return [(f"{update.at:%d}", update.status) for update in entry.updates]


# what goes on record, and as what


def test_a_closed_issue_is_on_record_with_where_and_when_it_was_raised() -> None:
    entry = one(answers(closed()))
    assert isinstance(entry, Issue)
    assert (entry.id, entry.title, entry.status) == ("app-1", "Card refused", Status.RESOLVED)
    assert (entry.opened, entry.closed) == (moment(T0), moment(T2))
    assert entry.raised
    assert (entry.raised.at, entry.raised.venue, entry.raised.count) == (moment(T0), "GitHub", 1)
    assert entry.raised.url == "https://github.com/acme/app/issues/1"
    assert [venue.url for venue in entry.venues] == ["https://github.com/acme/app/issues/1"]
    assert entry.source
    assert (entry.source.name, entry.source.fetched_at) == ("app", NOW)


def test_pull_requests_and_open_issues_without_a_label_are_left_out() -> None:
    rows = answers(closed(1, pull_request=True), issue(2, "Open", created_at=T0))
    assert not after(source(), rows).entries


def test_an_issue_must_carry_all_labels_whatever_their_capitals() -> None:
    rows = answers(closed(1, labels=["Public", "Checked"]), closed(2, labels=["public"]))
    assert [*after(source(labels=["public", "checked"]), rows).entries] == ["app-1"]


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (["defect"], Kind.KNOWN_ISSUE),
        (["outage"], Kind.INCIDENT),
        (["outage", "defect"], Kind.INCIDENT),
    ],
)
def test_an_open_issue_with_a_marking_label_is_on_record(labels: list[str], kind: Kind) -> None:
    rows = answers(issue(1, "Slow", created_at=T0, labels=labels))
    entry = one(rows, known_issue_labels=["known", "defect"], incident_labels=["outage"])
    assert entry.kind is kind
    assert entry.is_open


def test_a_known_issue_that_is_fixed_stays_a_known_issue() -> None:
    entry = one(answers(closed(labels=["known"])), known_issue_labels=["known"])
    assert isinstance(entry, KnownIssue)
    assert entry.status is Status.RESOLVED


def test_an_open_known_issue_is_reported_until_a_member_has_answered() -> None:
    row = issue(1, "Slow", created_at=T0, labels=["known"])
    told = after(source(known_issue_labels=["known"]), answers(row))
    assert told.entries["app-1"].status is Status.REPORTED
    said = answers(comments=[comment(9, 1, "We see it too.", created_at=T1)])
    told = after(source(known_issue_labels=["known"]), said, start=told)
    assert told.entries["app-1"].status is Status.INVESTIGATING


def test_an_incident_tells_when_it_began_and_ended() -> None:
    entry = one(answers(closed(labels=["outage"])), incident_labels=["outage"])
    assert entry.kind is Kind.INCIDENT
    assert (entry.started_at, entry.ended_at) == (moment(T0), moment(T2))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("completed", Status.RESOLVED),
        (None, Status.RESOLVED),
        ("not_planned", Status.WONT_FIX),
        ("something_new", Status.RESOLVED),
    ],
)
def test_the_reason_for_closing_decides_the_status(reason: str | None, status: Status) -> None:
    assert one(answers(closed(state_reason=reason))).status is status


def test_a_duplicate_is_not_taken_and_is_withdrawn_when_it_was() -> None:
    twin = closed(state_reason="duplicate", updated_at=T3)
    assert not after(source(), answers(twin)).entries
    entry = one(answers(closed()), answers(twin))
    assert entry.status is Status.WITHDRAWN
    assert "duplicate" in entry.updates[-1].body


def test_the_milestone_names_the_version_only_once_it_is_fixed() -> None:
    planned = issue(1, "Slow", created_at=T0, labels=["known"], milestone=milestone("2.1"))
    assert one(answers(planned), known_issue_labels=["known"]).fixed_in is None  # type: ignore[attr-defined]
    assert one(answers(closed(milestone=milestone(" 2.1 ")))).fixed_in == "2.1"  # type: ignore[attr-defined]
    refused = closed(milestone=milestone("2.1"), state_reason="not_planned")
    assert one(answers(refused)).fixed_in is None  # type: ignore[attr-defined]


def test_where_releases_are_known_a_fix_with_a_milestone_waits_for_its_release() -> None:
    waiting = closed(milestone=milestone("2.1"), labels=["known"])
    entry = one(answers(waiting), known_issue_labels=["known"], released_by="app-releases")
    assert isinstance(entry, KnownIssue)
    assert (entry.status, entry.fixed_in, entry.released_by) == (Status.FIXED_UNRELEASED, "2.1", "app-releases")
    assert (entry.closed, line(entry)) == (moment(T2), [("03", "fixed_unreleased")])


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, Status.RESOLVED),
        ({"milestone": milestone(" ")}, Status.RESOLVED),
        ({"milestone": milestone("2.1"), "state_reason": "not_planned"}, Status.WONT_FIX),
        ({"milestone": milestone("2.1"), "labels": ["outage"]}, Status.RESOLVED),
    ],
)
def test_nothing_waits_that_was_not_fixed_or_names_no_version(facts: dict[str, Any], status: Status) -> None:
    entry = one(answers(closed(**facts)), incident_labels=["outage"], released_by="app-releases")
    assert (entry.status, getattr(entry, "released_by", None)) == (status, None)


def test_a_milestone_may_come_and_go_after_the_fix() -> None:
    plain, planned = answers(closed()), answers(closed(milestone=milestone("2.1"), updated_at=T3))
    said = answers(comments=[comment(9, 1, "It comes with 2.1.", created_at=T3)])
    ends = [one(*batches, released_by="app-releases") for batches in ([plain, planned, said], [planned, said])]
    assert ends[0] == ends[1]
    assert ends[0].status is Status.FIXED_UNRELEASED
    assert one(plain, planned, plain, released_by="app-releases") == one(plain, released_by="app-releases")


def test_a_fix_that_did_not_hold_is_a_reopening_before_its_release_too() -> None:
    again = issue(1, "Card refused", created_at=T0, updated_at=T3, state_reason="reopened")
    entry = one(answers(closed(milestone=milestone("2.1"))), answers(again), released_by="app-releases")
    assert isinstance(entry, Issue)
    assert (entry.status, entry.reopened_at, entry.closed) == (Status.INVESTIGATING, (moment(T3),), None)
    assert (entry.fixed_in, entry.released_by) == (None, None)
    assert line(entry) == [("03", "fixed_unreleased"), ("04", "investigating")]


def test_labels_name_components() -> None:
    rows = answers(closed(labels=["area: payments", "area: mail", "bug"]))
    labels = {"mail": "Area: mail", "login": "area: login", "payments": "area: payments"}
    assert one(rows, component_labels=labels).components == ("mail", "payments")


def test_labels_are_kept_in_an_order_of_ours_and_those_of_a_private_tracker_are_not() -> None:
    rows = answers(closed(labels=["wants refund", "\u202ebug ", "", "bug"]))
    source_ref = one(rows).source
    assert source_ref
    assert source_ref.labels == ("bug", "wants refund")
    assert b"refund" not in write_entry(one(rows, link=False))


def test_a_title_of_blanks_or_none_becomes_a_neutral_one() -> None:
    rows = answers(closed(1, " \t\n"), {**closed(2), "title": None}, closed(3, " two\n lines\u202e "))
    assert [entry.title for entry in after(source(), rows).entries.values()] == ["Issue 1", "Issue 2", "two lines"]


def test_a_private_tracker_gives_away_neither_titles_nor_addresses() -> None:
    rows = answers(closed(), comments=[comment(9, 1, "Done.", created_at=T1)])
    entry = one(rows, titles="overlay", link=False)
    assert entry.title == "Issue 1"
    assert b"http" not in write_entry(entry)
    assert source(link=False).address is None
    assert "acme" not in source(link=False).title


# who is heard


def test_only_official_words_are_kept() -> None:
    comments = [
        comment(11, 1, "member", created_at=T1),
        comment(12, 1, "owner", created_at=T1, user="olga", author_association="OWNER"),
        comment(13, 1, "collaborator", created_at=T1, user="carl", author_association="COLLABORATOR"),
        comment(14, 1, "contributor", created_at=T1, user="kim", author_association="CONTRIBUTOR"),
        comment(15, 1, "customer", created_at=T1, user="customer", author_association="NONE"),
        comment(16, 1, "bot", created_at=T1, user=user("ci", kind="Bot")),
        comment(17, 1, "robot", created_at=T1, user="stale[bot]"),
        comment(18, 1, "ghost", created_at=T1, user=None),
        comment(19, 1, "who knows", created_at=T1, user="zed", author_association="FUTURE_VALUE"),
    ]
    entry = one(answers(closed(), comments=comments))
    assert answers_of(entry) == ["member", "owner", "collaborator"]
    assert all(update.official for update in entry.updates)
    assert b"told by a customer" not in write_entry(entry)


def test_an_answer_says_who_where_and_when() -> None:
    (answer,) = [
        update
        for update in one(answers(closed(), comments=[comment(9, 1, "Done.", created_at=T1)])).updates
        if update.body
    ]
    assert (answer.at, answer.by, answer.venue) == (moment(T1), "ana", "GitHub")
    assert answer.url == "https://github.com/acme/app/issues/1#issuecomment-9"


def test_a_voice_speaks_from_its_account_in_its_days_only() -> None:
    voice = Voice.model_validate(
        {
            "name": "Ana Ruiz",
            "accounts": [Account(platform="github", handle="agency", id="7")],
            "from": "2026-11-02",
            "until": "2026-11-03",
        }
    )
    comments = [
        comment(day, 1, f"day {day}", created_at=f"2026-11-0{day}T12:00:00Z", author_association="NONE", user=who)
        for day, who in [(1, {"login": "renamed", "id": 7}), (2, {"login": "renamed", "id": 7}), (4, "agency")]
    ]
    start = known(voices={"ana": voice})
    entry = after(source(), answers(closed(), comments=comments), start=start).entries["app-1"]
    assert [(update.body, update.by) for update in entry.updates if update.body] == [("day 2", "ana")]


def test_what_staff_opened_speaks_for_itself_and_nobody_raised_it() -> None:
    row = issue(
        1, "Slow", created_at=T0, labels=["known"], user="ana", author_association="MEMBER", body="We see it."
    )
    entry = one(answers(row), known_issue_labels=["known"])
    assert isinstance(entry, KnownIssue)
    assert (entry.body, entry.raised, entry.status) == ("We see it.", None, Status.INVESTIGATING)


def test_comments_on_what_is_not_on_record_are_passed_over() -> None:
    assert not after(source(), answers(comments=[comment(9, 1, "Done.")])).entries


def test_an_edited_answer_replaces_what_it_said_and_an_emptied_one_goes() -> None:
    first = answers(closed(), comments=[comment(9, 1, "Dome.", created_at=T1)])
    assert answers_of(one(first, answers(comments=[comment(9, 1, "Done.", created_at=T1)]))) == ["Done."]
    assert answers_of(one(first, answers(comments=[comment(9, 1, None, created_at=T1)]))) == []


def test_an_edit_is_known_again_without_addresses() -> None:
    first = answers(closed(), comments=[comment(9, 1, "Dome.", created_at=T1)])
    again = answers(comments=[comment(9, 1, "Done.", created_at=T1)])
    assert answers_of(one(first, again, link=False)) == ["Done."]


def test_what_was_official_when_it_was_said_stays_when_its_author_leaves() -> None:
    first = answers(closed(), comments=[comment(9, 1, "Done.", created_at=T1)])
    left = answers(comments=[comment(9, 1, "Paid off!", created_at=T1, author_association="NONE")])
    assert answers_of(one(first, left)) == ["Done."]


# how it went on


def test_closing_is_a_turn_of_its_own_after_the_answers_of_that_second() -> None:
    entry = one(answers(closed(), comments=[comment(9, 1, "Fixed in 2.1.", created_at=T2)]))
    assert [(update.kind, update.status) for update in entry.updates] == [
        (UpdateKind.ANSWER, None),
        (UpdateKind.CLOSE, Status.RESOLVED),
    ]


def test_a_reopening_is_seen_dated_and_told() -> None:
    again = issue(1, "Card refused", created_at=T0, updated_at=T3, state_reason="reopened")
    entry = one(answers(closed()), answers(again))
    assert isinstance(entry, Issue)
    assert (entry.status, entry.closed, entry.reopened_at) == (Status.INVESTIGATING, None, (moment(T3),))
    assert line(entry) == [("03", "resolved"), ("04", "investigating")]


def test_events_tell_reopenings_better_than_a_guess() -> None:
    events = [
        event(1, 1, "closed", "ana", T1),
        event(2, 1, "labeled", "ana", T1),
        event(3, 1, "reopened", "ana", T2),
        event(4, 1, "closed", "ana", T3),
    ]
    entry = one(answers(closed(closed_at=T1)), answers(closed(closed_at=T3), issue_1=events))
    assert entry.reopened_at == (moment(T2),)  # type: ignore[attr-defined]
    assert line(entry) == [("02", "resolved"), ("03", "investigating"), ("04", "resolved")]


def test_a_reopening_is_counted_once_however_often_it_is_read() -> None:
    again = issue(1, "Card refused", created_at=T0, updated_at=T3, state_reason="reopened")
    later = {**again, "updated_at": "2026-11-05T10:00:00Z"}
    entry = one(answers(closed()), answers(again), answers(later), answers(later))
    assert entry.reopened_at == (moment(T3),)  # type: ignore[attr-defined]


def test_a_removed_label_withdraws_the_words_and_says_why() -> None:
    first = answers(closed(labels=["public"]), comments=[comment(9, 1, "Done.", created_at=T1)])
    entry = one(first, answers(closed(updated_at=T3)), labels=["public"])
    assert (entry.title, entry.status, entry.body) == ("Card refused", Status.WITHDRAWN, "")
    ((at, status),) = line(entry)
    assert (at, status) == ("04", Status.WITHDRAWN)
    assert "label" in entry.updates[0].body


def test_a_label_that_comes_back_puts_it_on_record_again() -> None:
    on = closed(labels=["public"])
    said = [comment(9, 1, "Done.", created_at=T1)]
    entry = one(
        answers(on, comments=said), answers(closed(updated_at=T3)), answers(on, comments=said), labels=["public"]
    )
    assert entry == one(answers(on, comments=said), labels=["public"])


def test_an_open_issue_whose_known_label_goes_stays_on_record_as_an_issue() -> None:
    row = issue(1, "Slow", created_at=T0, labels=["known"])
    entry = one(answers(row), answers({**row, "labels": []}), known_issue_labels=["known"])
    assert (entry.kind, entry.status) == (Kind.ISSUE, Status.REPORTED)


def test_a_whole_pull_withdraws_what_is_gone_and_drops_answers_that_were_deleted() -> None:
    said = [comment(9, 1, "Kept.", created_at=T1), comment(10, 1, "Gone.", created_at=T1, user="bo")]
    told = after(source(), answers(closed(1), closed(2), comments=said))
    seen = Answer("seen", "http://test", {"issues": [1], "comments": [[1, 9, T1]]})
    told = after(source(), (seen,), start=told)
    assert answers_of(told.entries["app-1"]) == ["Kept."]
    assert told.entries["app-2"].status is Status.WITHDRAWN
    assert "no longer" in told.entries["app-2"].updates[0].body


def test_milliseconds_make_no_news() -> None:
    row = issue(1, "Card refused", created_at="2026-11-01T10:00:00.123Z", closed_at="2026-11-02T10:00:00.456Z")
    batch = answers(row, comments=[comment(9, 1, "Done.", created_at="2026-11-02T09:00:00.789Z")])
    told = after(source(), batch)
    assert not source().understand(batch, told).entries


def test_the_time_of_fetching_moves_only_with_the_entry() -> None:
    batch = answers(closed(), comments=[comment(9, 1, "Done.", created_at=T1)])
    told = after(source(), batch)
    later = replace(told, now=NOW + timedelta(hours=1))
    assert source().understand(batch, later).entries == ()
    (entry,) = source().understand(answers(closed(title="Cards refused")), later).entries
    assert entry.source
    assert entry.source.fetched_at == later.now


def test_marks_are_kept_and_moved_by_what_was_read() -> None:
    batch = (Answer("read", "http://test", {"issues": T1}),)
    assert source().understand(batch, known(marks={"issues": T0, "sweep": "done"})).marks == {
        "issues": T1,
        "sweep": "done",
    }


# properties

_ROWS = st.lists(
    st.builds(
        comment,
        st.integers(1, 30),
        st.integers(1, 3),
        st.one_of(st.none(), st.text(max_size=20)),
        user=st.sampled_from(["ana", "bo", "ci[bot]", None]),
        author_association=st.sampled_from(["MEMBER", "NONE", "OWNER", "??"]),
        created_at=st.sampled_from([T0, T1, T2, T3]),
    ),
    max_size=8,
    unique_by=lambda row: row["id"],
)
_ISSUES = answers(closed(1), closed(2, state_reason="not_planned"), closed(3, labels=["known"]))


@given(_ROWS, st.randoms(use_true_random=False))
def test_any_order_of_comments_gives_the_same_entries(rows: list[Any], chance: Any) -> None:
    shuffled = chance.sample(rows, len(rows))
    one_way = after(source(), _ISSUES, *(answers(comments=[row]) for row in rows))
    other_way = after(source(), _ISSUES, answers(comments=shuffled[:3]), answers(comments=shuffled[3:]))
    assert one_way.entries == other_way.entries


@given(_ROWS)
def test_understanding_twice_changes_nothing(rows: list[Any]) -> None:
    batch = (*_ISSUES, *answers(comments=rows))
    told = after(source(), batch)
    assert source().understand(batch, told).entries == ()


_EXTRA = st.dictionaries(
    st.sampled_from(["type", "pinned_comment", "sub_issues", "parent", "draft", "score"]),
    st.one_of(st.none(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2)),
)


@given(_EXTRA)
def test_fields_that_we_do_not_know_never_matter(extra: dict[str, Any]) -> None:
    said = comment(9, 1, "Done.", created_at=T1)
    plain = answers(closed(), comments=[said])
    more = answers({**extra, **closed()}, comments=[{**extra, **said}])
    odd = answers({**closed(), **extra}, comments=[{**said, **extra}])
    assert one(plain) == one(more) == one(odd)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_title_and_words_make_an_entry_that_can_be_kept(title: str, body: str) -> None:
    row = closed(1, title, user="ana", author_association="OWNER", body=body)
    entry = one(answers(row, comments=[comment(9, 1, body, created_at=T1)]))
    assert Issue.model_validate_json(write_entry(entry)) == entry


def test_every_order_of_batches_with_a_reopening_ends_the_same() -> None:
    again = issue(1, "Card refused", created_at=T0, updated_at=T3, state_reason="reopened")
    batches = [answers(comments=[comment(9, 1, "Done.", created_at=T1)]), answers(again)]
    ends = [one(answers(closed()), *order) for order in permutations(batches)]
    assert ends[0] == ends[1]


def test_moments_are_utc() -> None:
    assert one(answers(closed(created_at="2026-11-01T10:00:00+02:00"))).opened == datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_the_issue_about_failed_sources_never_goes_on_record() -> None:
    about_us = closed(title="A source of the record cannot be read", labels=["onrecord-source"])
    assert after(source(), answers(closed())).entries
    assert after(source(), answers(about_us)).entries == {}
