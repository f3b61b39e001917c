"""What waits: new, unanswered, late, not handed off, or closed in silence."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.triage.complaints import complaint, raised, rules

from onrecord.model.entry import Entry
from onrecord.model.targets import Targets
from onrecord.model.triage import Rules
from onrecord.triage import waiting

ZONE = ZoneInfo("UTC")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TARGETS = Targets.model_validate(
    {"targets": [{"from": "2026-01-01", "answer": {"minor": "2 days", "major": "4 h"}, "fix": {"major": "20 h"}}]}
)


def needs(*entries: Entry, by: Rules | None = None, targets: Targets | None = None) -> dict[str, list[str]]:
    found = waiting(entries, by or Rules(), NOW, targets or Targets(), ZONE)
    return {one.entry.id: [str(need) for need in one.needs] for one in found}


def said(clock: str, **fields: object) -> dict[str, object]:
    return {"at": f"2026-11-21 {clock}", "body": "Words.", **fields}


def test_what_nobody_of_ours_said_a_word_about_is_new() -> None:
    outsider = said("10:00", official=False)
    assert needs(complaint(updates=[outsider])) == {"app-1": ["new"]}


@pytest.mark.parametrize("kind", ["ack", "handoff", "note"])
def test_what_was_only_acknowledged_is_unanswered(kind: str) -> None:
    assert needs(complaint(updates=[said("10:00", kind=kind)])) == {"app-1": ["unanswered"]}


def test_what_has_an_answer_waits_for_nothing() -> None:
    assert needs(complaint(updates=[said("10:00")])) == {}


def test_an_overdue_promise_waits_whatever_was_answered_and_whoever_found_it() -> None:
    promised = said("10:00", next_update_at="2026-11-21 12:00")
    ours = complaint(id="ours", kind="known-issue", updates=[promised])
    assert needs(complaint(updates=[promised]), ours) == {"app-1": ["promise overdue"], "ours": ["promise overdue"]}


def test_a_target_that_is_past_is_told_by_the_impact_that_a_rule_gives() -> None:
    entry = complaint("Refund")
    major = rules(({"words": ["refund"]}, {"impact": "major"}))
    assert needs(entry, by=major, targets=TARGETS) == {"app-1": ["answer late", "fix late", "new"]}
    assert needs(entry, targets=TARGETS) == {"app-1": ["new"]}
    assert needs(complaint("Refund", impact="minor"), by=major, targets=TARGETS) == {"app-1": ["new"]}


def test_without_targets_nothing_is_late() -> None:
    assert needs(complaint(impact="critical")) == {"app-1": ["new"]}


def test_what_a_rule_hands_to_a_team_waits_until_that_is_done() -> None:
    handed = rules(({}, {"route": "both", "team": "Refunds"}))
    answered = {"updates": [said("10:00")]}
    assert needs(complaint(**answered), by=handed) == {"app-1": ["to hand off"]}
    done = {"to": "Refunds", "at": "2026-11-21 11:00"}
    assert needs(complaint(**answered, handoff=done), by=handed) == {}


def test_what_was_closed_without_any_public_answer_is_told_until_it_has_one_or_is_left_out_by_hand() -> None:
    closed = {"status": "resolved", "closed": "2026-11-21 12:00"}
    acknowledged = said("10:00", kind="ack")
    assert needs(complaint(**closed, updates=[acknowledged])) == {"app-1": ["closed in silence"]}
    assert needs(complaint(**closed, updates=[said("13:00")])) == {}
    assert needs(complaint(**closed, metrics={"exclude": "A test of ours"})) == {}
    assert needs(complaint(status="withdrawn", closed="2026-11-21 12:00")) == {}


def test_news_and_known_issues_that_only_we_saw_wait_for_nobody() -> None:
    news = complaint(id="news", kind="announcement", status="published")
    assert needs(news, complaint(kind="known-issue")) == {}


def test_the_late_come_first_then_what_hurts_most_then_the_oldest() -> None:
    late = complaint(id="late", impact="minor", raised={"at": "2026-11-19 09:00"})
    worst = complaint(id="worst", impact="critical")
    old, young = complaint(id="old", raised=raised("X")), complaint(id="young", opened="2026-11-21 10:00")
    silent = complaint(id="silent", status="resolved", closed="2026-11-21 12:00", impact="critical")
    assert list(needs(silent, young, old, worst, late, targets=TARGETS)) == [
        "late",
        "worst",
        "old",
        "young",
        "silent",
    ]
