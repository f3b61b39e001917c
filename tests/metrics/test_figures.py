"""The figures of a cohort, worked out by hand: who waits, who was answered too late, what is left out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.metrics.cases import issue, said

from onrecord.metrics.curve import Wait
from onrecord.metrics.facts import silence
from onrecord.metrics.figures import Case, Figures, case, corrected, follow_through, is_counted
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.targets import Targets

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
TARGETS = Targets.model_validate(
    {
        "targets": [
            {"from": "2026-01-01", "answer": {"major": "4 h", "minor": "1 day"}, "fix": {"major": "2 days"}},
            {"from": "2026-11-21", "answer": {"major": "30 min"}},
        ]
    }
)


def cased(*entries: Entry, now: datetime = NOW, targets: Targets = TARGETS) -> Figures:
    return Figures(tuple(case(entry, now, targets, MADRID) for entry in entries), now)


def numbered(number: int, *updates: dict[str, object], **fields: object) -> Entry:
    return issue(*updates, id=f"app-{number}", **fields)


def one(entry: Entry, **where: Any) -> Case:
    return cased(entry, **where).cases[0]


def hours(wait: Wait | None) -> tuple[float, bool] | None:
    return (wait.length / timedelta(hours=1), wait.is_over) if wait else None


def test_who_has_no_answer_has_waited_until_now() -> None:
    found = one(issue())
    assert hours(found.answer) == hours(found.acknowledgement) == hours(found.fix) == (3, False)


def test_an_acknowledgement_leaves_the_answer_waiting() -> None:
    found = one(issue(said("09:30", kind="ack")))
    assert (hours(found.acknowledgement), hours(found.answer)) == ((0.5, True), (3, False))


def test_a_reopened_matter_has_waited_for_its_fix_from_its_first_day() -> None:
    again = issue(status="resolved", closed="2026-11-21 11:00", reopened_at=["2026-11-21 10:00"])
    assert hours(one(again).fix) == (2, True)
    assert hours(one(issue(status="investigating", reopened_at=["2026-11-21 10:00"])).fix) == (3, False)
    assert cased(again, numbered(2, status="resolved", closed="2026-11-21 11:00"), numbered(3)).reopened.count == 1
    assert cased(again, numbered(2, status="resolved", closed="2026-11-21 11:00"), numbered(3)).reopened.of == 2


def test_what_staff_opened_is_answered_by_the_first_word_after_the_opening() -> None:
    found = one(issue(said("09:45"), raised=None))
    assert (found.raised_at.hour, hours(found.answer)) == (9, (0.75, True))


def test_what_a_bot_or_a_stranger_said_answers_nobody() -> None:
    assert hours(one(issue(said("09:10", official=False))).answer) == (3, False)


@pytest.mark.parametrize("status", ["wont_fix", "external"])
def test_what_is_declined_has_an_answer_but_no_fix_to_wait_for(status: str) -> None:
    figures = cased(issue(said("09:10", status=status), status=status, closed="2026-11-21 09:10"), numbered(2))
    assert [declined.id for declined in figures.declined] == ["app-1"]
    assert len(figures.fix.waits) == 1
    assert len(figures.answer.waits) == 2


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({}, True),
        ({"status": "withdrawn"}, False),
        ({"metrics": {"exclude": "a drill"}}, False),
        ({"kind": "known-issue"}, False),
        ({"kind": "known-issue", "raised": {"at": "2026-11-21 09:00"}}, True),
        ({"kind": "incident"}, True),
        ({"kind": "announcement", "status": "published"}, False),
    ],
)
def test_only_trouble_that_somebody_raised_and_nobody_took_back_is_counted(
    fields: dict[str, object], counted: bool
) -> None:
    assert is_counted(issue(**fields)) == counted


def test_within_a_day_asks_only_those_who_have_had_a_day() -> None:
    day = {"opened": "2026-11-19 09:00"}
    figures = cased(
        numbered(1, {"at": "2026-11-20 08:00", "body": "Words."}, **day),
        numbered(2, {"at": "2026-11-20 10:00", "body": "Words."}, **day),
        numbered(3, **day),
        numbered(4, said("09:05")),
        numbered(5, opened="2026-11-20 12:00"),
    )
    found = figures.answered_within(timedelta(days=1))
    assert (found.held, found.failed) == (("app-1",), ("app-2", "app-3", "app-5"))
    assert [early.id for early in figures.too_early(timedelta(days=1))] == ["app-4"]


def test_the_target_is_the_one_that_held_where_the_site_is_when_it_was_raised() -> None:
    before = one(issue(impact="major", opened="2026-11-20 22:59"))
    after = one(issue(impact="major", opened="2026-11-20 23:00"))
    assert (before.answer_target, before.fix_target) == (timedelta(hours=4), timedelta(days=2))
    assert (after.answer_target, after.fix_target) == (timedelta(minutes=30), None)
    assert one(issue(opened="2026-11-20 09:00")).answer_target == timedelta(days=1), "without an impact: minor"
    assert one(issue(opened="2025-12-31 09:00")).answer_target is None


def test_a_target_that_is_past_without_an_answer_is_missed_and_one_to_come_is_not_told() -> None:
    old = {"opened": "2026-11-20 09:00", "impact": "major"}
    figures = cased(
        numbered(1, {"at": "2026-11-20 12:59", "body": "Words."}, **old),
        numbered(2, {"at": "2026-11-20 13:01", "body": "Words."}, **old),
        numbered(3, **old),
        numbered(4, impact="major", opened="2026-11-21 11:45"),
        numbered(5, impact="none", opened="2026-11-20 09:00"),
    )
    assert (figures.answered_on_time.held, figures.answered_on_time.failed) == (("app-1",), ("app-2", "app-3"))
    assert figures.fixed_on_time.of == 0


def test_answered_where_raised_tells_venues_apart_and_asks_only_what_was_answered() -> None:
    mastodon = {"raised": {"at": "2026-11-21 09:00", "venue": "Mastodon"}}
    figures = cased(
        numbered(1, said("09:10", venue="mastodon"), **mastodon),
        numbered(2, said("09:10"), said("09:20", venue="Mastodon"), **mastodon),
        numbered(3, **mastodon),
        numbered(4, said("09:10")),
    )
    assert (figures.answered_where_raised.held, figures.answered_where_raised.failed) == (("app-1",), ("app-2",))


def test_a_venue_that_people_spell_in_two_ways_is_known_by_its_addresses() -> None:
    raised = {"raised": {"at": "2026-11-21 09:00", "venue": "Twitter", "url": "https://twitter.com/kim/status/20"}}
    figures = cased(
        numbered(1, said("09:10", venue="X", url="https://x.com/acme/status/21"), **raised),
        numbered(2, said("09:10", venue="Reddit", url="https://www.reddit.com/r/acme/comments/1h7q2z"), **raised),
        numbered(3, said("09:10", venue="X"), **raised),
    )
    share = figures.answered_where_raised
    assert (share.held, share.failed) == (("app-1",), ("app-2", "app-3"))


def test_the_longest_silence_begins_when_it_was_raised_and_lasts_until_we_speak_or_close() -> None:
    assert silence(issue(said("09:30"), said("11:45")), NOW) == timedelta(hours=2, minutes=15)
    assert silence(issue(said("09:30")), NOW) == timedelta(hours=2, minutes=30)
    assert silence(issue(), NOW) == timedelta(hours=3)
    closed = issue(said("09:30"), status="resolved", closed="2026-11-21 09:40")
    assert silence(closed, NOW) == timedelta(minutes=30)
    longest = cased(closed, numbered(2, said("09:30"))).longest_silence
    assert longest
    assert (longest[0].id, longest[1]) == ("app-2", timedelta(hours=2, minutes=30))


def test_nothing_raised_is_no_figure_and_no_error() -> None:
    figures = cased()
    assert figures.answer.half is figures.answer.nine_in_ten is figures.longest_silence is None
    assert figures.answered_within(timedelta(days=1)).of == figures.promises.of == figures.reopened.of == 0


@pytest.mark.parametrize(("count", "half", "nine"), [(5, None, None), (6, 3, None), (29, 15, None), (30, 15, 27)])
def test_few_are_a_list_and_many_have_a_middle_and_a_slowest_tenth(
    count: int, half: int | None, nine: int | None
) -> None:
    answered = [numbered(minute, said(f"09:{minute:02}")) for minute in range(1, count + 1)]
    figures = cased(*answered).answer
    assert [found and found.length / timedelta(minutes=1) for found in (figures.half, figures.nine_in_ten)] == [
        half,
        nine,
    ]


def test_a_fix_over_the_night_in_which_clocks_change_takes_the_hours_that_passed() -> None:
    entry = issue(opened="2026-10-25 00:30 +02:00", status="resolved", closed="2026-10-25 04:30 +01:00")
    assert hours(one(entry).fix) == (5, True)


def test_steps_are_due_on_their_day_and_what_is_late_is_named() -> None:
    steps = [
        {"action": "In time", "due": "2026-11-10", "done_at": "2026-11-10"},
        {"action": "Late", "due": "2026-11-10", "done_at": "2026-11-12"},
        {"action": "Overdue", "due": "2026-11-20"},
        {"action": "Until tonight", "due": "2026-11-21"},
        {"action": "Before its time", "due": "2026-12-01", "done_at": "2026-11-01"},
        {"action": "One day"},
    ]
    plain = {"id": "sorry", "kind": "apology", "title": "T", "status": "published", "opened": "2026-11-01"}
    found = follow_through([ENTRIES.validate_python({**plain, "prevention": steps})], date(2026, 11, 21))
    assert (found.done.count, found.done.of) == (2, 4)
    assert [step.action for _, step in found.overdue] == ["Overdue"]


def test_corrections_are_told_of_all_that_was_published() -> None:
    correction = {"at": "2026-11-21 11:00", "was": "all", "now": "some", "why": "We asked the wrong table."}
    assert corrected([issue(corrections=[correction]), numbered(2)]).held == ("app-1",)
