"""What the local GitHub says is what GitHub's own description says that GitHub says."""

from typing import Any

import httpx
import pytest
from tests.local_github import LocalGitHub, comment, issue, milestone, release, user
from tests.web import peers

pytestmark = pytest.mark.web

HEADERS = {"User-Agent": "test", "X-GitHub-Api-Version": "2022-11-28", "Authorization": "Bearer t"}
REPO = "/repos/{owner}/{repo}"


def test_every_answer_fits_the_official_description() -> None:
    issues = [
        issue(1, "Card refused", labels=["public"], milestone=milestone("2.1", closed_at="2026-11-05T10:00:00Z")),
        issue(2, "Slow", closed_at="2026-11-03T10:00:00Z", state_reason="not_planned", assignees=[user("ana")]),
        issue(3, "A pull request", pull_request=True, closed_at="2026-11-04T10:00:00Z"),
        issue(4, "From a ghost", user=None, body=None, locked=True, active_lock_reason="spam"),
        issue(5, "From a bot", user=user("renovate[bot]", kind="Bot"), assignee=user("ana")),
        issue(6, "To be deleted"),
        issue(7, "To be transferred"),
    ]
    comments = [comment(11, 1, "On it."), comment(12, 1, "Me too.", user=None, author_association="NONE")]
    releases = [
        release(21, "v2.1", "Cards work again.", name="2.1"),
        release(22, "v2.2-rc.1", prerelease=True, author=user("ci[bot]", kind="Bot")),
        release(23, "v3", draft=True, published_at=None),
    ]
    with (
        LocalGitHub(issues=issues, comments=comments, releases=releases, token="t") as github,
        httpx.Client(base_url=github.url, headers=HEADERS, trust_env=False) as client,
    ):
        github.repository.reopen(2)
        github.repository.close(2, reason="duplicate")
        github.repository.label(1, "known-issue")
        github.repository.unlabel(1, "public")
        github.repository.delete(6)
        github.repository.transfer(7, "acme/other/issues/1")

        def asked(method: str, path: str, status: int, *, json: Any = None, at: str = "", **ids: int) -> Any:
            url = path.format(owner="acme", repo="app", **ids) + at
            answer = client.request(method, url, json=json)
            assert answer.status_code == status, url
            return {"path": path, "method": method, "status": status, "body": answer.json()}

        one = f"{REPO}/issues/{{issue_number}}"
        answers = [
            asked("GET", f"{REPO}/issues", 200, at="?state=all"),
            asked("GET", f"{REPO}/issues", 422, at="?state=shut"),
            asked("GET", f"{REPO}/issues/comments", 200),
            asked("GET", f"{REPO}/labels", 200),
            asked("GET", f"{REPO}/releases", 200),
            asked("GET", f"{REPO}/releases/{{release_id}}", 200, release_id=21),
            asked("GET", one, 200, issue_number=2),
            asked("GET", one, 301, issue_number=7),
            asked("GET", one, 404, issue_number=99),
            asked("GET", one, 410, issue_number=6),
            asked("GET", f"{one}/comments", 200, issue_number=1),
            asked("GET", f"{one}/events", 200, issue_number=1),
            asked("GET", "/rate_limit", 200),
            asked("POST", f"{REPO}/issues", 201, json={"title": "A source failed", "labels": ["on-record"]}),
            asked("POST", f"{REPO}/issues", 422, json={"body": "No title"}),
            asked("PATCH", one, 200, json={"state": "closed"}, issue_number=1),
            asked("POST", f"{one}/comments", 201, json={"body": "Again."}, issue_number=1),
        ]
        states = client.get("/repos/acme/app/issues/2/events").json()
    assert peers.unfit(answers) == []
    assert [event["event"] for event in states] == ["reopened", "closed"]


def test_the_description_is_really_held_against_the_answers() -> None:
    broken = issue(1, "No number") | {"number": "one"}
    answer = {"path": f"{REPO}/issues", "method": "GET", "status": 200, "body": [broken]}
    assert "number must be integer" in "".join(peers.unfit([answer]))
