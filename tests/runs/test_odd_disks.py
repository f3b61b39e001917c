"""A disk that is full, read-only or not ours: a verb says so, what was there stands, and afterwards all is well."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.local_github import LocalGitHub, issue
from tests.own_site import NOW, FrameCache, Site, read_all
from tests.pull.pulled import Pulled
from tests.runs.disks import full, read_only, run_plainly, small
from tests.runs.killing import is_whole, leftovers, record
from tests.runs.processes import kept, no_traceback, run

from onrecord.file import File
from onrecord.search import Index
from onrecord.typesetter.kept import Kept
from onrecord.words import Rendered

BUILD = ("build", "--now", NOW)
UPDATE = ("update", "late-mail", "It is sent again.", "--at", "2026-11-21 09:30")
INCIDENT = "kind: incident\ntitle: Mail is late\nopened: 2026-11-21 09:00\n"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small(tmp_path / "disk", 12) as disk:
        yield disk


@pytest.fixture
def built(pulled: Pulled, disk: Path, frame_cache: FrameCache) -> Pulled:
    """A site on a small disk, with three issues and an incident, built; to which a hundred issues are news."""
    settings = (pulled.site.root / "site_config.yml").read_text()
    there = Pulled(Site(disk / "acme", frame_cache))
    there.site.write("site_config.yml", settings)
    there.site.entry("late-mail", INCIDENT)
    there.pull()
    there.site.build()
    return there


def more(github: LocalGitHub) -> None:
    rows = [issue(n, f"Issue {n}", closed_at="2026-11-05T10:00:00Z") for n in range(10, 110)]
    github.repository.issues |= {row["number"]: row for row in rows}


def test_a_full_disk_stops_a_pull_and_a_build_and_takes_nothing_away(
    built: Pulled, disk: Path, github: LocalGitHub
) -> None:
    more(github)
    site, before = built.site, kept(built.site)
    entry = site.entry("late-mail", f"{INCIDENT}impact: minor\n").read_bytes()
    with full(disk):
        for words in (("pull",), BUILD, (*BUILD, "--clean"), UPDATE):
            ran = run(site.root, *words)
            assert ran.code == 1
            assert "the disk is full\n    make room on it, then run this again" in no_traceback(ran)
            assert kept(site) == before
            assert (site.root / "content/entries/late-mail.md").read_bytes() == entry
    for words in (("pull",), BUILD, UPDATE):
        assert run(site.root, *words).code == 0
    assert len(built.entries) == 103
    assert leftovers(site) == []


def test_a_disk_that_is_full_half_way_keeps_what_was_pulled_by_then(
    built: Pulled, disk: Path, github: LocalGitHub
) -> None:
    more(github)
    with full(disk, but=200_000):
        ran = run(built.site.root, "pull")
        assert ran.code == 1
        assert "/content/record/pulled/app/" in no_traceback(ran)
        assert 3 < len(built.entries) < 103
        assert is_whole(built.site)
    built.pull()
    assert len(built.entries) == 103


def test_a_full_disk_is_named_too_when_the_frames_have_no_room(built: Pulled, disk: Path) -> None:
    site, before = built.site, kept(built.site)
    site.write("content/pages/help.md", "# Help\n")
    with full(disk, but=200_000):
        ran = run(site.root, *BUILD)
    assert ran.code == 1
    assert "the disk is full" in no_traceback(ran)
    assert kept(site) == before


def test_a_full_disk_is_named_too_when_the_index_has_no_room(disk: Path) -> None:
    page = File("late-mail.html", b"<!doctype html><html><body><main>Mail is late.</main></body></html>")
    with full(disk, but=60_000), pytest.raises(OSError, match="No space left"):
        list(Index(disk / "search", "en").shard("all", [page], leading=True))
    assert list((disk / "search").iterdir()) == []


def test_a_full_disk_is_named_too_when_what_was_set_has_no_room(disk: Path) -> None:
    texts = [(bytes([number]), Rendered.again(f"<p>{number}</p>" * 2000, True), False) for number in range(100)]
    kept = Kept(disk / "words.sqlite")
    with closing(kept), full(disk, but=60_000), pytest.raises(OSError, match="full"):
        kept.put(texts)


@pytest.mark.parametrize("folder", ["", "content/record/pulled/app", "site"])
def test_what_may_not_be_written_is_named_and_stands(built: Pulled, github: LocalGitHub, folder: str) -> None:
    more(github)
    site, verbs = built.site, {"": [("pull",), BUILD, UPDATE], "site": [BUILD]}.get(folder, [("pull",)])
    site.entry("late-mail", f"{INCIDENT}impact: minor\n")
    before = kept(site)
    with read_only(site.root / folder):
        for words in verbs:
            ran = run(site.root, *words)
            assert ran.code == 1
            assert f"error: {site.root / folder}" in no_traceback(ran)
            assert "this disk is read-only\n    make it writable" in ran.err
            assert kept(site) == before
        assert run(site.root, "check").code == 0
    for words in verbs:
        assert run(site.root, *words).code == 0


def test_permissions_that_stop_us_are_named(built: Pulled, github: LocalGitHub) -> None:
    more(github)
    folder = built.folder / "pulled/app/2026"
    before = record(built.site)
    folder.chmod(0o500)
    ran = run_plainly(built.site.root, "pull")
    assert ran.code == 1
    assert f"error: {folder}" in no_traceback(ran)
    assert "the user who runs onrecord may not read or write this\n    change whose it is" in ran.err
    assert record(built.site) == before
    folder.chmod(0o700)
    assert run_plainly(built.site.root, "pull").code == 0


def test_a_site_may_be_built_onto_another_disk(built: Pulled, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"
    ran = run(built.site.root, *BUILD, "--out", str(out))
    assert (ran.code, no_traceback(ran)) == (0, "Building the site …\n")
    assert read_all(out) == built.site.files
