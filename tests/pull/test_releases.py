"""Pulling releases: from a GitHub to announcements on disk and to pages, by the real verbs."""

from typing import Any

import pytest
from tests.local_github import LocalGitHub, faults, issue, milestone, release
from tests.own_site import Site
from tests.pull.conftest import Serve
from tests.pull.pulled import TOKEN, Json, Pulled, asked, files

V1 = release(1, "v1.0", "The first one.", published_at="2026-10-01T10:00:00Z")
V2 = release(2, "v2.0", "Write to jo@mailbox.org.", name="The big one", published_at="2026-11-01T10:00:00Z")
RC = release(3, "v3.0-rc1", prerelease=True, published_at="2026-11-02T10:00:00Z")
DRAFT = release(4, "v3.0", "SECRET", draft=True, published_at=None)


@pytest.fixture
def pulled(site: Site, monkeypatch: pytest.MonkeyPatch) -> Pulled:
    monkeypatch.setenv("APP_TOKEN", TOKEN)
    return Pulled(site)


def news(github: LocalGitHub, **more: Any) -> Json:
    return {
        "type": "github-releases",
        "repo": "acme/app",
        "api_url": github.url,
        "allow_private": True,
        "token": "$APP_TOKEN",
        **more,
    }


def many(count: int) -> list[Json]:
    return [
        release(n, f"v{n}", published_at=f"2026-01-{1 + n // 24:02}T{n % 24:02}:00:00Z") for n in range(1, count + 1)
    ]


def test_releases_go_on_record_and_a_second_pull_asks_once_and_changes_nothing(serve: Serve, pulled: Pulled) -> None:
    github = serve(releases=[V1, V2, RC, DRAFT])
    pulled.settings(news=news(github))
    assert "news: 2 files changed; 1 request" in pulled.pull().out
    found = {name: (entry["title"], entry["releases"]) for name, entry in pulled.entries.items()}
    assert found == {"news-1": ("v1.0", "v1.0"), "news-2": ("The big one", "v2.0")}
    assert pulled.on_disk("SECRET") == pulled.on_disk("jo@mailbox") == []
    before = files(pulled.folder)
    assert pulled.pull().out == "news: 0 files changed; 1 request\n"
    assert files(pulled.folder) == before
    page = pulled.site.build()["log/news-2/index.html"].decode()
    assert "v2.0" in page


def test_a_new_release_and_an_edit_are_seen_by_the_next_pull(serve: Serve, pulled: Pulled) -> None:
    github = serve(releases=[V1, V2])
    pulled.settings(news=news(github))
    pulled.pull()
    github.repository.publish("v2.1", "A small one.")
    github.repository.edit_release(2, name="The great one")
    assert "2 files changed; 1 request" in pulled.pull().out
    assert sorted(entry["title"] for entry in pulled.entries.values()) == ["The great one", "v1.0", "v2.1"]


def test_pages_of_releases_that_lead_in_a_circle_are_not_walked_for_ever(serve: Serve, pulled: Pulled) -> None:
    github = serve(releases=[V1, V2])
    pulled.settings(news=news(github))
    github.fault(faults.circle(), times=50)
    assert "its pages lead in a circle" in pulled.pull(code=3).err
    assert len(github.log) == 2


def test_a_deleted_release_is_withdrawn_by_a_full_pull_only_and_says_why(serve: Serve, pulled: Pulled) -> None:
    github = serve(releases=[V1, V2])
    pulled.settings(news=news(github))
    pulled.pull()
    github.repository.delete_release(2)
    assert "0 files changed" in pulled.pull().out
    assert "1 file changed; 2 requests" in pulled.pull("--full").out
    assert pulled.entries["news-2"]["status"] == "withdrawn"
    assert "no longer to be found" in pulled.site.build()["log/news-2/index.html"].decode()
    assert "0 files changed; 1 request" in pulled.pull("--full").out


def test_every_page_is_read_at_first_and_later_only_as_far_as_there_may_be_news(serve: Serve, pulled: Pulled) -> None:
    github = serve(releases=many(230))
    pulled.settings(news=news(github))
    assert "230 files changed; 3 requests" in pulled.pull().out
    for number in range(1, 121):
        github.repository.publish(f"w{number}")
    with asked(github) as paths:
        assert "120 files changed; 2 requests" in pulled.pull().out
    assert sum(paths.values()) == 2
    assert "0 files changed; 1 request" in pulled.pull().out


def test_a_first_pull_that_breaks_off_is_begun_again(serve: Serve, pulled: Pulled) -> None:
    github = serve(releases=many(150))
    pulled.settings(news=news(github))
    github.fault(faults.refuses(404, "Not Found"), at="*/releases", nth=2)
    assert "100 files changed" in pulled.pull(code=3).out
    assert "50 files changed; 2 requests" in pulled.pull().out


def test_what_a_deletion_moves_off_a_page_meanwhile_is_not_taken_for_gone(serve: Serve, pulled: Pulled) -> None:
    github = serve(releases=many(150))
    pulled.settings(news=news(github))
    pulled.pull()
    github.fault(faults.meanwhile(lambda: github.repository.delete_release(150)), at="*/releases")
    assert "0 files changed; 3 requests" in pulled.pull("--full").out
    assert "1 file changed; 3 requests" in pulled.pull("--full").out
    assert pulled.entries["news-150"]["status"] == "withdrawn"


def test_a_release_ends_the_wait_for_what_was_fixed_in_it_and_only_its_own(serve: Serve, pulled: Pulled) -> None:
    fixed = issue(7, "Slow search", closed_at="2026-11-02T10:00:00Z", milestone=milestone("2.1"))
    github, other = serve(issues=[fixed], releases=[V2]), serve(releases=[release(9, "v2.1")])
    app = pulled.source(github, released_by="news")
    pulled.settings(app=app, news=news(github), other=news(other))

    def page() -> str:
        return pulled.site.build()["log/app-7/index.html"].decode()

    pulled.pull()
    assert "Fixed, not yet released" in page()
    github.repository.publish("v2.1", published_at="2026-11-20T10:00:00Z")
    assert "app: 0 files changed; 2 requests\nnews: 1 file changed; 1 request\n" in pulled.pull().out
    assert "Fixed, not yet released" not in (shown := page()).partition('<ol class="line">')[0]
    assert "<dt>Released</dt>" in shown
    assert pulled.entries["app-7"]["status"] == "fixed_unreleased"


def test_other_settings_read_everything_again(serve: Serve, pulled: Pulled) -> None:
    github = serve(releases=[V1, V2, RC])
    pulled.settings(news=news(github))
    pulled.pull()
    pulled.settings(news=news(github, prereleases=True))
    assert "1 file changed" in pulled.pull().out
    pulled.settings(news=news(github))
    assert "1 file changed" in pulled.pull().out
    assert pulled.entries["news-3"]["updates"][0]["body"] == "Withdrawn: it is a pre-release."


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([], "acme/app has no release yet, so nothing goes on record."),
        ([DRAFT], "acme/app has no release yet, so nothing goes on record."),
        (
            [RC],
            "acme/app has one pre-release and no release yet, so nothing goes on record without `prereleases: true`.",
        ),
    ],
)
def test_a_repository_without_releases_says_so_each_time(
    rows: list[Json], line: str, serve: Serve, pulled: Pulled
) -> None:
    github = serve(releases=rows)
    pulled.settings(news=news(github))
    for _ in range(2):
        ran = pulled.pull()
        assert line in " ".join(ran.err.split())
        assert "0 files changed; 1 request" in ran.out
    github.repository.publish("v9")
    assert "1 file changed" in pulled.pull().out


def test_a_list_that_is_suddenly_empty_costs_nothing_on_record(serve: Serve, pulled: Pulled) -> None:
    github = serve(releases=[V1])
    pulled.settings(news=news(github))
    pulled.pull()
    github.repository.delete_release(1)
    ran = pulled.pull("--full", code=3)
    assert "nothing to be found any more of 1 on record" in ran.err
    assert pulled.entries["news-1"].get("status") == "published"
