"""Going through a page by keyboard alone: where each press of Tab leads, and what is wrong there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

Stop = dict[str, Any]
LEAST = 44
"""px that a finger needs; a link within a sentence is excepted, as WCAG 2.5.8 does."""

_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")


def stops(page: Page) -> Iterator[Stop]:
    """Press Tab until the keyboard has left the page; yields where it is each time, as long as it is there."""
    here = page.evaluate_handle(_SCRIPT)
    first: int | None = None
    for _ in range(500):
        page.keyboard.press("Tab")
        stop = here.evaluate("(here, least) => here.now(least)", LEAST)
        if stop is None or stop["number"] == first:  # a browser without a bar of its own begins anew
            return
        first = stop["number"] if first is None else first
        yield stop
    raise AssertionError(f"{page.url}: the keyboard never gets out")


def amiss(page: Page, *, fingers: bool) -> list[str]:
    """Return what is wrong with a page for those who use it by keyboard; `fingers` measures what they would tap."""
    expected = page.evaluate(f"{_SCRIPT}.length")
    wrong: list[str] = []
    visited: list[Stop] = []
    for stop in stops(page):
        if not stop["seen"]:
            wrong.append(f"“{stop['name']}” has the focus and cannot be seen")
        if not stop["ringed"]:
            wrong.append(f"“{stop['name']}” has the focus and does not show it")
        if visited and stop["bottom"] <= visited[-1]["top"]:
            wrong.append(f"“{stop['name']}” comes after “{visited[-1]['name']}” and stands above it")
        if fingers and not stop["inText"] and min(stop["wide"], stop["high"]) < LEAST:
            wrong.append(f"“{stop['name']}” is {stop['wide']} × {stop['high']} px to a finger")
        visited.append(stop)
    order = [stop["number"] for stop in visited]
    if order != list(range(expected)):
        wrong.append(f"of {expected} things to use, Tab leads to {order}")
    return wrong
