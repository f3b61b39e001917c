"""How fast an entry was answered, worked out by hand."""

from datetime import timedelta

import pytest
from tests.metrics.cases import issue, said

from onrecord.metrics import pace, raised_at, waited, was_raised
from onrecord.model.entry import Entry


def minutes(length: timedelta | None) -> float | None:
    return length.total_seconds() / 60 if length is not None else None


def paced(entry: Entry) -> tuple[float | None, ...]:
    found = pace(entry)
    return minutes(found.acknowledged), minutes(found.answered), minutes(found.fixed)


def test_time_runs_from_when_the_customer_said_it_not_from_when_it_was_logged() -> None:
    raised = {"at": "2026-11-21 08:30", "venue": "Mastodon"}
    assert paced(issue(said("09:10"), raised=raised)) == (40, 40, None)
    assert raised_at(issue()).hour == 9


def test_the_first_official_reply_of_a_pulled_issue_acknowledges_and_answers() -> None:
    assert paced(issue(said("09:18"), said("10:00"))) == (18, 18, None)


def test_an_acknowledgement_is_no_answer_and_an_answer_acknowledges_too() -> None:
    assert paced(issue(said("09:05", kind="ack"), said("09:50", kind="answer"))) == (5, 50, None)
    assert paced(issue(said("09:50", kind="answer"), said("10:00", kind="ack"))) == (50, 50, None)


@pytest.mark.parametrize(
    "update",
    [
        said("09:10", official=False),
        said("09:10", kind="note"),
        said("09:10", kind="close"),
        said("09:10", kind="handoff"),
        said("09:10", body=""),
        said("08:59"),
    ],
)
def test_what_is_not_a_reply_of_ours_to_the_customer_does_not_count(update: dict[str, object]) -> None:
    assert paced(issue(update)) == (None, None, None)
    assert paced(issue(update, said("09:30"))) == (30, 30, None)


def test_a_reply_in_the_same_minute_took_no_time() -> None:
    assert paced(issue(said("09:00"))) == (0, 0, None)


@pytest.mark.parametrize(
    ("status", "fixed"), [("resolved", 120), ("wont_fix", None), ("external", None), ("withdrawn", None)]
)
def test_only_what_was_fixed_has_a_time_to_the_fix(status: str, fixed: float | None) -> None:
    assert paced(issue(status=status, closed="2026-11-21 11:00")) == (None, None, fixed)


def test_what_was_reopened_is_not_fixed_and_keeps_its_start_when_it_is() -> None:
    assert paced(issue(closed=None, reopened_at=["2026-11-21 11:30"])) == (None, None, None)
    found = issue(status="resolved", closed="2026-11-22 09:00", reopened_at=["2026-11-21 11:30"])
    assert paced(found) == (None, None, 24 * 60)


def test_what_was_fixed_before_the_customer_said_it_took_no_time_that_could_be_told() -> None:
    raised = {"at": "2026-11-21 11:30"}
    assert paced(issue(raised=raised, status="resolved", closed="2026-11-21 11:00")) == (None, None, None)


CLOSED_SILENTLY = {"at": "2026-11-21 11:00", "status": "resolved", "kind": "close"}


@pytest.mark.parametrize("status", ["resolved", "wont_fix", "external", "withdrawn", "fixed_unreleased"])
def test_words_after_the_closing_are_an_afterword_and_not_the_first_answer(status: str) -> None:
    closing = {**CLOSED_SILENTLY, "status": status}
    assert paced(issue(closing, said("11:01"), said("15:00", by="ana"))) == (None, None, None)
    assert paced(issue(said("09:30", kind="ack"), closing, said("11:01"))) == (30, None, None)
    assert paced(issue(said("09:30"), closing, said("11:01"))) == (30, 30, None)


def test_words_with_the_closing_are_an_answer() -> None:
    assert paced(issue(said("11:00", status="resolved"))) == (120, 120, None)
    assert paced(issue(CLOSED_SILENTLY, said("11:00"))) == (120, 120, None)


def test_after_a_reopening_it_can_be_answered() -> None:
    reopened = {"at": "2026-11-21 12:00", "status": "investigating", "kind": "note"}
    assert paced(issue(CLOSED_SILENTLY, said("11:30"), reopened, said("12:30"))) == (210, 210, None)
    again = {**CLOSED_SILENTLY, "at": "2026-11-21 12:10"}
    assert paced(issue(CLOSED_SILENTLY, reopened, again, said("12:30"))) == (None, None, None)


def test_only_our_own_closing_makes_an_answer_too_late() -> None:
    assert paced(issue({**CLOSED_SILENTLY, "official": False}, said("11:30"))) == (150, 150, None)
    told_late = issue(said("11:30"), status="resolved", closed="2026-11-21 11:00")
    assert paced(told_late) == (150, 150, 120)


def test_waits_for_the_customer_are_added_up_and_closing_ends_the_last_one() -> None:
    spans = [
        {"from": "2026-11-21 09:00", "to": "2026-11-21 09:30"},
        {"from": "2026-11-21 10:00"},
    ]
    assert minutes(waited(issue(waiting_on_customer=spans))) == 30
    assert minutes(waited(issue(waiting_on_customer=spans, status="resolved", closed="2026-11-21 10:10"))) == 40
    assert minutes(waited(issue())) == 0


def test_there_is_nobody_to_answer_where_only_we_saw_it() -> None:
    raised = {"at": "2026-11-21 08:30"}
    assert was_raised(issue())
    assert was_raised(issue(kind="known-issue", raised=raised))
    assert not was_raised(issue(kind="known-issue"))
