"""Links in content, a clock that was set back, a record of a newer On Record: named, and what was there stands."""

import json
import re
from pathlib import Path

import pytest
from tests.local_github import LocalGitHub
from tests.own_site import NOW
from tests.pull.pulled import Pulled
from tests.runs.processes import kept, no_traceback, run

BUILD = ("build", "--now", NOW)
STATE = "content/record/pulled/app/state.json"


@pytest.fixture
def built(pulled: Pulled, github: LocalGitHub) -> Pulled:
    """A site with three pulled entries and one of people's, built; and there is news."""
    pulled.site.entry("late-mail", "kind: incident\ntitle: Mail is late\nopened: 2026-11-20\n")
    pulled.pull()
    pulled.site.build()
    github.clock.move(3600)
    github.repository.edit(1, title="Other words")
    return pulled


LINKS = {
    "content/entries/out.md": ("/etc/hostname", "out of the site"),
    "content/entries/folder": ("/etc", "out of the site"),
    "content/entries/nothing.md": ("nowhere.md", "to nothing"),
    "content/entries/circle.md": ("circle.md", "in a circle"),
    "content/entries/again": ("../entries", "to a folder, and such are not followed"),
    "content/components.yml": ("gone.yml", "to nothing"),
    "content/pages/secret.txt": ("/etc/hostname", "out of the site"),
    "content/pages/inside.txt": ("../entries/late-mail.md", "and among hand-written pages none is followed"),
    "content/pages/all": ("/etc", "out of the site"),
}


def test_links_that_are_not_followed_are_named_and_nothing_behind_them_is_published(built: Pulled) -> None:
    site = built.site
    before = site.files
    for path, (target, _) in LINKS.items():
        (site.root / path).parent.mkdir(exist_ok=True)
        (site.root / path).symlink_to(target)
    for words in (("check",), BUILD):
        ran = run(site.root, *words)
        assert ran.code == 1
        found = dict(re.findall(r"^error: (\S+): this is a link,? (.+)$", no_traceback(ran), re.MULTILINE))
        assert found == {path: what for path, (_, what) in LINKS.items()}
    assert site.files.keys() == before.keys()
    assert site.files["log/late-mail/index.html"] == before["log/late-mail/index.html"]


@pytest.mark.parametrize("path", ["content/record/pulled/app/2026", "content/record/pulled"])
def test_a_pull_writes_through_no_link(built: Pulled, tmp_path: Path, path: str) -> None:
    folder, elsewhere = built.site.root / path, tmp_path / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    before = {file: file.read_bytes() for file in elsewhere.rglob("*.json")}
    ran = run(built.site.root, "pull")
    assert (ran.code, no_traceback(ran)) == (
        1,
        f"error: {path}: this is a link out of the site\n    put the folder itself here\n",
    )
    assert {file: file.read_bytes() for file in elsewhere.rglob("*.json")} == before


NEWER = {
    STATE: {"format": 2, "shards": []},
    "content/record/pulled/app/2026/app-9.json": {
        "id": "app-9",
        "kind": "issue",
        "title": "From later on",
        "status": "resolved",
        "opened": "2026-11-20T09:00:00Z",
        "mood": "good",
    },
    "content/record/pulled/app/2026/app-1.json": {"id": "app-1", "kind": "prediction", "title": "From later on"},
}


@pytest.mark.parametrize("path", NEWER)
def test_what_a_newer_on_record_wrote_stops_pull_and_build_and_stands(built: Pulled, path: str) -> None:
    site = built.site
    site.write(path, json.dumps(NEWER[path]))
    before = kept(site)
    for words in (("pull",), ("pull", "--full"), BUILD, ("run",), ("check",)):
        ran = run(site.root, *words)
        assert ran.code == 1
        assert f"error: {path}:" in no_traceback(ran)
        assert "a newer On Record wrote this" in ran.err
        assert "\n    update On Record, then run this again" in ran.err
    assert kept(site) == before


def test_a_clock_that_was_set_back_stops_pull_and_build(built: Pulled) -> None:
    site = built.site
    state = json.loads((site.root / STATE).read_bytes())
    site.write(STATE, json.dumps(state | {"read_at": "2099-11-21T09:00:00Z"}))
    before = kept(site)
    for words in (("pull",), ("build",), ("run",)):
        ran = run(site.root, *words)
        assert ran.code == 1
        assert f"error: {STATE}: this was read at 2099-11-21 09:00, and this machine's clock says 20" in ran.err
        assert '\n    set the clock; if it was wrong when this was read, run "onrecord pull --full"' in no_traceback(
            ran
        )
        assert kept(site) == before
    assert run(site.root, *BUILD).code == 0
    assert run(site.root, "pull", "--full").code == 0
    assert built.entries["app-1"]["title"] == "Other words"
    assert built.state()["read_at"] < "2099"
    assert run(site.root, "build").code == 0


def test_a_record_that_was_read_ahead_of_the_clock_is_set_right_without_any_news(built: Pulled) -> None:
    built.pull()
    built.site.write(STATE, json.dumps(built.state() | {"read_at": "2099-11-21T09:00:00Z"}))
    run(built.site.root, "pull", "--full")
    assert built.state()["read_at"] < "2099"


def test_a_site_may_be_built_as_it_was_before_anything_on_record(built: Pulled) -> None:
    ran = run(built.site.root, "build", "--now", "2020-01-01")
    assert ran.code == 0
    assert '"opened" is still to come' in no_traceback(ran)
    assert run(built.site.root, *BUILD).code == 0
