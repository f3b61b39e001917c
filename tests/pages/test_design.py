"""The page of all parts leaves none out."""

import re

from tests.pages.design import PAGE, parts

from onrecord.our_code import OURS

MACROS = set(re.findall(r"{% macro (\w+)", (OURS / "macros.html").read_text("utf-8")))


def test_every_part_is_on_the_page_of_all_parts() -> None:
    missing = MACROS - parts(PAGE.read_text("utf-8"))
    assert missing == set(), "show each in every state in tests/pages/design.html"


def test_a_part_that_is_not_shown_would_be_missed() -> None:
    assert "icon" in parts("{{ macros.chip(entry) }}"), "a chip is made of one"
    assert "bars" not in parts("{{ macros.chip(entry) }}")
