"""Every kind of page in every state, as browsers of all sorts show it.

`docs/design/page-checks.md` says which pages and conditions these are.
"""

from collections.abc import Iterator
from itertools import combinations, groupby, product

import pytest
from playwright.sync_api import Browser, Page
from tests.browsing import watch
from tests.pages import axe
from tests.pages.conftest import Address
from tests.pages.cover import Place
from tests.pages.looking import CONDITIONS, Conditions, amiss, opened, shifts
from tests.pages.sites import entries_in_every_state

pytestmark = pytest.mark.web

DESK = Conditions(1280, "light", "ltr", scripts=True)


def test_every_kind_of_entry_is_looked_at_in_every_state(looked_at: list[Place]) -> None:
    states = {f"{entry.kind} {entry.status}" for entry in entries_in_every_state()}
    shown = {what for place in looked_at for what in place.shows}
    assert states - shown == set()
    assert len(looked_at) > 50


def test_every_two_conditions_meet() -> None:
    rows = [(row.width, row.scheme, row.direction, row.scripts) for row in CONDITIONS]
    sides = [(320, 768, 1280), ("light", "dark"), ("ltr", "rtl"), (True, False)]
    for first, second in combinations(range(4), 2):
        assert {(row[first], row[second]) for row in rows} == set(product(sides[first], sides[second]))


@pytest.mark.parametrize("conditions", CONDITIONS, ids=str)
def test_no_page_scrolls_sideways_shifts_fails_or_asks_elsewhere(
    looked_at: list[Place], address: Address, browser: Browser, conditions: Conditions
) -> None:
    visits = visited(looked_at, address, browser, conditions)
    wrong = [f"{place} {what}" for place, page, heard in visits for what in (*amiss(page, conditions), *heard)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("conditions", [row for row in CONDITIONS if row.scripts], ids=str)
def test_axe_finds_nothing(
    looked_at: list[Place], address: Address, browser: Browser, conditions: Conditions
) -> None:
    visits = visited(looked_at, address, browser, conditions)
    wrong = [f"{place} {what}" for place, page, _ in visits for what in axe.found(page)]
    assert not wrong, "\n".join(wrong)


def visited(
    places: list[Place], address: Address, browser: Browser, conditions: Conditions
) -> Iterator[tuple[Place, Page, list[str]]]:
    """Yield each place with the page that shows it, and what the browser said of it so far."""
    for name, there in groupby(places, key=lambda place: place.site.name):
        host = address(name, conditions.direction)
        with opened(browser, conditions) as page:
            heard, shifted = watch(page, host), shifts(page)
            for place in there:
                page.goto(host + place.address)
                yield place, page, [*heard, *shifted]
                heard.clear()
                shifted.clear()


FINE = "<!doctype html><link rel=icon href=data:,><style>body { margin: 0; background: white }</style><h1>Fine</h1>"
BROKEN = {
    "scrolls sideways: ['3000 px', '<p style": "<p style='width:3000px'>Wide</p>",
    "shifts while it loads": "<div id=late></div><p>Pushed down</p>"
    "<script>setTimeout(() => late.style.height = '300px', 30)</script>",
    "is not light": "<style>body { background: black }</style>",
    "is not read ltr": "<style>body { direction: rtl }</style>",
    "has 2 headings": "<h1>Another</h1>",
    "asks https://away.example/": "<img src=https://away.example/a.png alt=''>",
    "404 for": "<img src=none.png alt=''>",
    "nothingHere is not defined": "<script>nothingHere()</script>",
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_with_a_page_is_seen(what: str, browser: Browser, broken: Address) -> None:
    with opened(browser, DESK) as page:
        host = broken(FINE + BROKEN[what])
        heard, shifted = watch(page, host), shifts(page)
        page.goto(host)
        page.wait_for_timeout(200)
        assert what in "\n".join([*amiss(page, DESK), *heard, *shifted])


def test_nothing_is_seen_where_nothing_is_wrong(browser: Browser, broken: Address) -> None:
    with opened(browser, DESK) as page:
        host = broken(FINE)
        heard, shifted = watch(page, host), shifts(page)
        page.goto(host)
        assert [*amiss(page, DESK), *heard, *shifted] == []


def test_axe_finds_what_is_wrong(browser: Browser, broken: Address) -> None:
    with opened(browser, DESK) as page:
        page.goto(broken("<title>Broken</title><img src=a.png><a href=/ style='color:#ccc'>Pale</a>"))
        told = "\n".join(axe.found(page))
    for rule in ("image-alt", "color-contrast", "html-has-lang"):
        assert rule in told
