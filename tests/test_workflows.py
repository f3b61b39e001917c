"""The workflows, as written: run step by step against a protected repository and a GitHub on this machine."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions import TOKEN, Ran, Site, runner, workflow
from tests.actions.expressions import true
from tests.local_github import LocalGitHub, comment, issue

from onrecord.sources.github_issues.settings import FAILED_LABEL

WORKFLOWS = Path(__file__).parents[1] / ".github/workflows"
INSTALL = ("Install what On Record needs", "Install On Record")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return runner(tmp_path_factory.mktemp("runner"))


@pytest.fixture
def github() -> Iterator[LocalGitHub]:
    rows = [
        issue(1, "Cards are declined", labels=("public",), state="closed", state_reason="completed"),
        issue(2, "Somebody else's words", labels=()),
    ]
    said = [comment(10, 1, "We fixed it.", user="ana", author_association="MEMBER")]
    with LocalGitHub(issues=rows, comments=said, token=TOKEN) as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, environment: dict[str, str], github: LocalGitHub) -> Site:
    return Site(tmp_path, environment, github.url)


def deployed(ran: Ran) -> bool:
    deploy = workflow(WORKFLOWS / "site.yml")["jobs"]["deploy"]
    return true(deploy["if"], {"needs": {"site": {"outputs": ran.outputs}}})


def page(ran: Ran, path: str = "index.html") -> str:
    assert ran.uploaded is not None, ran.said
    return (ran.uploaded / path).read_text()


def test_news_is_one_commit_on_the_record_and_no_news_is_none(site: Site, github: LocalGitHub) -> None:
    first = site.publish()
    assert set(first.outcomes.values()) == {"success", "skipped"}, first.said
    assert (deployed(first), first.red) == (True, False)
    assert "Cards are declined" in page(first, "log/app-1/index.html")
    assert len(site.origin.history("record")) == 1
    assert "pulled/app/2026/app-1.json" in "\n".join(site.origin.files("record"))

    second = site.publish(without=INSTALL)
    assert deployed(second)
    assert len(site.origin.history("record")) == 1
    assert "Cards are declined" in page(second, "log/app-1/index.html")

    github.clock.move(3600)
    github.repository.label(2, "public")
    github.repository.close(2)
    third = site.publish(without=INSTALL)
    assert "Somebody else" in page(third, "log/app-2/index.html")
    assert len(site.origin.history("record")) == 2
    assert site.origin.history("record")[0].startswith("github-actions[bot]: Pull: ")
    assert site.origin.history("main") == ["Ana: Edit"]
    assert set(site.origin.pushed) == {"refs/heads/record"}


def test_a_run_makes_only_what_is_new_since_the_runs_before(site: Site, github: LocalGitHub) -> None:
    site.publish()
    second = site.publish(without=INSTALL)
    assert " (0 written" not in second.said["Build"]
    assert int(re.findall(r"\((\d+) written", second.said["Build"])[0]) < 10, second.said["Build"]
    assert len(site.caches) == 2  # one of before the record had anything, and one of since
    for kept in site.caches.values():
        assert {"site", "build"} == {path.name for path in kept.iterdir()}
        assert "manifest.json" in (names := {path.name for path in (kept / "build").iterdir()})
        assert not {"pull.json", "lock", "lock.json"} & names, "how a run went is no other run's business"
    assert "Nothing has moved since the last build" in site.publish(without=INSTALL).said["Build"]
    assert len(site.caches) == 2

    github.clock.move(3600)
    github.repository.label(2, "public")
    github.repository.close(2)
    news = site.publish(without=INSTALL)
    assert "Somebody else" in page(news, "log/app-2/index.html")
    assert page(news, "log/app-1/index.html") == page(second, "log/app-1/index.html")


def test_nothing_from_before_somebody_was_erased_is_fetched(site: Site, github: LocalGitHub) -> None:
    site.publish()
    (site.main / "content/erased.yml").write_text('salt: "abc"\nerased: []\n')
    site.origin.commit(site.main)
    second = site.publish(without=INSTALL)
    assert int(re.findall(r"\((\d+) written", second.said["Build"])[0]) > 20, second.said["Build"]
    before, after = (key.split("-")[1] for key in site.caches)
    assert (before, bool(after)) == ("", True)


def test_a_failed_source_still_publishes_and_one_issue_says_so(site: Site, github: LocalGitHub) -> None:
    site.publish()
    github.repository.name = "acme/renamed"
    site.environment["GITHUB_REPOSITORY"] = "acme/renamed"
    for _ in range(2):
        ran = site.publish(without=INSTALL)
        assert (deployed(ran), ran.red) == (True, False), ran.said
        assert "Cards are declined" in page(ran, "log/app-1/index.html")
    tracking = [row for row in github.repository.issues.values() if FAILED_LABEL in str(row["labels"])]
    assert [row["state"] for row in tracking] == ["open"]
    assert len([asked for asked in github.log if asked.method != "GET"]) == 1

    site.edit("site_config.yml", "repo: acme/app", "repo: acme/renamed")
    site.origin.commit(site.main)
    site.publish(without=INSTALL)
    assert tracking[0]["state"] == "closed"


def test_a_bad_entry_is_left_out_the_rest_is_published_and_the_run_is_red(site: Site) -> None:
    (site.main / "content/entries/broken.md").write_text("---\nkind: incidnet\n---\n")
    site.origin.commit(site.main)
    ran = site.publish()
    assert (deployed(ran), ran.red) == (True, True)
    assert ran.outcomes["Check"] == ran.outcomes["Build"] == "failure"
    assert ran.outcomes["Turn red when a step above failed"] == "failure"
    assert "content/entries/broken.md" in ran.said["Check"]
    assert "Cards are declined" in page(ran, "log/app-1/index.html")
    assert ran.uploaded is not None
    assert not (ran.uploaded / "log/broken").exists()


def test_without_a_site_nothing_is_deployed(site: Site) -> None:
    site.edit("site_config.yml", "  title: On record", "  titel: On record")
    site.origin.commit(site.main)
    ran = site.publish()
    assert (deployed(ran), ran.red) == (False, True)
    assert ran.outcomes["Look for secrets"] == "failure"
    assert site.origin.history("record") == []


def test_a_secret_in_the_site_stops_the_deploy(site: Site) -> None:
    about = site.main / "content/pages/about.md"
    about.write_text(f"# About\n\nOur token is {TOKEN}\n")
    site.origin.commit(site.main)
    ran = site.publish()
    assert (deployed(ran), ran.red) == (False, True)
    assert "holds the value of GITHUB_TOKEN" in ran.said["Look for secrets"]
    assert TOKEN not in "".join(ran.said.values())


def test_a_record_that_main_carries_is_left_alone(site: Site) -> None:
    record = site.main / "content/record/pulled/app"
    record.mkdir(parents=True)
    (record / "state.json").write_text("{}\n")
    (site.main / ".gitignore").write_text("/site/\n/build/\n")
    site.origin.commit(site.main)
    ran = site.publish()
    assert deployed(ran)
    assert site.origin.history("record") == []
    assert site.origin.pushed == []
    assert "left alone" in ran.said["Mount the record"]


def test_a_preview_shows_what_is_right_and_blocks_what_is_wrong(site: Site) -> None:
    site.publish()
    ran = site.job("preview", without=INSTALL).run()
    assert (ran.red, "Cards are declined" in page(ran, "log/app-1/index.html")) == (False, True)
    (site.main / "content/entries/broken.md").write_text("---\nkind: incidnet\n---\n")
    site.origin.commit(site.main)
    ran = site.job("preview", without=INSTALL).run()
    assert (ran.red, ran.uploaded) == (True, None)
    assert set(site.origin.pushed) == {"refs/heads/record"}
