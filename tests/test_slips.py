"""What is allowed, but hardly meant."""

import json

import pytest
from tests.own_site import Site

FACTS = "---\nkind: incident\ntitle: Mail is late\nopened: 2026-11-21 08:00\n---\n"


def warned(site: Site, words: str) -> str:
    site.write("content/entries/late-mail.md", FACTS + words)
    ran = site.run("check")
    assert ran.code == 0
    return ran.err


@pytest.mark.parametrize(
    "heading",
    ["21 November 2026 resolved", "21.11.2026", "Resolved", "In progress", "next 09:45", "We look into it, by ana"],
)
def test_a_heading_that_looks_like_an_update_and_is_none(site: Site, heading: str) -> None:
    assert f'content/entries/late-mail.md:7: this heading looks like an update: "{heading}"' in warned(
        site, f"Words.\n## {heading}\n"
    )


@pytest.mark.parametrize("heading", ["What happened", "Who was affected", "In 2026", "By design"])
def test_other_headings_are_parts_of_the_story(site: Site, heading: str) -> None:
    assert "looks like an update" not in warned(site, f"## {heading}\n")


@pytest.mark.parametrize("link", ["2026-11-21-cards.md", "/log/cards/", "../cards/", "cards"])
def test_a_link_that_readers_cannot_follow(site: Site, link: str) -> None:
    said = warned(site, f"See [the incident]({link}).\n")
    assert f'content/entries/late-mail.md:6: readers cannot follow this link: "{link}"' in said
    whole = "See [us](https://acme.example/) or [write](mailto:noreply@acme.example).\n"
    assert "cannot follow" not in warned(site, whole)


@pytest.mark.parametrize("name", ["content/entries/late.md.txt", "content/entries/late.MD", "content/voices.yaml"])
def test_a_file_that_is_not_read(site: Site, name: str) -> None:
    site.write(name, "---\n")
    assert f"{name}: this file is not read" in site.run("check").err


@pytest.mark.parametrize("marks", ["#", "###", "####"])
def test_a_dated_heading_of_another_level_is_no_update(site: Site, marks: str) -> None:
    assert "looks like an update" in warned(site, f"{marks} 2026-11-21 09:00 withdrawn\n")


def test_what_a_comment_takes_from_a_value(site: Site) -> None:
    facts = "kind: incident\ntitle: Ünser App schließt # beim Start\nopened: 2026-11-20\n"
    site.entry("app", facts)
    assert 'app.md:3:8: what follows the # is not part of "title"' in site.run("check").err
    site.entry("app", facts.replace(" # ", " #"))
    assert "what follows the #" in site.run("check").err
    site.entry("app", facts.replace(" # beim Start", ""))
    assert "Nothing is wrong" in site.run("check").err


def test_a_time_that_is_still_to_come(site: Site) -> None:
    site.entry("news", "kind: announcement\ntitle: News\nopened: 2099-01-01\n")
    assert '"opened" is still to come, but the entry is published now' in site.run("check").err
    site.entry("news", "kind: announcement\ntitle: News\nopened: 2099-01-01\npublish_at: 2099-01-01\n")
    assert "Nothing is wrong" in site.run("check").err
    site.entry("news", "kind: incident\ntitle: News\nopened: 2026-01-01\n", "## 2099-01-02 resolved\n")
    assert "news.md:6: the update of 2099-01-02 00:00 UTC is still to come" in site.run("check").err


@pytest.mark.parametrize(
    ("overlay", "place"), [(False, "record/pulled/app/2026/app-1.json"), (True, "entries/app-1.md:2:11")]
)
def test_a_fix_that_waits_for_a_release_of_another_name(overlay: bool, place: str, site: Site) -> None:
    waits = {"kind": "issue", "status": "fixed_unreleased", "closed": "2026-11-12T10:00:00Z", "released_by": "out"}
    out = {"kind": "announcement", "status": "published", "releases": "v6.3.0", "source": {"name": "out"}}
    for source, number, facts in [("app", 1, {**waits, "fixed_in": "6.3"}), ("out", 2, out)]:
        plain = {"id": f"{source}-{number}", "title": "A", "opened": "2026-11-10T10:00:00Z", **facts}
        site.write(f"content/record/pulled/{source}/2026/{source}-{number}.json", json.dumps(plain))
    if overlay:
        site.entry("app-1", "fixed_in: 6.3")
    said = site.run("check").err
    assert f'content/{place}: this is said to be fixed in "6.3", of which "out" knows no release' in said
    assert 'write into content/entries/app-1.md which release has it, like "fixed_in: v6.3.0"' in said
    site.entry("app-1", "fixed_in: 6.3.0")
    assert "Nothing is wrong" in site.run("check").err


def test_a_correction_whose_wrong_words_still_stand(site: Site) -> None:
    facts = (
        "kind: announcement\ntitle: News\nopened: 2026-11-20\ncorrections:\n"
        "  - {at: 2026-11-21, was: All cards are declined., now: Debit cards are declined., why: A mistake.}\n"
    )
    site.entry("news", facts, "All cards are declined.\n")
    assert 'the entry still says what was corrected: "All cards are declined."' in site.run("check").err
    site.entry("news", facts, "Debit cards are declined.\n")
    assert "Nothing is wrong" in site.run("check").err
