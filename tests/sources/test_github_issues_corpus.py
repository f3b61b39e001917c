"""Real issues of a large project, where the corpora are at hand."""

import os
from pathlib import Path

import pytest
from tests.local_github.corpus import rows, serve
from tests.sources.pulling import after, known, puller, source

from onrecord.model.kinds import Status
from onrecord.sources.github_issues.speakers import OWN

CORPORA = os.environ.get("ONRECORD_CORPORA")
FOLDER = Path(CORPORA or "") / "github-issues"

pytestmark = pytest.mark.skipif(not CORPORA, reason="ONRECORD_CORPORA does not name a folder of real material")


def test_600_real_rows_make_298_entries_with_only_official_words() -> None:
    settings = source(repo="rust-lang/rust")
    text = (FOLDER / "issues.jsonl").read_text("utf-8") + (FOLDER / "comments.jsonl").read_text("utf-8")
    told = after(settings, *settings.load(text), start=known(name="rust"))
    assert len(told.entries) == 298
    assert {entry.status for entry in told.entries.values()} == {Status.RESOLVED}
    official = {row["html_url"] for row in rows(FOLDER / "comments.jsonl") if row["author_association"] in OWN}
    kept = {update.url for entry in told.entries.values() for update in entry.updates if update.url}
    assert kept
    assert kept <= official
    assert all(after(settings, batch, start=told).entries == told.entries for batch in settings.load(text))


def test_pulling_them_takes_few_requests_and_a_second_pull_two() -> None:
    with serve(FOLDER / "issues.jsonl", FOLDER / "comments.jsonl", token="t") as github:
        done = puller(github).pull()
        assert len(done.known.entries) == 298
        assert done.requests <= 40
        assert (done.pull().changed, done.requests) == (0, 2)
