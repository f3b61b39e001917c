"""The whole page can be used by keyboard, in the order in which it is read, and each thing to tap is large enough."""

import pytest
from playwright.sync_api import Browser, expect
from tests.pages import keyboard, pictures
from tests.pages.conftest import Address
from tests.pages.cover import Place
from tests.pages.looking import Conditions, opened

pytestmark = pytest.mark.web

PHONE = Conditions(320, "light", "ltr", scripts=True)
DESK = Conditions(1280, "light", "ltr", scripts=True)
BY_HAND = {"about/", "policy/"}
"""Hand-written pages are Material's to lay out."""


@pytest.mark.parametrize("conditions", [PHONE, DESK], ids=str)
def test_tab_leads_to_everything_in_the_order_of_reading(
    looked_at: list[Place], address: Address, browser: Browser, conditions: Conditions
) -> None:
    wrong = []
    with opened(browser, conditions) as page:
        for place in one_of_each(looked_at):
            page.goto(address(place.site.name) + place.address)
            wrong += [f"{place} {what}" for what in keyboard.amiss(page, fingers=conditions is PHONE)]
    assert not wrong, "\n".join(wrong)


def one_of_each(looked_at: list[Place]) -> list[Place]:
    """Return a page of each kind, and of entries one of each kind, whatever their status."""
    kinds: dict[str, Place] = {}
    for place in looked_at:
        if place.address not in BY_HAND:
            kinds.setdefault(place.kind.partition(" ")[0], place)
    return list(kinds.values())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_menu_opens_and_closes_by_keyboard(browser: Browser, address: Address, scripts: bool) -> None:
    with opened(browser, Conditions(320, "light", "ltr", scripts)) as page:
        page.goto(address("demo"))
        menu = page.locator(".menu nav")
        page.locator(".menu summary").focus()
        expect(menu).not_to_be_visible()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        page.keyboard.press("Tab")
        expect(menu.locator("a").first).to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Space")
        expect(menu).not_to_be_visible()


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (
            "<a href=/a style='outline:none;display:block;padding:20px'>A</a>",
            "“A” has the focus and does not show it",
        ),
        ("<a href=/a style='position:absolute;left:-999px'>A</a>", "“A” has the focus and cannot be seen"),
        ("<a href=/a>A</a>", "“A” is 1"),
        ("<button tabindex=2>B</button><button tabindex=1>A</button>", "of 2 things to use, Tab leads to [1, 0]"),
        (
            "<div style='display:flex;flex-direction:column-reverse'><button>A</button><button>B</button></div>",
            "“B” comes after “A” and stands above it",
        ),
    ],
)
def test_what_is_wrong_by_keyboard_is_seen(html: str, told: str, browser: Browser, broken: Address) -> None:
    with opened(browser, PHONE) as page:
        page.goto(broken(f"<!doctype html><style>:focus-visible {{ outline: 2px solid }}</style><h1>A</h1>{html}"))
        assert told in "\n".join(keyboard.amiss(page, fingers=True))


STRIPS = {"home": "", "entry": "log/2026-11-21-some-card-readers/"}


@pytest.mark.parametrize("name", STRIPS)
def test_a_strip_of_pictures_shows_the_way_of_the_keyboard(
    name: str, browser: Browser, address: Address, request: pytest.FixtureRequest
) -> None:
    kept = pictures.DOCS / f"keyboard-{name}.png"
    with opened(browser, PHONE) as page:
        page.set_viewport_size({"width": 320, "height": 480})
        page.goto(address("demo") + STRIPS[name])
        if not request.config.getoption("--update-pictures"):
            steps = len(list(keyboard.stops(page)))
            assert pictures.kept(kept).info["Steps"] == str(steps), "run `make pictures`"
            return
        shots = [pictures.shot(page) for _ in keyboard.stops(page)]
    pictures.keep(pictures.strip(shots), kept, Steps=str(len(shots)))
