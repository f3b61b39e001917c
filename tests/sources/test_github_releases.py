"""What GitHub's releases mean for the record: plain rows in, announcements out."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.local_github import release, user
from tests.local_github.shapes import Json

from onrecord.contracts import Answer, Batch, Known
from onrecord.errors import SourceFailed
from onrecord.model.entry import Announcement, write_entry
from onrecord.model.kinds import Status
from onrecord.model.people import Account, Voice
from onrecord.sources.github_releases import GitHubReleases

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def source(**fields: Any) -> GitHubReleases:
    return GitHubReleases(**{"repo": "acme/app", **fields})


def page(*rows: Any) -> Batch:
    return (Answer("releases", "http://test", list(rows)),)


def after(*batches: Batch, start: Known | None = None, **settings: Any) -> Known:
    """Return what is known after some batches."""
    now = start or Known("app-releases", NOW)
    for batch in batches:
        meant = source(**settings).understand(batch, now)
        entries = {**now.entries, **{entry.id: entry for entry in meant.entries}}
        now = replace(now, entries=entries, marks=meant.marks)
    return now


def only(*batches: Batch, start: Known | None = None, **settings: Any) -> Announcement:
    (entry,) = after(*batches, start=start, **settings).entries.values()
    assert isinstance(entry, Announcement)
    return entry


def test_a_release_becomes_an_announcement_of_its_version() -> None:
    entry = only(page(release(21, "v6.3.0", "Search is **fast** again.", name="Autumn release")))
    assert (entry.id, entry.title, entry.releases) == ("app-releases-21", "Autumn release", "v6.3.0")
    assert (entry.status, entry.opened) == (Status.PUBLISHED, datetime(2026, 11, 5, 10, tzinfo=UTC))
    assert entry.body == "Search is **fast** again."
    url = "https://github.com/acme/app/releases/tag/v6.3.0"
    assert [(venue.name, venue.url) for venue in entry.venues] == [("GitHub", url)]
    assert entry.source
    assert (entry.source.name, entry.source.url, entry.source.fetched_at) == ("app-releases", url, NOW)


@pytest.mark.parametrize("name", [None, "", " \t"])
def test_without_a_name_the_tag_is_the_title(name: str | None) -> None:
    assert only(page(release(21, "v6.3.0", name=name))).title == "v6.3.0"


def test_drafts_and_pre_releases_are_left_out_unless_pre_releases_are_asked_for() -> None:
    rows = page(
        release(1, "v1"), release(2, "v2-rc1", prerelease=True), release(3, "v3", draft=True, published_at=None)
    )
    assert [*after(rows).entries] == ["app-releases-1"]
    assert [*after(rows, prereleases=True).entries] == ["app-releases-1", "app-releases-2"]


@pytest.mark.parametrize(
    ("change", "why"), [({"draft": True}, "a draft again"), ({"prerelease": True}, "pre-release")]
)
def test_what_becomes_a_draft_or_a_pre_release_is_withdrawn_and_may_come_back(change: Json, why: str) -> None:
    whole = release(21, "v6.3.0", "Words.")
    entry = only(page(whole), page({**whole, **change}), page({**whole, **change}))
    assert (entry.title, entry.status, entry.body) == ("v6.3.0", Status.WITHDRAWN, "")
    assert [why in update.body for update in entry.updates] == [True]
    assert only(page(whole), page({**whole, **change}), page(whole)) == only(page(whole))


def test_an_edited_release_changes_its_entry_and_the_time_of_fetching_moves_only_then() -> None:
    told = after(page(release(21, "v6.3.0", "Search is fst.")))
    later = replace(told, now=NOW + timedelta(hours=1))
    assert (
        source()
        .understand(page(release(21, "v6.3.0", "Search is fst.", updated_at="2026-11-21T09:30:00Z")), later)
        .entries
        == ()
    )
    entry = only(page(release(21, "v6.3.0", "Search is fast.")), start=later)
    assert entry.body == "Search is fast."
    assert entry.source
    assert entry.source.fetched_at == later.now


def test_what_is_gone_is_withdrawn_once() -> None:
    gone = (Answer("gone", "http://test", 21),)
    entry = only(page(release(21, "v6.3.0", "Words.")), gone, gone)
    assert (entry.status, entry.body) == (Status.WITHDRAWN, "")
    assert [update.body for update in entry.updates] == ["Withdrawn: it is no longer to be found at the source."]
    assert after(gone).entries == {}


def test_an_author_is_named_only_if_it_is_a_voice_in_its_days() -> None:
    accounts = (Account(platform="github", handle="ana"),)
    ana = Voice.model_validate({"name": "Ana Ruiz", "accounts": accounts, "until": date(2026, 11, 5)})
    known = Known("app-releases", NOW, voices={"ana": ana})
    assert only(page(release(1, "v1", author="ana")), start=known).author == "ana"
    assert only(page(release(1, "v1", author="ana", published_at="2026-11-06T10:00:00Z")), start=known).author is None
    assert only(page(release(1, "v1", author=user("ci[bot]", kind="Bot"))), start=known).author is None
    assert only(page(release(1, "v1", author=None)), start=known).author is None
    assert b"customer" not in write_entry(only(page(release(1, "v1", author="customer")), start=known))


def test_a_private_repository_gives_away_no_address() -> None:
    assert b"http" not in write_entry(only(page(release(1, "v1")), link=False))
    hidden = source(link=False)
    assert (hidden.title, hidden.address) == ("GitHub releases", None)
    assert (source().title, source().address) == (
        "GitHub releases, acme/app",
        "https://github.com/acme/app/releases",
    )


def test_a_row_that_cannot_be_read_is_named_and_costs_no_other() -> None:
    rows = page({**release(1, "v1"), "tag_name": None}, release(2, "v2"))
    meant = source().understand(rows, Known("app-releases", NOW))
    assert [entry.id for entry in meant.entries] == ["app-releases-2"]
    assert meant.odd == ('http://test: row 1 (id 1) was left out: "tag_name" is odd',)


def test_an_answer_that_is_no_list_is_a_clear_failure() -> None:
    with pytest.raises(SourceFailed, match="no list of rows"):
        source().understand((Answer("releases", "http://test", {"message": "Hello"}),), Known("app-releases", NOW))


def test_saved_releases_are_read_as_arrays_or_lines_and_leave_no_marks() -> None:
    rows = [release(1, "v1"), release(2, "v2")]
    for text in (json.dumps(rows), "\n".join(map(json.dumps, rows))):
        told = after(*source().load(text))
        assert ([*told.entries], told.marks) == (["app-releases-1", "app-releases-2"], {})


@given(st.text(max_size=500), st.none() | st.text(max_size=500), st.none() | st.text(max_size=500))
def test_any_texts_make_an_announcement_that_can_be_kept(tag: str, name: str | None, body: str | None) -> None:
    entry = only(page(release(1, "v1", body) | {"tag_name": tag, "name": name}))
    assert Announcement.model_validate_json(write_entry(entry)) == entry
