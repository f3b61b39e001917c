"""Runs that are killed: whatever is on disk is whole, the old site stands, and the next run ends as if nothing was.

The moments are chosen by `--kills`, half of them for each test: see docs/design/runs.md.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.local_github import LocalGitHub, comment, issue
from tests.own_site import NOW, FrameCache, Site
from tests.pull.pulled import TOKEN, Pulled
from tests.runs.killing import Kept, is_whole, killed, leftovers, moments, record, touches
from tests.runs.processes import run

ENTRIES = 300
OLD = 200
BUILD = ("build", "--now", NOW)


def at(number: int, minute: int = 0) -> str:
    return f"2026-11-{number // 24 + 1:02}T{number % 24:02}:{minute:02}:00Z"


def issues(count: int) -> list[dict[str, Any]]:
    return [issue(n, f"Issue {n}", closed_at=at(n), comments=1) for n in range(1, count + 1)]


def answers(count: int) -> list[dict[str, Any]]:
    return [comment(n, n, f"We mended {n}.", created_at=at(n)) for n in range(1, count + 1)]


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalGitHub]:
    """A repository of 200 issues, to which news will come."""
    monkeypatch.setenv("APP_TOKEN", TOKEN)
    with LocalGitHub(issues=issues(OLD), comments=answers(OLD), token=TOKEN, quota=10**6) as github:
        yield github


@pytest.fixture
def pulled(tmp_path: Path, github: LocalGitHub, frame_cache: FrameCache) -> Pulled:
    """A site that has pulled them."""
    pulled = Pulled(Site(tmp_path / "acme", frame_cache))
    pulled.settings(app=pulled.source(github))
    pulled.site.entry("we-move", "kind: announcement\ntitle: We move\nopened: 2026-11-01\n")
    pulled.pull()
    return pulled


def news(github: LocalGitHub) -> None:
    """Let a hundred issues be raised, and a hundred others be renamed."""
    github.repository.issues |= {row["number"]: row for row in issues(ENTRIES)[OLD:]}
    github.repository.comments |= {row["id"]: row for row in answers(ENTRIES)[OLD:]}
    for number in range(1, OLD, 2):
        github.repository.edit(number, title=f"Issue {number}, in other words")


def test_a_killed_pull_leaves_whole_files_and_the_next_one_ends_as_if_nothing_was(
    pulled: Pulled, github: LocalGitHub, pytestconfig: pytest.Config
) -> None:
    site = pulled.site
    before = Kept.of(site, "before")
    news(github)
    length = touches(site, "pull")
    after = record(site)
    assert len(after) == ENTRIES + 1
    deaths = []
    for moment in moments(length, kills := pytestconfig.getoption("--kills") // 2):
        before.put_back()
        deaths.append(killed(site, moment, "pull"))
        assert is_whole(site), moment
        assert run(site.root, "pull").code == 0, moment
        assert record(site) == after, moment
        assert leftovers(site) == [], moment
    assert sum(deaths) >= kills * 3 // 4


def test_a_killed_build_leaves_the_old_site_or_the_new_and_the_next_one_ends_as_if_nothing_was(
    pulled: Pulled, github: LocalGitHub, pytestconfig: pytest.Config
) -> None:
    site = pulled.site
    old = site.build()
    news(github)
    pulled.pull()
    settings = (site.root / "site_config.yml").read_text()
    site.write("site_config.yml", f"{settings}theme: {{nav: [{{title: Shop, to: 'https://acme.example/'}}]}}\n")
    (site.root / "content/entries/we-move.md").unlink()
    before, pulls = Kept.of(site, "before"), record(site)
    length = touches(site, *BUILD)
    new = site.files
    assert (len(old.keys() - new.keys()) > 0, len(new.keys() - old.keys()) >= ENTRIES - OLD) == (True, True)
    deaths = []
    for moment in moments(length, kills := pytestconfig.getoption("--kills") // 2):
        before.put_back()
        deaths.append(killed(site, moment, *BUILD))
        found = site.files
        assert all(content in (old.get(path), new.get(path)) for path, content in found.items()), moment
        assert old.keys() & new.keys() <= found.keys(), moment
        assert record(site) == pulls, moment
        assert run(site.root, *BUILD).code == 0, moment
        assert site.files == new, moment
        assert leftovers(site) == [], moment
    assert sum(deaths) >= kills * 3 // 4
