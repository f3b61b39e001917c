"""The record: what may be read now, in which order, and the questions that pages ask of it."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import entries, moments

from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.kinds import TROUBLE, Kind
from onrecord.model.people import Site
from onrecord.record.record import Record, readable

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
SITE = Site(title="Acme on record", url="https://status.acme.example/")


def entry(entry_id: str, kind: str = "incident", status: str = "investigating", **fields: object) -> Entry:
    plain = {"id": entry_id, "kind": kind, "title": entry_id, "status": status, "opened": "2026-11-20", **fields}
    return ENTRIES.validate_python(plain)


def known_issue(entry_id: str, status: str = "identified", **fields: object) -> Entry:
    return entry(entry_id, "known-issue", status, **fields)


def maintenance(entry_id: str, begins: str, status: str = "scheduled") -> Entry:
    times = {"scheduled_for": begins, "scheduled_until": "2027-01-01"}
    return entry(entry_id, "maintenance", status, **times)


def record(*found: Entry) -> Record:
    return Record(SITE, NOW, readable(found, NOW))


def names(found: tuple[Entry, ...]) -> str:
    return " ".join(entry.id for entry in found)


def test_what_is_open_stands_the_worst_first_then_the_newest() -> None:
    found = record(
        entry("minor-new", impact="minor", opened="2026-11-21"),
        entry("unsaid", opened="2026-11-19"),
        entry("critical", impact="critical", opened="2026-11-01"),
        entry("major-old", impact="major", opened="2026-11-02"),
        entry("major-new-b", impact="major", opened="2026-11-03"),
        entry("major-new-a", impact="major", opened="2026-11-03"),
        entry("none", impact="none", opened="2026-11-21"),
    )
    assert names(found.open_now) == "critical major-new-a major-new-b major-old minor-new unsaid none"


def test_only_trouble_that_is_not_over_is_open() -> None:
    found = record(
        entry("open"),
        entry("over", status="resolved"),
        entry("learned", status="postmortem"),
        entry("wrong", status="withdrawn"),
        entry("asked", "issue", "reported"),
        entry("not-ours", "issue", "external"),
        entry("fixed-at-home", "issue", "fixed_unreleased"),
        known_issue("known"),
        entry("news", "announcement", "published"),
        maintenance("planned", "2026-12-01"),
    )
    assert sorted(names(found.open_now).split()) == ["asked", "fixed-at-home", "known", "open"]
    assert names(found.known_issues) == "known"


def test_what_is_planned_stands_the_next_first_with_what_was_called_off_and_apart_from_what_runs() -> None:
    found = record(
        maintenance("later", "2026-12-02"),
        maintenance("next", "2026-12-01"),
        maintenance("checking", "2026-11-20", "verifying"),
        maintenance("running", "2026-11-19", "in_progress"),
        maintenance("done", "2026-11-19", "completed"),
        entry("off", "maintenance", "cancelled", scheduled_for="2026-11-19", scheduled_until="2026-11-20"),
        maintenance("off-soon", "2026-11-30", "cancelled"),
        maintenance("wrong", "2026-11-19", "withdrawn"),
    )
    assert names(found.planned) == "off-soon next later"
    assert names(found.under_way) == "running checking"


def test_what_was_fixed_lately_are_known_issues_within_the_days() -> None:
    found = record(
        known_issue("on-the-edge", "resolved", opened="2026-10-01", closed="2026-11-11 09:00"),
        known_issue("too-old", "resolved", opened="2026-10-01", closed="2026-11-11 08:59"),
        known_issue("today", "resolved", closed="2026-11-21"),
        known_issue("never-said-when", "resolved"),
        known_issue("will-not-change", "wont_fix", closed="2026-11-21"),
        entry("an-incident", status="resolved", closed="2026-11-21"),
    )
    assert names(found.fixed_within(10)) == "today on-the-edge"


def test_what_was_released_lately_was_fixed_lately_for_readers() -> None:
    waiting = known_issue("slow", "fixed_unreleased", opened="2026-09-01", closed="2026-09-20", fixed_in="6.3.0")
    news = entry("news", "announcement", "published", opened="2026-11-15", releases="6.3.0")
    assert names(record(waiting).fixed_within(10)) == ""
    assert names(record(waiting, news).fixed_within(10)) == "slow"


def test_the_latest_is_what_changed_last_and_withdrawn_entries_are_not_offered() -> None:
    found = record(
        entry("old-news", opened="2026-11-01", updates=[{"at": "2026-11-21"}]),
        entry("new", opened="2026-11-19"),
        entry("older", opened="2026-11-18"),
        entry("wrong", status="withdrawn", opened="2026-11-20"),
    )
    assert names(found.latest(lambda _: True)) == "old-news new older"
    assert names(found.latest(lambda _: True, 2)) == "old-news new"
    assert names(found.latest(lambda entry: entry.id == "older")) == "older"
    assert "wrong" in names(found.entries)


def test_drafts_and_entries_before_their_time_are_not_readable() -> None:
    minute = timedelta(minutes=1)
    found = (
        entry("draft", draft=True),
        entry("to-come", publish_at=NOW + minute),
        entry("just-now", publish_at=NOW),
        entry("out", publish_at=NOW - minute),
        entry("drafted-and-out", draft=True, publish_at=NOW - minute),
        entry("expired", "announcement", "published", expires_at=NOW - minute),
    )
    assert sorted(names(readable(found, NOW)).split()) == ["expired", "just-now", "out"]
    assert "to-come" in names(readable(found, NOW + minute))


def test_what_is_over_is_not_readable_any_more_but_an_announcement_says_so() -> None:
    minute = timedelta(minutes=1)
    over = {"expires_at": NOW - minute}
    found = (
        entry("note", **over),
        entry("news", "announcement", "published", **over),
        entry("links", related=["note"]),
    )
    shown = {each.id: each for each in readable(found, NOW)}
    assert sorted(shown) == ["links", "news"]
    assert (shown["news"].status, shown["links"].related) == ("expired", ())


def test_entries_stand_newest_first_and_the_id_decides_between_equals() -> None:
    found = (entry("b"), entry("a"), entry("c", opened="2026-11-19"), entry("d", opened="2026-11-21"))
    assert names(readable(found, NOW)) == "d b a c"


@given(st.lists(entries(), max_size=6, unique_by=lambda entry: entry.id), moments, st.randoms())
@settings(max_examples=40)
def test_any_order_of_entries_gives_the_same_record_and_the_same_answers(
    found: list[Entry], now: datetime, shuffle: random.Random
) -> None:
    now = max(now, datetime(1, 2, 1, tzinfo=UTC))
    one = Record(SITE, now, readable(found, now))
    shuffle.shuffle(found)
    other = Record(SITE, now, readable(found, now))
    assert one == other
    for ask in (
        lambda record: record.open_now,
        lambda record: record.planned,
        lambda record: record.known_issues,
        lambda record: record.fixed_within(30),
        lambda record: record.latest(lambda entry: True, 3),
    ):
        assert ask(one) == ask(other)
        assert set(map(id, ask(one))) <= set(map(id, one.entries))
    assert all(entry.kind in TROUBLE and entry.is_open for entry in one.open_now)
    assert all(entry.kind is Kind.MAINTENANCE for entry in one.planned)
