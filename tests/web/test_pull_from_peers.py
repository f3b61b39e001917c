"""Whole pulls from two GitHubs that others wrote."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr
from tests.own_site import FrameCache, Site
from tests.pull.pulled import Pulled, files
from tests.web import peers
from tests.web.polite import GITHUB, unheard

from onrecord.web import Access, SystemClock, Web

pytestmark = pytest.mark.web

ANA, JOE = "t_ana", "t_joe"
SEED = {
    "tokens": {ANA: {"login": "ana", "scopes": ["repo"]}, JOE: {"login": "joe", "scopes": ["repo"]}},
    "github": {"users": [{"login": "ana"}, {"login": "joe"}], "repos": [{"owner": "ana", "name": "app"}]},
}
RECORDED = "/repos/octokit-fixture-org/paginate-issues"


@pytest.fixture
def pulled(tmp_path: Path, frame_cache: FrameCache, monkeypatch: pytest.MonkeyPatch) -> Pulled:
    monkeypatch.setenv("APP_TOKEN", ANA)
    return Pulled(Site(tmp_path / "acme", frame_cache))


def settings(pulled: Pulled, url: str, repo: str) -> None:
    source = {"type": "github-issues", "repo": repo, "api_url": url, "allow_private": True, "token": "$APP_TOKEN"}
    pulled.settings(app=source)


def client(url: str, token: str) -> Web:
    return Web(Access((urlsplit(url).netloc,), SecretStr(token), allow_private=True), SystemClock(), 0, unheard)


def test_what_is_raised_answered_closed_and_reopened_in_the_emulator_is_pulled(pulled: Pulled) -> None:
    with peers.emulator(SEED) as url, client(url, ANA) as ana, client(url, JOE) as joe:
        issues = f"{url}/repos/ana/app/issues"
        for title in ("Card refused", "Slow", "Still open"):
            joe.post(issues, {"title": title, "body": "OUTSIDE"}, headers=GITHUB)
        joe.post(f"{issues}/1/comments", {"body": "OUTSIDE"}, headers=GITHUB)
        ana.post(f"{issues}/1/comments", {"body": "OFFICIAL: on it."}, headers=GITHUB)
        for number in (1, 2):
            ana.patch(f"{issues}/{number}", {"state": "closed"}, headers=GITHUB)
        settings(pulled, url, "ana/app")
        assert pulled.pull().out == "app: 2 files changed; 4 requests\n"
        entries = pulled.entries
        assert [(entry["title"], entry["status"]) for entry in entries.values()] == [
            ("Card refused", "resolved"),
            ("Slow", "resolved"),
        ]
        assert [update.get("body") for update in entries["app-1"]["updates"]] == ["OFFICIAL: on it.", None]
        assert pulled.on_disk("OUTSIDE") == []
        before = files(pulled.folder)
        assert pulled.pull().out == "app: 0 files changed; 2 requests\n"
        assert files(pulled.folder) == before
        ana.patch(f"{issues}/1", {"state": "open"}, headers=GITHUB)
        pulled.pull()
        assert len(pulled.entries["app-1"]["reopened_at"]) == 1
    assert "OFFICIAL: on it." in pulled.site.build()["log/app-1/index.html"].decode()


def test_recorded_pages_of_the_real_github_are_read_to_the_end(pulled: Pulled) -> None:
    lists = f"{RECORDED}/issues"
    asked = [
        (f"{lists}?state=all&sort=updated&direction=desc&per_page=1", 0),
        (f"{lists}?state=all&sort=updated&direction=asc&per_page=100", 0),
        (f"{lists}/comments?sort=updated&direction=desc&per_page=1", None),
        *((None, page) for page in range(1, 5)),
        (f"{RECORDED}/labels?per_page=100", None),
    ]
    with peers.recorded("paginate-issues", asked) as url:
        settings(pulled, url, RECORDED.removeprefix("/repos/"))
        ran = pulled.pull()
    # All of its 13 issues are open and carry no label.
    assert ran.out == f"app: 0 files changed; {len(asked)} requests\n"
    assert "has no closed issue, so nothing goes on record. Its labels: none." in ran.err
    assert pulled.entries == {}
