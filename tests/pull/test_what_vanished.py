"""What is gone at a source: a full pull withdraws it and says why, and asks first when it is much."""

from typing import Any

import pytest
from tests.local_github import LocalGitHub, faults, issue, release
from tests.pull.conftest import Serve
from tests.pull.pulled import Pulled, files
from tests.pull.test_releases import news
from tests.sources.feeds import rss, serving

FULL = ("--full", "--allow-vanishing")
WHY = "Withdrawn: it is no longer to be found at the source."


def issues(count: int) -> list[dict[str, Any]]:
    return [issue(n, f"Issue {n}", closed_at="2026-11-05T10:00:00Z", labels=["public"]) for n in range(1, count + 1)]


@pytest.fixture
def thirty(pulled: Pulled, serve: Serve) -> LocalGitHub:
    """Thirty issues that are on record."""
    github = serve(issues=issues(30))
    pulled.settings(app=pulled.source(github, labels=["public"]))
    pulled.pull()
    return github


def withdrawn(pulled: Pulled) -> set[str]:
    return {name for name, entry in pulled.entries.items() if entry["status"] == "withdrawn"}


def test_what_was_deleted_or_moved_away_is_withdrawn_and_its_page_says_why(
    pulled: Pulled, thirty: LocalGitHub
) -> None:
    thirty.repository.delete(3)
    thirty.repository.transfer(4, "acme/shop/issues/1")
    pulled.pull()
    assert withdrawn(pulled) == set()
    assert pulled.pull("--full").out.startswith("app: 2 files changed; ")
    assert withdrawn(pulled) == {"app-3", "app-4"}
    assert [update["body"] for update in pulled.entries["app-4"]["updates"]] == [WHY]
    page = pulled.site.build()["log/app-3/index.html"].decode()
    assert "Issue 3" in page
    assert WHY.removeprefix("Withdrawn: ") in page


def test_a_tenth_may_vanish_without_a_question(pulled: Pulled, thirty: LocalGitHub) -> None:
    for number in (3, 4, 5):
        thirty.repository.delete(number)
    pulled.pull("--full")
    assert withdrawn(pulled) == {"app-3", "app-4", "app-5"}


def test_two_of_a_few_may_vanish_without_a_question(pulled: Pulled, serve: Serve) -> None:
    github = serve(issues=issues(3))
    pulled.settings(app=pulled.source(github))
    pulled.pull()
    github.repository.delete(1)
    github.repository.delete(2)
    pulled.pull("--full")
    assert withdrawn(pulled) == {"app-1", "app-2"}


def test_more_than_a_tenth_stays_until_a_person_says_that_it_is_gone(pulled: Pulled, thirty: LocalGitHub) -> None:
    for number in (3, 4, 5, 6):
        thirty.repository.delete(number)
    before = {path: content for path, content in files(pulled.folder).items() if "state" not in path}
    marks = pulled.state()["marks"]
    ran = pulled.pull("--full", code=3)
    assert ran.err.endswith(
        "error: content/record/pulled/app: "
        "4 of 30 entries are no longer to be found at the source, so none was withdrawn\n"
        "    look for app-3, app-4, app-5, app-6; "
        'if they are gone, run "onrecord pull app --full --allow-vanishing"\n'
    )
    pulled.pull()
    assert {path: content for path, content in files(pulled.folder).items() if "state" not in path} == before
    assert pulled.state()["marks"] == marks
    pulled.pull(*FULL)
    assert withdrawn(pulled) == {"app-3", "app-4", "app-5", "app-6"}
    assert pulled.pull(*FULL).out.startswith("app: 0 files changed; ")


def test_the_names_of_very_many_are_cut(pulled: Pulled, thirty: LocalGitHub) -> None:
    for number in range(1, 26):
        thirty.repository.delete(number)
    assert ", app-19, app-20 and 5 more; if" in pulled.pull("--full", code=3).err


def test_other_settings_that_lose_much_are_asked_about_again_and_again(pulled: Pulled, thirty: LocalGitHub) -> None:
    for number in range(1, 7):
        thirty.repository.label(number, "billing")
    pulled.settings(app=pulled.source(thirty, labels=["billing"]))
    for _ in range(2):
        assert "24 of 30 entries are no longer to be found" in pulled.pull(code=3).err
        assert withdrawn(pulled) == set()
    pulled.pull(*FULL)
    assert len(withdrawn(pulled)) == 24
    assert pulled.pull().out.startswith("app: 0 files changed; ")


def test_many_releases_are_asked_about_too(pulled: Pulled, serve: Serve) -> None:
    github = serve(releases=[release(n, f"v{n}.0") for n in range(1, 31)])
    pulled.settings(news=news(github))
    pulled.pull()
    for number in (3, 4, 5, 6):
        github.repository.delete_release(number)
    assert "4 of 30 entries are no longer to be found" in pulled.pull("--full", code=3).err
    assert withdrawn(pulled) == set()
    pulled.pull(*FULL)
    assert withdrawn(pulled) == {"news-3", "news-4", "news-5", "news-6"}


def test_an_empty_answer_and_a_failing_one_prove_nothing_whatever_a_person_says(
    pulled: Pulled, thirty: LocalGitHub
) -> None:
    thirty.fault(faults.change(lambda rows: []), at="*/issues", nth=2)
    assert "nothing to be found any more of 30 on record" in pulled.pull(*FULL, code=3).err
    thirty.fault(faults.refuses(404, "Not Found"), at="*/issues", nth=2)
    pulled.pull(*FULL, code=3)
    assert withdrawn(pulled) == set()


def test_a_feed_is_a_window_and_proves_nothing(pulled: Pulled) -> None:
    items = [f"<title>Item {n}</title><guid>{n}</guid>" for n in range(1, 7)]
    feed = {"type": "feed", "allow_private": True}
    with serving(rss(*items)) as server:
        pulled.settings(news=feed | {"url": server.url})
        pulled.pull()
    with serving(rss(*items[:1])) as server:
        pulled.settings(news=feed | {"url": server.url})
        pulled.pull(*FULL)
    assert (len(pulled.entries), withdrawn(pulled)) == (6, set())


def test_to_allow_it_without_asking_for_everything_makes_no_sense(pulled: Pulled) -> None:
    assert "--allow-vanishing goes with --full only." in pulled.pull("--allow-vanishing", code=2).err
