"""What our script adds to a page, and that nothing of it is there without it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browsing import watch
from tests.own_site import FrameCache, Site
from tests.serving import served

pytestmark = pytest.mark.web

NOW = "2026-11-21 09:30"
DARK, LIGHT = "rgb(19, 22, 26)", "rgb(255, 255, 255)"
MOVED = """() => new Promise((told) => {
  let score = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (score += entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(score), 100);
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, frame_cache: FrameCache) -> Iterator[str]:
    """A site below a path of its host, in Madrid, with an open incident that promises an update."""
    site = Site(tmp_path_factory.mktemp("script") / "acme", frame_cache)
    site.write(
        "site_config.yml",
        "site:\n  title: Acme\n  url: https://acme.example/record/\n  timezone: Europe/Madrid\n",
    )
    site.write("content/pages/policy.md", '# Policy\n\n=== "One"\n    1\n=== "Two"\n    2\n')
    site.entry(
        "no-payments",
        "kind: incident\nstatus: investigating\ntitle: No payments\nopened: 2026-11-21 09:00\nimpact: major",
        "## 2026-11-21 09:10 investigating, next 10:00\n\nWe are looking.\n",
    )
    site.build(NOW)
    with served(site.out, "/record/") as address:
        yield address


@pytest.fixture
def opened(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in a phone in London at ten past; a test changes that by its parameter."""
    context = browser.new_context(
        **{"viewport": {"width": 320, "height": 640}, "timezone_id": "Europe/London", "color_scheme": "light"}
        | getattr(request, "param", {})
    )
    page = context.new_page()
    page.clock.install(time="2026-11-21T08:40:00Z")
    wrong = watch(page, address)
    yield page
    assert wrong == []
    context.close()


def ground(page: Page) -> Any:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_switch_turns_every_page_dark_and_stays(opened: Page, address: str) -> None:
    opened.goto(address)
    opened.get_by_role("button", name="Dark colours").click()
    assert ground(opened) == DARK
    for path in ("", "log/no-payments/", "policy/"):
        opened.goto(address + path)
        assert ground(opened) == DARK, path
        assert opened.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    opened.get_by_role("button", name="Light colours").click()
    opened.reload()
    assert ground(opened) == LIGHT
    assert opened.evaluate("localStorage.onrecord") == "", "whoever is back at the system's scheme follows it again"


def test_the_first_thing_that_is_painted_is_in_the_chosen_scheme(opened: Page, address: str) -> None:
    opened.goto(address)
    opened.get_by_role("button", name="Dark colours").click()
    opened.add_init_script(
        "window.seen = []; new MutationObserver(() => document.body &&"
        " seen.push(getComputedStyle(document.body).backgroundColor)).observe(document, {childList: true,"
        " subtree: true})"
    )
    opened.reload()
    assert set(opened.evaluate("seen")) == {DARK}


@pytest.mark.parametrize("opened", [{"color_scheme": "dark"}], indirect=True)
def test_a_dark_system_can_be_turned_light_and_paper_is_always_white(opened: Page, address: str) -> None:
    opened.goto(address)
    assert ground(opened) == DARK
    opened.get_by_role("button", name="Light colours").click()
    assert ground(opened) == LIGHT
    opened.emulate_media(media="print", color_scheme="light")
    assert ground(opened) == LIGHT
    opened.emulate_media(media="screen", color_scheme="light")
    opened.get_by_role("button", name="Dark colours").click()
    assert ground(opened) == DARK
    opened.emulate_media(media="print", color_scheme="light")
    assert ground(opened) == LIGHT
    assert opened.get_by_role("button").count() == 0


@pytest.mark.parametrize("path", ["", "log/no-payments/"])
def test_the_readers_own_time_stands_beside_the_printed_one(opened: Page, address: str, path: str) -> None:
    opened.goto(address + path)
    said = opened.locator(".state").inner_text()
    assert "10:00 CET (Sat 09:00 where you are)" in said
    assert opened.evaluate(MOVED) == 0


@pytest.mark.parametrize("opened", [{"timezone_id": "Europe/Berlin"}], indirect=True)
def test_a_reader_whose_clock_is_the_printed_one_is_told_once(opened: Page, address: str) -> None:
    opened.goto(address)
    assert "10:00 CET." in opened.locator(".state").inner_text()
    assert "where you are" not in opened.locator("body").inner_text()


@pytest.mark.parametrize("opened", [{"timezone_id": "Australia/Sydney"}], indirect=True)
def test_another_day_is_named(opened: Page, address: str) -> None:
    opened.goto(address)
    assert "10:00 CET (Sat 20:00 where you are)" in opened.locator(".state").inner_text()


@pytest.mark.parametrize("path", ["", "log/no-payments/", "policy/", "nothing-here/"])
@pytest.mark.parametrize(
    ("clock", "told"),
    [
        ("2026-11-21T11:29:00Z", ""),
        ("2026-11-21T11:45:00Z", "This record was last checked 3 hours ago."),
        ("2026-11-24T09:00:00Z", "This record was last checked 3 days ago."),
    ],
)
def test_a_record_that_nobody_checks_says_so(
    browser: Browser, address: str, path: str, clock: str, told: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.clock.install(time=clock)
    with page.expect_response(address + "build.json"):
        page.goto(address + path)
    page.clock.run_for(200)
    notice = page.get_by_role("status").last
    expect(notice).to_have_text(told)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    page.close()


def test_an_old_page_out_of_a_cache_says_nothing_when_the_record_is_looked_after(opened: Page, address: str) -> None:
    opened.goto(address)
    opened.clock.set_fixed_time("2026-11-24T09:00:00Z")
    fresh = '{"built_at": "2026-11-24T08:47:00Z", "fresh_until": "2026-11-24T11:47:00Z"}'
    opened.route("**/build.json", lambda route: route.fulfill(body=fresh, content_type="application/json"))
    with opened.expect_response("**/build.json"):
        opened.goto(address)
    assert opened.locator(".stale").inner_text() == ""


def test_search_brings_its_program_with_the_first_letter_and_once(opened: Page, address: str) -> None:
    asked: list[str] = []
    program = "export const start = (form) => (form.title = form.title + 'started ')"

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(body=program, content_type="text/javascript")

    opened.route("**/search.js", answer)
    opened.goto(address)
    opened.evaluate("document.body.insertAdjacentHTML('beforeend', '<form id=f data-search><input name=x></form>')")
    opened.locator("#f input").focus()
    assert asked == []
    opened.keyboard.type("card")
    expect(opened.locator("#f")).to_have_attribute("title", "started ")
    assert asked == [address + "assets/search.js"]


def test_escape_closes_the_menu_and_goes_back_to_its_button(opened: Page, address: str) -> None:
    opened.goto(address)
    opened.locator(".menu summary").press("Enter")
    opened.keyboard.press("Tab")
    assert opened.locator(".menu nav").is_visible()
    opened.keyboard.press("Escape")
    assert not opened.locator(".menu nav").is_visible()
    assert opened.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.parametrize("path", ["", "log/no-payments/", "policy/"])
def test_without_scripts_nothing_of_it_is_there(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    assert not page.locator(".scheme").is_visible()
    assert page.locator(".stale").inner_text() == ""
    assert "where you are" not in page.locator("body").inner_text()
    page.locator(".menu summary").press("Enter")
    assert page.locator(".menu nav").is_visible()
    page.locator("main a").first.focus()
    context.close()


def test_an_open_menu_does_not_lie_over_what_has_the_focus(opened: Page, address: str) -> None:
    opened.goto(address + "log/")
    opened.locator(".menu summary").press("Enter")
    for _ in range(20):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.closest('main') !== null"):
            break
    assert not opened.locator(".menu nav").is_visible()


def test_a_browser_that_forbids_to_keep_anything_has_all_but_the_switch(browser: Browser, address: str) -> None:
    page = browser.new_page(timezone_id="Europe/London")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.goto(address)
    assert "where you are" in page.locator(".state").inner_text()
    assert not page.locator(".scheme").is_visible()
    page.close()


def test_what_is_served_is_below_two_thousand_bytes(browser: Browser, address: str) -> None:
    page = browser.new_page()
    assert len(page.request.get(address + "assets/onrecord.js").body()) < 2000
    page.close()


def test_a_page_does_not_move_when_all_of_it_is_there(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, timezone_id="America/New_York")
    page.clock.install(time="2026-11-24T09:00:00Z")
    page.goto(address)
    page.clock.resume()
    expect(page.locator(".stale")).not_to_be_empty()
    assert page.evaluate(MOVED) == 0
    page.close()
