"""What rules decide: the first that matches, and why."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.triage.complaints import complaint, raised, rules

from onrecord.model.entry import Entry
from onrecord.model.kinds import Impact
from onrecord.model.triage import Route, Rules
from onrecord.triage import triage, trials

MONEY = rules(
    ({"components": ["shops"]}, {"impact": "major", "route": "both", "team": "Terminals", "owner": "marta"}),
    ({"venues": ["hacker news"]}, {"owner": "jonas"}),
    (
        {"words": ["refund*", "charged twice"], "people": 5},
        {"impact": "major", "route": "hand-off", "team": "Refunds"},
    ),
    ({"words": ["refund*", "charged twice"]}, {"impact": "minor", "route": "both", "team": "Refunds"}),
)


def test_the_first_rule_that_matches_decides_and_says_why() -> None:
    decision = triage(complaint("Where is my refund?", raised=raised("Reddit, r/acme", 7)), MONEY)
    assert decision.why == "rule 3: “refund*” and 7 people"
    assert (decision.rule, decision.impact, decision.route, decision.team) == (3, "major", "hand-off", "Refunds")


def test_a_later_rule_is_not_asked_and_adds_nothing() -> None:
    decision = triage(complaint("No refund from the till", components=["shops"]), MONEY)
    assert decision.why == "rule 1: component shops"
    assert (decision.owner, decision.team) == ("marta", "Terminals")


def test_where_no_rule_matches_it_is_answered_where_it_was_raised() -> None:
    decision = triage(complaint("The colours are odd"), MONEY)
    assert (decision.route, decision.impact, decision.rule) == (Route.ANSWER, None, None)
    assert decision.why == "no rule matches"


def test_a_rule_that_looks_for_nothing_matches_everything() -> None:
    decision = triage(complaint(), Rules.model_validate({"rules": [{"then": {"owner": "ana"}}]}))
    assert decision.why == "rule 1: it matches everything"


def test_the_impact_that_a_person_wrote_stands() -> None:
    assert triage(complaint("Charged twice", impact="critical"), MONEY).impact is Impact.CRITICAL
    assert triage(complaint("Charged twice"), MONEY).impact is Impact.MINOR


def test_everything_that_a_rule_names_must_hold_and_the_trial_says_what_does_not() -> None:
    entry = complaint("Charged twice", raised=raised("Reddit, r/acme", 4), kind="known-issue")
    whole = rules(
        (
            {
                "words": ["charged twice"],
                "venues": ["X", "bluesky"],
                "kinds": ["issue"],
                "people": 5,
                "topics": ["a"],
            },
            {"owner": "ana"},
        )
    )
    (trial,) = trials(entry, whole)
    assert not trial.matches
    assert trial.why == "rule 1: not on X or bluesky, not kind issue, not topic a and 4 people, not 5"


def test_a_label_of_the_tracker_is_found_whole_and_in_any_case() -> None:
    pulled = complaint(source={"name": "app", "labels": ["Area: Billing", "bug"]})
    assert triage(pulled, rules(({"labels": ["question", "area: BILLING"]}, {}))).why == "rule 1: label area: BILLING"
    (trial,) = trials(pulled, rules(({"labels": ["area", "billing"]}, {})))
    assert trial.why == "rule 1: not label area or billing"
    (trial,) = trials(complaint(), rules(({"labels": ["bug"]}, {})))
    assert not trial.matches


@pytest.mark.parametrize(
    ("phrase", "title"),
    [
        ("refund", "REFUND!"),
        ("refund", "my (refund)"),
        ("refund*", "Refunded, but twice"),
        ("charged twice", "I was Charged\u00a0— twice"),
        ("reembolso rapido", "¿Reembolso RÁPIDO?"),
        ("Überweisung", "die ueberweisung, nein: die uberweisung"),
        ("STRASSE", "Straße"),
        ("返金", "まだ返金されていません"),
        ("คืนเงิน", "ขอคืนเงินหน่อย"),
        ("can't pay", "I can’t pay"),
        ("24", "24 hours"),
    ],
)
def test_words_are_found_in_any_case_and_with_any_accents(phrase: str, title: str) -> None:
    assert triage(complaint(title), rules(({"words": [phrase]}, {}))).rule == 1


@pytest.mark.parametrize(
    ("phrase", "title"),
    [
        ("refund", "refunds"),
        ("fun", "refund"),
        ("fund*", "refund"),
        ("twice charged", "charged twice"),
        ("charged twice", "charged me twice"),
        ("24", "2400 hours"),
        ("\u3164", "anything"),
        ("\u3164*", "anything"),
    ],
)
def test_parts_of_words_and_words_in_another_order_are_not(phrase: str, title: str) -> None:
    assert triage(complaint(title), rules(({"words": [phrase]}, {}))).rule is None


def test_no_phrase_runs_from_the_title_into_the_words_below() -> None:
    entry = complaint("I was charged", body="Twice a week it rains.")
    assert triage(entry, rules(({"words": ["charged twice"]}, {}))).rule is None


@pytest.mark.parametrize(
    "where",
    [
        {"title": "Refund"},
        {"summary": "A refund"},
        {"body": "No refund."},
        {"raised": raised("X", paraphrase="They want a refund.")},
        {"raised": raised("X", quote="Refund!", consent=True)},
        {"kind": "known-issue", "symptom": "No refund"},
    ],
)
def test_words_are_looked_for_wherever_the_matter_is_told(where: dict[str, Any]) -> None:
    assert triage(complaint(**where), rules(({"words": ["refund"]}, {}))).rule == 1


def test_a_venue_is_known_by_its_name_and_by_its_address() -> None:
    by_name = complaint(raised=raised("Our forum"))
    by_address = complaint(venues=[{"name": "that thread", "url": "https://redd.it/1gx2ab3"}])
    pulled = complaint(source={"name": "app", "url": "https://github.com/acme/app/issues/1"})
    for entry, venue in ((by_name, "forum"), (by_address, "reddit"), (pulled, "GitHub")):
        assert triage(entry, rules(({"venues": [venue]}, {}))).rule == 1


def test_people_are_those_who_raised_it_or_are_affected() -> None:
    affected = complaint(kind="incident", status="investigating", affected={"count": 12})
    unknown = complaint(kind="incident", status="investigating", affected={"count": "unknown"})
    five = rules(({"people": 5}, {}))
    assert [triage(entry, five).rule for entry in (affected, unknown, complaint())] == [1, None, None]


@pytest.mark.parametrize(
    "rule",
    [
        {"then": {"route": "hand-off"}},
        {"then": {"team": "Refunds"}},
        {"when": {"words": ["re*fund"]}, "then": {}},
        {"when": {"words": ["…"]}, "then": {}},
        {"when": {"people": 0}, "then": {}},
        {"when": {}},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Rules.model_validate({"rules": [rule]})


WORDS = ["refund", "twice", "slow", "card"]
VENUES = ["Reddit, r/acme", "Hacker News", "Mastodon, mastodon.social"]
some = st.lists(st.sampled_from(WORDS), max_size=3, unique=True)
complaints = st.builds(
    lambda number, words, venue, count: complaint(
        " ".join(["It", *words]), id=f"app-{number}", raised=raised(venue, count)
    ),
    st.integers(1, 99),
    some,
    st.sampled_from(VENUES),
    st.integers(1, 9),
)
one_rule = st.builds(
    lambda words, venues, people, impact: (
        {"words": words, "venues": venues, "people": people},
        {"impact": impact},
    ),
    some,
    st.lists(st.sampled_from(["reddit", "hacker news"]), max_size=2, unique=True),
    st.none() | st.integers(1, 9),
    st.sampled_from(list(Impact)),
)
many_rules = st.lists(one_rule, min_size=1, max_size=5)


@given(many_rules, st.lists(complaints, max_size=8, unique_by=lambda entry: entry.id), st.randoms())
def test_the_order_of_entries_changes_nothing(written: Any, entries: list[Entry], chance: Any) -> None:
    read = rules(*written)
    before = {entry.id: triage(entry, read) for entry in entries}
    chance.shuffle(entries)
    assert {entry.id: triage(entry, read) for entry in entries} == before


@given(many_rules, one_rule, complaints, st.data())
def test_changing_one_rule_changes_only_what_it_matched_or_matches_now(
    written: Any, other: Any, entry: Entry, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(written) - 1))
    before, after = rules(*written), rules(*written[:place], other, *written[place + 1 :])
    decided = triage(entry, before), triage(entry, after)
    assume(decided[0] != decided[1])
    assert place + 1 in (decided[0].rule, decided[1].rule)
