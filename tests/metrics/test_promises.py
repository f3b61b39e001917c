"""What is still promised, and which promises were kept, worked out by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.metrics.cases import issue, said

from onrecord.metrics import GRACE, promise
from onrecord.metrics.promises import promises_due

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def promised(clock: str, until: str, **fields: object) -> dict[str, object]:
    return said(clock, next_update_at=f"2026-11-21 {until}", **fields)


def test_a_promise_stands_until_its_time_and_five_minutes() -> None:
    entry = issue(promised("11:00", "11:45"))
    due = datetime(2026, 11, 21, 11, 45, tzinfo=UTC)
    for now, overdue in [
        (due - timedelta(hours=1), False),
        (due, False),
        (due + GRACE, False),
        (due + GRACE + timedelta(seconds=1), True),
    ]:
        found = promise(entry, now)
        assert found is not None
        assert (found.at, found.overdue) == (due, overdue)
    assert timedelta(minutes=5) == GRACE


def test_the_newest_promise_counts() -> None:
    found = promise(issue(promised("11:00", "11:30"), promised("11:20", "13:00")), NOW)
    assert found is not None
    assert (found.at.hour, found.overdue) == (13, False)


def test_any_later_word_of_ours_keeps_a_promise() -> None:
    assert promise(issue(promised("11:00", "11:30"), said("11:25")), NOW) is None
    assert promise(issue(promised("11:00", "11:30"), said("11:50")), NOW) is None


def test_a_strangers_word_neither_makes_nor_keeps_a_promise_of_ours() -> None:
    kept_by_a_stranger = promise(issue(promised("11:00", "11:30"), said("11:25", official=False)), NOW)
    assert kept_by_a_stranger is not None
    assert kept_by_a_stranger.overdue
    assert promise(issue(promised("11:00", "11:30", official=False)), NOW) is None


@pytest.mark.parametrize("status", ["resolved", "withdrawn", "wont_fix"])
def test_a_closed_entry_owes_no_update(status: str) -> None:
    assert promise(issue(promised("11:00", "11:30"), status=status), NOW) is None


def test_without_a_promise_nothing_is_due() -> None:
    assert promise(issue(said("11:00")), NOW) is None


def test_each_promise_is_kept_by_a_word_before_its_time_or_within_five_minutes() -> None:
    kept = issue(promised("10:00", "10:30"), promised("10:35", "11:00"), said("10:50"))
    assert list(promises_due(kept, NOW)) == [True, True]
    late = issue(promised("10:00", "10:30"), said("10:36"))
    assert list(promises_due(late, NOW)) == [False]


def test_a_promise_whose_time_is_to_come_is_not_told_of_and_an_overdue_one_is_broken() -> None:
    entry = issue(promised("11:50", "12:30"))
    assert list(promises_due(entry, NOW)) == []
    assert list(promises_due(entry, NOW + timedelta(minutes=36))) == [False]


def test_closing_the_matter_in_time_keeps_a_promise() -> None:
    assert list(
        promises_due(issue(promised("10:00", "10:30"), closed="2026-11-21 10:20", status="resolved"), NOW)
    ) == [True]
    assert list(
        promises_due(issue(promised("10:00", "10:30"), closed="2026-11-21 11:20", status="resolved"), NOW)
    ) == [False]


def test_a_strangers_word_keeps_no_promise() -> None:
    assert list(promises_due(issue(promised("10:00", "10:30"), said("10:20", official=False)), NOW)) == [False]
