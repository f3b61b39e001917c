"""Lines of what was typed at GitHub break as they do there."""

import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from onrecord import words
from onrecord.model.scalars import LONGEST_TEXT
from onrecord.sources.github.typed import typed

FENCE = "```sh\ncat <<END\nEND\n```"


def at_github(text: str) -> str:
    html: str = cmarkgfm.github_flavored_markdown_to_html(text.strip(), Options.CMARK_OPT_HARDBREAKS)
    return html


def in_a_file(text: str) -> str:
    html: str = cmarkgfm.github_flavored_markdown_to_html(text)
    return html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\nTwo\r\nThree\n\nFour\n", "<p>One<br>Two<br>Three</p>\n<p>Four</p>"),
        ("- One\n  Two\n- Three", "<ul>\n<li>One<br>Two</li>\n<li>Three</li>\n</ul>"),
        (None, ""),
    ],
)
def test_a_new_line_shows_as_one(text: str | None, html: str) -> None:
    assert str(words.render(typed(text)).html).replace("<br>\n", "<br>") == html


@pytest.mark.parametrize(
    "text",
    [
        FENCE,
        f"> {FENCE}".replace("\n", "\n> "),
        f"1. {FENCE}".replace("\n", "\n   "),
        "~~~\nA\n```\nB\n~~~",
        "A\\\nB",
        "A  \nB",
    ],
)
def test_code_and_what_breaks_already_stay_as_they_were_typed(text: str) -> None:
    assert typed(text) == text


PARAGRAPHS = ["One", "Two  ", "  more", "*a", "b*", "<b>x</b>", "[a]: /b", "https://a.example/", "- [ ] Task"]
BLOCKS = [
    "# Head",
    "===",
    "---",
    "- Item",
    "1. First",
    "> Quote",
    "| a | b |",
    "|---|---|",
    "<details>",
    "</details>",
]
CODE = ["```", "~~~~", "```sh", "    code"]
LINES = st.sampled_from(["", "\t", *PARAGRAPHS, *BLOCKS, *CODE])


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_any_text_breaks_where_github_breaks_it(text: str) -> None:
    assert _without_ends(in_a_file(typed(text))) == _without_ends(at_github(text))


def _without_ends(html: str) -> str:
    # Spaces at the end of a line show nothing, not in code either.
    return re.sub(r" +$", "", html, flags=re.MULTILINE)


@given(st.text(st.sampled_from("ab \n\t`~>-\\"), max_size=60))
def test_what_was_typed_stays_but_for_spaces_at_the_ends_of_lines(text: str) -> None:
    def ends(said: str) -> list[str]:
        return [line.rstrip(" ") for line in said.strip().split("\n")]

    assert ends(typed(text)) == ends(text)


def test_a_text_that_is_too_long_with_its_breaks_is_cut() -> None:
    assert len(typed("a\n" * LONGEST_TEXT)) <= LONGEST_TEXT
