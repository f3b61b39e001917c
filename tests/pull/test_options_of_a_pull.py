"""Only some sources, saved answers, a dry run, no token: what can be said to a pull."""

import json

import pytest
from tests.local_github import LocalGitHub, issue
from tests.own_site import FrameCache, Site, read_all
from tests.pull.conftest import Serve, everything
from tests.pull.pulled import TOKEN, Pulled, asked, files


def test_a_dry_run_says_what_would_change_and_writes_nothing(pulled: Pulled, github: LocalGitHub) -> None:
    before = files(pulled.site.root)
    assert pulled.pull("--dry-run").out.startswith("app: 3 files changed; ")
    assert files(pulled.site.root) == before
    pulled.pull()
    before = files(pulled.site.root)
    github.clock.sleep(3600)
    github.repository.reopen(1)
    assert pulled.pull("--dry-run").out.startswith("app: 1 file changed; ")
    assert files(pulled.site.root) == before


@pytest.mark.parametrize("form", ["array", "lines"])
def test_saved_answers_are_read_without_the_network(pulled: Pulled, github: LocalGitHub, form: str) -> None:
    rows = [*everything()["issues"], *everything()["comments"]]
    text = json.dumps(rows) if form == "array" else "\n".join(map(json.dumps, rows))
    saved = pulled.site.write("saved/answer.json", text)
    assert pulled.pull("--load", str(saved)).out == "app: 3 files changed; 0 requests\n"
    saved.unlink()
    assert github.log == []
    assert pulled.on_record("OFFICIAL-12") == ["content/record/pulled/app/2026/app-1.json"]
    assert pulled.on_disk("OUTSIDE") == []
    pulled.pull()
    assert pulled.on_record("OFFICIAL-12") == ["content/record/pulled/app/2026/app-1.json"]


def test_a_saved_answer_that_is_none_is_a_clear_problem(pulled: Pulled) -> None:
    saved = pulled.site.write("saved.html", "<html>")
    ran = pulled.pull("--load", str(saved), code=1)
    assert "saved.html: this saved answer cannot be used: line 1 is not JSON" in ran.err


def test_saved_answers_belong_to_one_source(pulled: Pulled, serve: Serve, github: LocalGitHub) -> None:
    pulled.settings(app=pulled.source(github), shop=pulled.source(serve()))
    saved = pulled.site.write("saved.json", json.dumps(everything()["issues"]))
    ran = pulled.pull("--load", str(saved), code=1)
    assert "saved answers are of one source, and there are 2 here: app, shop" in ran.err
    assert pulled.entries == {}
    pulled.pull("shop", "--load", str(saved))
    assert [*pulled.entries] == ["shop-1", "shop-2", "shop-3"]


def test_two_sources_keep_their_own_records_and_one_of_them_can_be_pulled_alone(
    pulled: Pulled, serve: Serve, github: LocalGitHub
) -> None:
    shop = serve(issues=[issue(1, "Where is my parcel?", closed_at="2026-11-04T10:00:00Z")], repo="acme/shop")
    pulled.settings(app=pulled.source(github), shop=pulled.source(shop))
    ran = pulled.pull("shop")
    assert ran.out.startswith("shop: 1 file changed; ")
    assert github.log == []
    pulled.pull()
    assert [*pulled.entries] == ["app-1", "app-2", "app-3", "shop-1"]
    before = files(pulled.folder)
    with asked(github) as of_app, asked(shop) as of_shop:
        pulled.pull()
    assert of_app == of_shop == {"issues": 1, "issues/comments": 1}
    assert files(pulled.folder) == before
    home = pulled.site.build()["index.html"].decode()
    assert "GitHub, acme/app" in home
    assert "GitHub, acme/shop" in home


def test_a_source_that_is_not_there_is_told_with_a_guess(pulled: Pulled, github: LocalGitHub) -> None:
    ran = pulled.pull("ap", code=1)
    assert 'site_config.yml: there is no source "ap". Did you mean "app"?\n    known here: app' in ran.err
    assert github.log == []


def test_a_site_without_sources_has_nothing_to_pull(site: Site) -> None:
    ran = Pulled(site).pull()
    assert ran.err == "No sources are set in site_config.yml, so there is nothing to pull.\n"


def test_without_a_token_the_limit_and_the_need_are_said_before_the_answers_are_read(
    pulled: Pulled, serve: Serve
) -> None:
    rows = [issue(n, f"Issue {n}", closed_at=f"2026-11-{n // 24 + 1:02}T{n % 24:02}:00:00Z") for n in range(1, 251)]
    github = serve(issues=rows, token=None)
    pulled.settings(app=pulled.source(github, token=False))
    ran = pulled.pull()
    assert "Without a token GitHub answers 60 requests an hour" in ran.err
    assert "Set the environment variable that `token:` names" in ran.err
    assert ran.said.startswith(ran.err)
    assert len(pulled.entries) == 250


def test_the_same_answers_in_the_same_second_give_the_same_bytes(
    pulled: Pulled, github: LocalGitHub, frame_cache: FrameCache
) -> None:
    records = []
    for name in ("one", "other"):
        there = Pulled(Site(pulled.site.root / name, frame_cache))
        there.settings(app=there.source(github))
        there.pull_at(github)
        records.append(read_all(there.folder))
        github.clock.sleep(0.4)
    assert records[0] == records[1]
    assert b'"fetched_at":"2026-11-21T09:00:00Z"' in records[0]["pulled/app/2026/app-1.json"].replace(b" ", b"")


def test_a_pull_keeps_no_secret_and_no_words_in_how_it_went(pulled: Pulled) -> None:
    pulled.pull()
    told = json.loads((pulled.site.root / "build/pull.json").read_bytes())
    assert set(told) == {"at", "sources"}
    (source,) = told["sources"]
    assert {name: source[name] for name in ("name", "title", "failed")} == {
        "name": "app",
        "title": "GitHub, acme/app",
        "failed": None,
    }
    assert TOKEN not in str(told)
