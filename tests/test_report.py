"""The tracking issue: one, true, and quiet."""

from datetime import UTC, datetime
from pathlib import Path

from tests.local_github import HandClock, LocalGitHub

from onrecord.stages.last_pull import LastPull, PulledSource, write_last_pull
from onrecord.stages.report import TRACKING, failures, report
from onrecord.stages.tracking import access
from onrecord.web import Web

APP = PulledSource(name="app", title="GitHub, acme/app", failed="http://127.0.0.1/issues: answered 502")


def told(github: LocalGitHub, *failed: PulledSource) -> str:
    with Web(access(github.url, "t0ken"), HandClock(), 60, print) as web:
        return report(web, github.url, "acme/app", failed)


def changes(github: LocalGitHub) -> list[str]:
    return [asked.method for asked in github.log if asked.method != "GET"]


def test_a_failed_source_opens_one_issue_that_says_why() -> None:
    with LocalGitHub(token="t0ken") as github:
        said = told(github, APP)
        (issue,) = github.repository.issues.values()
    assert said == "Opened issue #1: app could not be read."
    assert [label["name"] for label in issue["labels"]] == [TRACKING.label]
    assert "GitHub, acme/app" in issue["body"]
    assert "\n    http://127.0.0.1/issues: answered 502\n" in issue["body"]


def test_the_same_failure_again_changes_nothing() -> None:
    with LocalGitHub(token="t0ken") as github:
        told(github, APP)
        assert told(github, APP) == "Issue #1 says so already."
        assert changes(github) == ["POST"]


def test_other_news_change_the_one_issue() -> None:
    with LocalGitHub(token="t0ken") as github:
        told(github, APP)
        told(github, APP, PulledSource(name="news", title="Feed", failed="gone"))
        (issue,) = github.repository.issues.values()
    assert "**Feed** (`news`), nothing read from it so far:\n\n    gone" in issue["body"]


def test_the_issue_says_when_the_last_news_came_and_not_that_the_source_was_read_then() -> None:
    with LocalGitHub(token="t0ken") as github:
        told(github, APP.model_copy(update={"read_at": datetime(2026, 11, 21, 9, tzinfo=UTC)}))
        (issue,) = github.repository.issues.values()
    assert "(`app`), the last news from it was read on 2026-11-21 09:00 UTC:\n\n" in issue["body"]


def test_the_issue_is_closed_when_all_is_well_and_opened_again_when_it_is_not() -> None:
    with LocalGitHub(token="t0ken") as github:
        told(github, APP)
        assert told(github) == "Closed issue #1: every source could be read again."
        assert github.repository.issues[1]["state"] == "closed"
        assert told(github) == "Issue #1 says so already."
        told(github, APP)
        assert github.repository.issues[1]["state"] == "open"
        assert len(github.repository.issues) == 1


def test_an_issue_that_a_person_closed_stays_closed_while_nothing_is_new() -> None:
    with LocalGitHub(token="t0ken") as github:
        told(github, APP)
        github.repository.close(1)
        told(github, APP)
        assert github.repository.issues[1]["state"] == "closed"


def test_without_a_failure_nothing_is_opened() -> None:
    with LocalGitHub(token="t0ken") as github:
        github.repository.open_issue("The tracker is fine")
        assert told(github) == "Every source could be read."
        assert changes(github) == []


def test_what_a_pull_left_names_the_sources_that_failed(tmp_path: Path) -> None:
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    news = PulledSource(name="news", title="Feed", read_at=at)
    write_last_pull(tmp_path, LastPull(at=at, sources=(news, APP)))
    assert failures(tmp_path) == (APP,)


def test_without_a_pull_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert failures(tmp_path) is None
