"""The client against two GitHubs that others wrote."""

import pytest
from pydantic import SecretStr
from tests.web import peers
from tests.web.polite import GITHUB, unheard

from onrecord.web import Access, SystemClock, Web

pytestmark = pytest.mark.web


def test_recorded_pages_of_the_real_github_are_walked_to_the_end() -> None:
    first = "/repos/octokit-fixture-org/paginate-issues/issues?state=all&per_page=100"
    with peers.recorded("paginate-issues", [(first, 0), *((None, page) for page in range(1, 5))]) as url:
        assert walk(url, first) == [f"Test issue {number}" for number in range(13, 0, -1)]


def test_the_emulator_is_written_to_and_read_from() -> None:
    seed = {"users": [{"login": "octocat"}], "repos": [{"owner": "octocat", "name": "app"}]}
    with peers.emulator({"github": seed}) as url:
        with Web(access(url), SystemClock(), 0, unheard) as web:
            for number in range(1, 4):
                made = web.post(f"{url}/repos/octocat/app/issues", {"title": f"Issue {number}"}, headers=GITHUB)
                web.post(f"{made.json()['url']}/comments", {"body": "On it."}, headers=GITHUB)
        issues = "/repos/octocat/app/issues?state=all&per_page=2&sort=created&direction=asc"
        assert walk(url, issues) == ["Issue 1", "Issue 2", "Issue 3"]
        assert walk(url, "/repos/octocat/app/issues/comments", "body") == ["On it."] * 3


def access(url: str) -> Access:
    # The emulator knows this token from the start.
    return Access((url.split("/")[2],), SecretStr("test_token_admin"), allow_private=True)


def walk(url: str, path: str, field: str = "title") -> list[str]:
    with Web(access(url), SystemClock(), 0, unheard) as web:
        reply = web.get(url + path, headers=GITHUB)
        told = [row[field] for row in reply.json()]
        while reply.next_url:
            reply = web.get(reply.next_url, headers=GITHUB)
            told += [row[field] for row in reply.json()]
        return told
