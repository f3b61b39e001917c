"""A person's file over a pulled entry, while the tracker goes on."""

from datetime import timedelta

from tests.local_github import LocalGitHub
from tests.pull.pulled import Pulled

WORDS = """---
title: The payment page stays white
do_now: Load the page again.
---
## 2026-11-20 09:00 workaround, by ana

Loading it again helps.
"""


def page(pulled: Pulled) -> str:
    return pulled.site.build("2026-12-24 09:00")["log/app-2/index.html"].decode()


def test_pulling_again_never_touches_a_persons_words_and_newer_news_from_upstream_wins(
    pulled: Pulled, github: LocalGitHub
) -> None:
    pulled.pull_at(github)
    file = pulled.site.write("content/entries/app-2.md", WORDS)
    assert "Workaround available" in page(pulled)
    assert "The payment page stays white" in page(pulled)

    github.clock.move(timedelta(days=30).total_seconds())
    github.repository.close(2)
    pulled.pull_at(github)
    assert file.read_text("utf-8") == WORDS
    after = page(pulled)
    assert "The payment page stays white" in after
    assert "Loading it again helps." in after
    assert "Workaround available · " not in after
    assert "<span>Fixed</span>" in after
    assert pulled.entries["app-2"]["status"] == "resolved"
    assert "payment page" not in str(pulled.entries)


def test_an_overlay_whose_base_was_never_pulled_says_so(pulled: Pulled) -> None:
    pulled.pull()
    pulled.site.write("content/entries/app-99.md", WORDS)
    said = pulled.site.run("check").err
    assert 'this file adds words to "app-99", which is not on record: "app" never brought it, or lost it' in said
