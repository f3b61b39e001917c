"""What is allowed, but hardly meant."""

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
    whole = "See [us](https://acme.example/) or [write](mailto:us@acme.example).\n"
    assert "cannot follow" not in warned(site, whole)


@pytest.mark.parametrize("name", ["content/entries/late.md.txt", "content/entries/late.MD", "content/voices.yaml"])
def test_a_file_that_is_not_read(site: Site, name: str) -> None:
    site.write(name, "---\n")
    assert f"{name}: this file is not read" in site.run("check").err
