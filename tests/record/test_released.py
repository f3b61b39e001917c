"""What was fixed and waits for its version is over when an announcement releases that."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import entries, moments

from onrecord.model.entry import ENTRIES, Entry, Raisable
from onrecord.model.kinds import Kind, Status
from onrecord.record.record import readable
from onrecord.record.released import passed_over

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
OUT = datetime(2026, 11, 20, 10, tzinfo=UTC)
FIXED = datetime(2026, 11, 17, 12, tzinfo=UTC)


def waiting(**fields: Any) -> Entry:
    plain = {
        "id": "slow-search",
        "kind": "issue",
        "title": "Search is slow",
        "status": "fixed_unreleased",
        "opened": "2026-11-10",
        "closed": FIXED,
        "fixed_in": "6.3.0",
    }
    return ENTRIES.validate_python({**plain, **fields})


def release(**fields: Any) -> Entry:
    plain = {"id": "news", "kind": "announcement", "title": "News", "status": "published", "opened": OUT}
    return ENTRIES.validate_python({**plain, "releases": "6.3.0", **fields})


def seen(*found: Entry, now: datetime = NOW) -> Raisable:
    (entry,) = (entry for entry in readable(found, now) if isinstance(entry, Raisable))
    return entry


@pytest.mark.parametrize("kind", [Kind.ISSUE, Kind.KNOWN_ISSUE])
def test_the_release_of_its_version_ends_the_wait_and_the_fix_keeps_its_time(kind: Kind) -> None:
    before, after = (seen(waiting(kind=kind), release(), now=OUT + timedelta(minutes=late)) for late in (-1, 0))
    assert (before.status, before.released_at, before.is_open) == (Status.FIXED_UNRELEASED, None, True)
    assert (after.status, after.released_at, after.is_open) == (Status.RESOLVED, OUT, False)
    assert before.closed == after.closed == FIXED
    assert after.changed == OUT


@pytest.mark.parametrize(
    ("fixed_in", "releases", "is_out"),
    [
        ("6.3.0", "v6.3.0", True),
        ("V6.3.0", "6.3.0", True),
        ("6.3.0-RC1", "v6.3.0-rc1", True),
        ("Vista", "vista", True),
        ("Vista", "ista", False),
        ("6.3", "6.3.0", False),
        ("6.3.0", "16.3.0", False),
        (None, "6.3.0", False),
        ("6.3.0", None, False),
    ],
)
def test_versions_are_the_same_whatever_their_capitals_and_with_a_v_or_without(
    fixed_in: str | None, releases: str | None, is_out: bool
) -> None:
    found = seen(waiting(fixed_in=fixed_in), release(releases=releases))
    assert (found.status is Status.RESOLVED) is is_out


@pytest.mark.parametrize(
    ("fields", "is_out"),
    [
        ({"status": "withdrawn"}, False),
        ({"draft": True}, False),
        ({"publish_at": NOW + timedelta(hours=1)}, False),
        ({"opened": NOW + timedelta(hours=1)}, False),
        ({"expires_at": NOW}, True),
        ({"status": "expired"}, True),
    ],
)
def test_only_an_announcement_that_is_published_releases_anything(fields: dict[str, Any], is_out: bool) -> None:
    assert (seen(waiting(), release(**fields)).status is Status.RESOLVED) is is_out


@pytest.mark.parametrize(
    ("source", "released_by", "is_out"),
    [
        ("app-releases", "app-releases", True),
        ("lib-releases", "app-releases", False),
        (None, "app-releases", True),
        ("lib-releases", None, True),
    ],
)
def test_a_release_of_something_else_with_the_same_number_ends_no_wait(
    source: str | None, released_by: str | None, is_out: bool
) -> None:
    announced = release(source={"name": source} if source else None)
    assert (seen(waiting(released_by=released_by), announced).status is Status.RESOLVED) is is_out


@pytest.mark.parametrize("status", ["reported", "monitoring", "resolved", "wont_fix", "withdrawn"])
def test_no_other_status_is_touched(status: str) -> None:
    entry = waiting(status=status)
    assert seen(entry, release()) == entry


def test_of_two_announcements_the_earlier_one_counts_and_what_people_wrote_stands() -> None:
    again = release(id="again", opened=OUT + timedelta(hours=5))
    assert seen(waiting(), again, release()).released_at == OUT
    assert seen(waiting(released_at=FIXED), release()).released_at == FIXED


def test_where_nobody_said_when_it_was_fixed_the_update_tells_and_else_the_release() -> None:
    assert seen(waiting(closed=None), release()).closed == OUT
    updates = [{"at": FIXED, "status": "fixed_unreleased"}, {"at": NOW, "body": "Soon."}]
    assert seen(waiting(closed=None, updates=updates), release()).closed == FIXED


def test_an_issue_that_was_closed_after_its_release_is_simply_over() -> None:
    closing = {"at": FIXED, "status": "fixed_unreleased", "kind": "close"}
    found = seen(waiting(updates=[closing]), release(opened="2026-11-11"))
    assert (found.status, found.closed, found.changed) == (Status.RESOLVED, FIXED, FIXED)
    assert [(update.at, update.status) for update in found.updates] == [(FIXED, Status.RESOLVED)]


def test_the_release_is_an_update_without_words_at_its_place_in_time() -> None:
    updates = [{"at": FIXED, "status": "fixed_unreleased"}, {"at": NOW, "body": "Enjoy."}]
    venue = {"name": "GitHub", "url": "https://github.com/acme/app/releases/tag/v6.3.0"}
    found = seen(waiting(updates=updates), release(venues=[venue]))
    assert [update.at for update in found.updates] == [FIXED, OUT, NOW]
    out = found.updates[1]
    assert (out.status, out.body, out.venue, out.url) == (Status.RESOLVED, "", "GitHub", venue["url"])


_VERSIONS = st.sampled_from(["6.3.0", "v6.3.0", "V6.3.0", "6.4"])


@pytest.mark.parametrize(
    ("fixed_in", "releases", "past"),
    [
        ("6.3", "v6.3.0", True),
        ("6.3.0", "6.3", True),
        ("v6.3", "6.3.2", True),
        ("6.3", "6.4", True),
        ("6.3.1", "6.3.2", True),
        ("7", "8.0.1", True),
        ("6.3", "6.3", False),
        ("6.3", "7.0", False),
        ("6.3.1", "6.4.0", False),
        ("6.3.1", "6.3.0", False),
        ("6.3.2", "6.3.1", False),
        ("6.3", "6.3.0-rc1", False),
        ("6.3", "app-6.3.0", False),
        ("Vista", "6.3.0", False),
        ("6.3", "9" * 300, False),
    ],
)
def test_a_version_that_its_line_has_gone_past_is_never_released(fixed_in: str, releases: str, past: bool) -> None:
    entry = waiting(fixed_in=fixed_in, released_by="app-releases")
    out = release(releases=releases, source={"name": "app-releases"})
    found = [(waits.id, gone.id) for waits, gone in passed_over(readable([entry, out], NOW), NOW)]
    assert found == ([("slow-search", "news")] if past else [])


def test_nothing_is_gone_past_by_what_is_not_a_release_of_its_source() -> None:
    entry = waiting(fixed_in="6.3", released_by="app-releases")
    others = (
        release(),
        release(source={"name": "shop-releases"}),
        release(source={"name": "app-releases"}, status="withdrawn"),
        release(source={"name": "app-releases"}, opened=NOW + timedelta(days=1)),
    )
    assert not [found for other in others for found in passed_over([entry, other], NOW)]
    ours = release(source={"name": "app-releases"})
    assert not list(passed_over([waiting(fixed_in="6.3"), ours], NOW))
    assert not list(passed_over([waiting(fixed_in="6.3", released_by="app-releases", status="resolved"), ours], NOW))


@given(entries(Kind.ISSUE, Kind.KNOWN_ISSUE), entries(Kind.ANNOUNCEMENT), moments, _VERSIONS, _VERSIONS)
@settings(max_examples=80)
def test_no_release_ever_changes_more_than_where_it_stands_and_the_result_can_be_kept(
    found: Entry, announced: Entry, now: datetime, fixed_in: str, releases: str
) -> None:
    found = found.model_copy(update={"id": "one", "status": Status.FIXED_UNRELEASED, "fixed_in": fixed_in})
    announced = announced.model_copy(update={"id": "two", "releases": releases})
    for entry in readable([found, announced], now):
        assert ENTRIES.validate_python(entry.model_dump(by_alias=True)) == entry
        if entry.status is Status.RESOLVED:
            waited = entry.model_copy(update={"status": Status.FIXED_UNRELEASED})
            moved = {name for name, value in waited if value != getattr(found, name)}
            assert moved <= {"released_at", "closed", "updates", "related"}
            assert len(entry.updates) - len(found.updates) in (0, 1)
            assert found.closed in (None, entry.closed)
