"""The local GitHub keeps GitHub's rules: a client that passes here passes there."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from tests.local_github import HandClock, LocalGitHub, comment, faults, issue, release
from tests.local_github.corpus import serve

HEADERS = {"User-Agent": "test", "X-GitHub-Api-Version": "2022-11-28", "Authorization": "Bearer t"}


@pytest.fixture
def github() -> Iterator[LocalGitHub]:
    issues = [
        issue(1, "Card refused", labels=["public", "Area: payments"], updated_at="2026-11-02T10:00:00Z"),
        issue(2, "Slow", closed_at="2026-11-03T10:00:00Z", labels=["public"]),
        issue(3, "A pull request", pull_request=True, created_at="2026-11-04T10:00:00Z"),
    ]
    comments = [comment(10 + number, 1, f"Answer {number}") for number in range(5)]
    with LocalGitHub(issues=issues, comments=comments, token="t") as server:
        yield server


@pytest.fixture
def ask(github: LocalGitHub) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{github.url}/repos/acme/app", headers=HEADERS, trust_env=False) as client:
        yield client


def numbers(answer: httpx.Response) -> list[int]:
    return [row["number"] for row in answer.json()]


def test_a_list_is_filtered_sorted_and_holds_pull_requests(ask: httpx.Client) -> None:
    assert numbers(ask.get("/issues")) == [3, 1]
    assert numbers(ask.get("/issues?state=all&sort=updated&direction=asc")) == [1, 2, 3]
    assert numbers(ask.get("/issues?state=all&labels=public,area: payments")) == [1]
    assert numbers(ask.get("/issues?state=all&since=2026-11-03T11:00:00%2B01:00")) == [3, 2]
    assert "pull_request" in ask.get("/issues/3").json()


def test_pages_of_issues_have_an_opaque_next_and_no_last(ask: httpx.Client, github: LocalGitHub) -> None:
    first = ask.get("/issues?state=all&per_page=2")
    assert set(first.links) == {"next"}
    assert first.links["next"]["url"].startswith(f"{github.url}/repositories/4242/issues?state=all&per_page=2&after=")
    assert numbers(ask.get(first.links["next"]["url"])) == [1]


def test_pages_of_comments_are_numbered(ask: httpx.Client) -> None:
    middle = ask.get("/issues/comments?per_page=2&page=2")
    assert [row["id"] for row in middle.json()] == [12, 13]
    assert set(middle.links) == {"prev", "next", "last", "first"}
    assert len(ask.get("/issues/1/comments").json()) == 5
    assert ask.get("/issues/2/comments").json() == []


def test_an_issue_that_changes_between_pages_is_listed_again_at_the_end(
    ask: httpx.Client, github: LocalGitHub
) -> None:
    github.fault(faults.meanwhile(lambda: github.repository.edit(1, title="Card refused again")))
    first = ask.get("/issues?state=all&sort=updated&direction=asc&per_page=2")
    assert numbers(first) == [1, 2]
    assert numbers(ask.get(first.links["next"]["url"])) == [3, 1]


@pytest.mark.parametrize(
    "query",
    [
        "state=shut",
        "sort=name",
        "direction=up",
        "since=yesterday",
        "per_page=many",
        "page=0",
        "after=x",
        "page=101&per_page=100",
    ],
)
def test_a_bad_value_is_refused(ask: httpx.Client, query: str) -> None:
    assert ask.get(f"/issues?{query}").status_code == 422


def test_a_page_has_at_most_a_hundred_rows() -> None:
    issues = [issue(number, "Many") for number in range(1, 131)]
    with LocalGitHub(issues=issues) as github:
        url = f"{github.url}/repos/acme/app/issues?per_page=500"
        anybody = {**HEADERS, "Authorization": ""}
        assert len(httpx.get(url, headers=anybody, trust_env=False).json()) == 100


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"User-Agent": ""}, 403),
        ({"X-GitHub-Api-Version": "2020-01-01"}, 400),
        ({"Accept": "text/html"}, 415),
        ({"Authorization": "Bearer wrong"}, 401),
    ],
)
def test_who_does_not_say_the_right_headers_is_refused(
    ask: httpx.Client, headers: dict[str, str], status: int
) -> None:
    assert ask.get("/issues", headers=headers).status_code == status


def test_a_newer_version_has_no_assignee(ask: httpx.Client) -> None:
    assert "assignee" in ask.get("/issues/1").json()
    assert "assignee" not in ask.get("/issues/1", headers={"X-GitHub-Api-Version": "2026-03-10"}).json()


def test_an_unchanged_answer_is_free_with_a_token(ask: httpx.Client) -> None:
    first = ask.get("/issues/1")
    again = ask.get("/issues/1", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["x-ratelimit-used"] == first.headers["x-ratelimit-used"] == "1"


def test_the_quota_ends_and_begins_again_with_the_hour() -> None:
    clock = HandClock()
    with (
        LocalGitHub(issues=[issue(1, "One")], clock=clock) as github,
        httpx.Client(headers={**HEADERS, "Authorization": ""}, trust_env=False) as ask,
    ):
        answers = [ask.get(f"{github.url}/repos/acme/app/issues") for _ in range(61)]
        assert [answer.status_code for answer in answers] == [200] * 60 + [403]
        assert answers[-1].headers["x-ratelimit-remaining"] == "0"
        clock.move(int(answers[-1].headers["x-ratelimit-reset"]) - clock.now().timestamp())
        assert ask.get(f"{github.url}/repos/acme/app/issues").status_code == 200


def test_what_is_gone_moved_or_hidden_says_so(ask: httpx.Client, github: LocalGitHub) -> None:
    github.repository.delete(1)
    github.repository.transfer(2, "acme/other/issues/7")
    assert ask.get("/issues/1").status_code == 410
    moved = ask.get("/issues/2")
    assert (moved.status_code, moved.headers["location"]) == (301, f"{github.url}/repos/acme/other/issues/7")
    assert ask.get("/issues/99").status_code == 404
    assert ask.get("/nonsense").status_code == 404
    assert ask.get("/issues/comments").json() == []


def test_what_happens_to_an_issue_is_dated_and_noted(ask: httpx.Client, github: LocalGitHub) -> None:
    github.repository.close(1)
    github.repository.reopen(1)
    github.repository.unlabel(1, "public")
    github.repository.label(1, "known-issue")
    github.repository.say(1, "We are on it.")
    now = ask.get("/issues/1").json()
    assert (now["state"], now["state_reason"], now["comments"]) == ("open", "reopened", 1)
    assert now["updated_at"] == "2026-11-21T09:00:00Z"
    assert [label["name"] for label in now["labels"]] == ["Area: payments", "known-issue"]
    events = ask.get("/issues/1/events").json()
    assert [event["event"] for event in events] == ["closed", "reopened", "unlabeled", "labeled"]
    assert "known-issue" in [label["name"] for label in ask.get("/labels").json()]


def test_one_tracking_issue_can_be_opened_found_and_updated(ask: httpx.Client) -> None:
    assert ask.post("/issues", json={"body": "no title"}).status_code == 422
    assert ask.post("/issues", json={"title": "x"}, headers={"Authorization": ""}).status_code == 401
    made = ask.post("/issues", json={"title": "A source failed", "labels": ["on-record"]})
    assert made.status_code == 201
    assert numbers(ask.get("/issues?labels=on-record")) == [made.json()["number"]]
    path = f"/issues/{made.json()['number']}"
    said = ask.post(f"{path}/comments", json={"body": "Again."}).json()
    assert ask.patch(f"/issues/comments/{said['id']}", json={"body": "Twice."}).json()["body"] == "Twice."
    closed = ask.patch(path, json={"state": "closed", "labels": ["done"]}).json()
    assert (closed["state"], [label["name"] for label in closed["labels"]]) == ("closed", ["done"])


def test_who_asks_twice_at_once_is_seen(ask: httpx.Client, github: LocalGitHub) -> None:
    for _ in range(3):
        ask.get("/issues")
    assert github.most_at_once == 1

    def keep_waiting() -> None:
        for _ in range(500):
            if github.most_at_once < 2:
                github.closing.wait(0.02)

    github.fault(faults.meanwhile(keep_waiting))
    with ThreadPoolExecutor(2) as both:
        list(both.map(ask.get, ("/issues", "/labels")))
    assert github.most_at_once == 2


def test_releases_are_listed_newest_first_with_drafts_and_are_gone_without_a_trace() -> None:
    made = [release(number, f"v1.{number}", published_at=f"2026-11-0{number}T10:00:00Z") for number in (1, 2, 3)]
    made.append(release(4, "v2", draft=True, published_at=None, created_at="2026-11-04T10:00:00Z"))
    with (
        LocalGitHub(releases=made, token="t") as github,
        httpx.Client(base_url=f"{github.url}/repos/acme/app", headers=HEADERS, trust_env=False) as ask,
    ):
        first = ask.get("/releases?per_page=3")
        assert [row["id"] for row in first.json()] == [4, 3, 2]
        assert [row["id"] for row in ask.get(first.links["next"]["url"]).json()] == [1]
        github.repository.edit_release(3, name="Three")
        github.repository.delete_release(2)
        assert ask.get("/releases/3").json()["name"] == "Three"
        assert ask.get("/releases/2").status_code == 404
        assert github.repository.publish("v3")["published_at"] == "2026-11-21T09:00:00Z"
        assert ask.get("/releases?since=2026-11-01").status_code == 400


def test_the_real_corpus_is_served_whole() -> None:
    folder = os.environ.get("ONRECORD_CORPORA")
    if folder is None or not Path(folder).is_dir():
        pytest.skip("ONRECORD_CORPORA names no folder with real material")
    corpus = Path(folder) / "github-issues"
    with (
        serve(corpus / "issues.jsonl", corpus / "comments.jsonl", token="t") as github,
        httpx.Client(headers=HEADERS, trust_env=False) as ask,
    ):
        for what, expected in (("issues?state=all&", 600), ("issues/comments?", 2680)):
            url, seen = f"{github.url}/repos/rust-lang/rust/{what}per_page=100&sort=updated", set[int]()
            while url:
                answer = ask.get(url)
                seen |= {row["id"] for row in answer.json()}
                url = answer.links.get("next", {}).get("url", "")
            assert len(seen) == expected
