"""A site at rest: a build that finds nothing moved writes what tells of this run, as a whole build would."""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from tests.own_site import FrameCache, Ran, Site
from tests.runs.processes import ended, run, start

SOURCE = "sources:\n  app:\n    type: github-issues\n    repo: acme/app\n"
RESTS = "Nothing has moved since the last build"
THEIRS = """
from onrecord.file import File

class Pages:
    name = "acme"

    def files(self, record, press):
        yield File("acme.txt", str(record.built_at).encode())
"""


@pytest.fixture
def built(site: Site) -> Site:
    """A site with an open incident that was built at half past nine, and pulled a little before."""
    edit("site_config.yml", SOURCE)(site)
    site.entry(
        "late-mail",
        "kind: incident\nstatus: investigating\ntitle: Late mail\nopened: 2026-11-21 08:50",
        "## 2026-11-21 09:10 investigating, next 11:00\n\nWe are looking.\n",
    )
    site.write("content/pages/policy.md", "# Policy\n\nWe answer.\n")
    pulled(site, "09:25")
    site.build("2026-11-21 09:30")
    return site


def pulled(site: Site, clock: str, **how: str) -> None:
    run = {"name": "app", "title": "GitHub, acme/app", "read_at": f"2026-11-21T{clock}:00Z", **how}
    site.write("build/pull.json", json.dumps({"at": f"2026-11-21T{clock}:00Z", "sources": [run]}))


def build(site: Site, clock: str = "09:45", *arguments: str) -> Ran:
    return site.run("build", "--now", f"2026-11-21 {clock}", *arguments)


def whole(site: Site, clock: str, tmp_path: Path, frame_cache: FrameCache) -> dict[str, bytes]:
    """Return what a build at that time gives that knows of no other one."""
    fresh = Site(tmp_path / "fresh", frame_cache)
    shutil.copytree(site.root, fresh.root, ignore=shutil.ignore_patterns("build", "site"))
    if (site.root / "build/pull.json").exists():
        (fresh.root / "build").mkdir()
        shutil.copy(site.root / "build/pull.json", fresh.root / "build")
    return fresh.build(f"2026-11-21 {clock}")


def test_a_build_of_which_nothing_moved_says_when_it_was_and_nothing_else(
    built: Site, tmp_path: Path, frame_cache: FrameCache
) -> None:
    before = built.files
    pulled(built, "09:44")
    ran = build(built)
    assert RESTS in ran.said
    assert "(2 written, 0 deleted)" in ran.out
    after = built.files
    assert sorted(path for path in after if after[path] != before[path]) == ["build.json", "index.html"]
    home = after["index.html"].decode()
    assert "As of" in home
    assert "21 Nov 2026, 09:45 UTC" in home
    assert "GitHub, acme/app read" in home
    assert "21 Nov 2026, 09:44 UTC" in home
    assert json.loads(after["build.json"])["built_at"] == "2026-11-21T09:45:00Z"
    assert after == whole(built, "09:45", tmp_path, frame_cache)


def test_what_git_keeps_of_the_record_is_none_of_its_inputs(built: Site) -> None:
    built.write("content/record/.git/logs/HEAD", "fetched again\n")
    assert RESTS in build(built).said


def test_a_build_at_the_same_moment_writes_nothing(built: Site) -> None:
    ran = build(built, "09:30")
    assert RESTS in ran.said
    assert "(0 written, 0 deleted)" in ran.out


WHAT_IT_LOADED = """
import sys
from onrecord.cli import main
try:
    main()
finally:
    print(*sys.modules)
"""


def test_a_site_at_rest_loads_neither_what_reads_entries_nor_what_looks_through_them(built: Site) -> None:
    words = ("build", "--now", "2026-11-21 09:45")
    ran = ended(start(built.root, *words, program=("-c", WHAT_IT_LOADED)))
    assert RESTS in ran.said
    loaded = set(ran.out.split())
    assert "onrecord.stages.rest" in loaded
    never = {"onrecord.log.read", "onrecord.record.record", "onrecord.redact.national_ids", "onrecord.typesetter"}
    assert not loaded & (never | {"jinja2", "multiprocessing", "onrecord.frames", "onrecord.press"})


def test_what_is_wrong_is_said_again(built: Site) -> None:
    built.entry("typo", "kind: incident\nstatus: investigating\ntitle: T\nopened: 2026-11-21 09:00\nimpct: major")
    first, second = build(built, "09:40"), build(built, "09:45")
    assert RESTS not in first.said
    assert RESTS in second.said
    assert (first.code, second.code) == (1, 1)
    assert 'typo.md:6:1: there is no field "impct"' in second.said
    assert "1 left out" in second.out


def edit(path: str, text: str) -> Callable[[Site], object]:
    def change(site: Site) -> None:
        file = site.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text() if file.exists() else "") + text)

    return change


def touch(site: Site) -> None:
    os.utime(site.out / "log/late-mail/index.html", (0, 0))


def lose(site: Site) -> None:
    (site.out / "log/late-mail/index.html").unlink()


def link(site: Site) -> None:
    (site.root / "content/entries/again.md").symlink_to("late-mail.md")


MOVED: dict[str, Callable[[Site], object]] = {
    "an entry": edit("content/entries/late-mail.md", "\nMore words.\n"),
    "a new entry": edit(
        "content/entries/b.md", "---\nkind: announcement\ntitle: B\nopened: 2026-11-20\n---\nWords.\n"
    ),
    "a page": edit("content/pages/policy.md", "\nWithin a day.\n"),
    "a list": edit("content/components.yml", "mail:\n  name: Mail\n"),
    "a file that nobody reads": edit("content/entries/notes.txt", "Not an entry.\n"),
    "the settings": edit("site_config.yml", "search: false\n"),
    "a template of its own": edit("templates/pages/home.html", "{% extends 'onrecord/pages/home.html' %}"),
    "a link": link,
    "a page that somebody touched": touch,
    "a page that is gone": lose,
    "a source that failed": lambda site: pulled(site, "09:44", failed="502"),
    "what the last build left": edit("build/rest.json", "}"),
}


@pytest.mark.parametrize("what", MOVED)
def test_a_site_of_which_anything_moved_is_built(
    what: str, built: Site, tmp_path: Path, frame_cache: FrameCache
) -> None:
    MOVED[what](built)
    assert RESTS not in build(built).said
    assert built.files == whole(built, "09:45", tmp_path, frame_cache)


@pytest.mark.parametrize(
    ("clock", "arguments"),
    [
        ("10:00", ()),  # what waits is told in minutes, as of each full hour
        ("09:29", ()),  # a clock that was set back
        ("09:45", ("--clean",)),
        ("09:45", ("--dry-run",)),
        ("09:45", ("--for", "https://elsewhere.example/")),
    ],
)
def test_a_build_that_is_meant_to_find_out_does(clock: str, arguments: tuple[str, ...], built: Site) -> None:
    assert RESTS not in build(built, clock, *arguments).said


def test_a_run_that_ends_before_its_end_leaves_nothing_to_rest_on(
    built: Site, tmp_path: Path, frame_cache: FrameCache
) -> None:
    page = built.root / "content/pages/policy.md"
    words = page.read_text()
    edit("content/pages/policy.md", "\nWithin a day.\n")(built)
    (built.root / "build/log").rename(built.root / "build/log-away")
    built.write("build/log", "a file where the pack's folder belongs")
    with suppress(OSError):
        build(built, "09:40")
    (built.root / "build/log").unlink()
    page.write_text(words)
    assert RESTS not in build(built).said
    assert built.files == whole(built, "09:45", tmp_path, frame_cache)


def test_a_file_whose_name_is_no_text_is_told_of_in_every_build(built: Site) -> None:
    (built.root / "content/entries" / os.fsdecode(b"caf\xe9.txt")).write_text("Not an entry.\n")
    for clock in ("09:40", "09:45"):
        ran = build(built, clock)
        assert RESTS not in ran.said
        assert "this file is not read" in ran.said


def test_a_site_with_an_output_of_somebody_elses_never_rests(
    built: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs"
    (theirs / "acme-1.dist-info").mkdir(parents=True)
    (theirs / "acme-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1\n")
    (theirs / "acme-1.dist-info/entry_points.txt").write_text("[onrecord.outputs]\nacme = acme_pages:Pages\n")
    (theirs / "acme_pages.py").write_text(THEIRS)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(theirs), os.environ.get("PYTHONPATH", "")]))
    for clock in ("09:40", "09:45"):
        assert RESTS not in run(built.root, "build", "--now", f"2026-11-21 {clock}").said
    assert (built.out / "acme.txt").read_text() == "2026-11-21 09:45:00+00:00"


def test_a_site_elsewhere_is_built_there(built: Site, tmp_path: Path) -> None:
    ran = build(built, "09:45", "--out", str(tmp_path / "elsewhere"))
    assert RESTS not in ran.said
    assert (tmp_path / "elsewhere/index.html").is_file()


def test_a_site_and_what_its_builds_keep_may_move_together(built: Site, tmp_path: Path) -> None:
    moved = Site(tmp_path / "moved", built.frames)
    shutil.copytree(built.root, moved.root, symlinks=True)
    assert RESTS in build(moved).said


def test_what_two_runs_at_rest_wrote_over_is_the_sites_own_when_something_moves(
    built: Site, tmp_path: Path, frame_cache: FrameCache
) -> None:
    build(built, "09:40")
    build(built, "09:45")
    edit("content/entries/late-mail.md", "\nMore words.\n")(built)
    assert RESTS not in build(built, "09:50").said
    assert built.files == whole(built, "09:50", tmp_path, frame_cache)


def test_a_secret_in_the_name_of_a_source_stops_a_run_at_rest_too(
    built: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAT_WEBHOOK", "acme/app read")
    before = built.files
    ran = build(built)
    assert ran.code == 1
    assert "this file holds the value of CHAT_WEBHOOK" in ran.said
    assert built.files == before
