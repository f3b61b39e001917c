"""Search as readers meet it: as they type, by a link, by keyboard, without a script, below a path of the host."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browsing import watch
from tests.own_site import FrameCache, Site
from tests.serving import served

pytestmark = pytest.mark.web

SETTINGS = """
site:
  title: Acme
  url: https://acme.example/record/
  tell_us: https://acme.example/tell-us
"""
HOSTILE = "<img src=x onerror=alert(1)> &lt;b&gt; <mark>zebra</mark> <script>alert(2)</script>"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, frame_cache: FrameCache) -> Iterator[str]:
    """A site with entries of two years, one of them hostile, and twelve that differ little."""
    site = Site(tmp_path_factory.mktemp("search") / "acme", frame_cache)
    site.write("site_config.yml", SETTINGS)
    site.write("content/components.yml", "payments:\n  name: Card payments\nmail:\n  name: Mail\n")
    site.entry(
        "cards-declined",
        "kind: incident\nstatus: identified\ntitle: Cards declined in shops\nopened: 2026-11-21 08:02\n"
        "impact: major\ncomponents: [payments]\ndo_now: Pay in the app.",
        "## 2026-11-21 08:20 identified\n\nA terminal refuses every second payment.\n",
    )
    site.entry(
        "charged-twice",
        "kind: issue\nstatus: resolved\ntitle: Charged twice by card\nopened: 2025-03-02\nclosed: 2025-03-04\n"
        "components: [payments]",
        "## 2025-03-04 resolved\n\nWe paid it back to everybody.\n",
    )
    site.entry("hostile", f"kind: issue\nstatus: reported\ntitle: '{HOSTILE}'\nopened: 2026-11-20", f"{HOSTILE}\n")
    site.entry("sundays", "kind: announcement\ntitle: Open on Sundays\nopened: 2026-10-01", "Come and see.\n")
    for day in range(1, 13):
        facts = f"kind: issue\nstatus: resolved\ntitle: Mail {day} came late\nopened: 2026-05-{day:02}"
        site.entry(
            f"mail-{day}",
            f"{facts}\nclosed: 2026-06-01\ncomponents: [mail]",
            "## 2026-06-01 resolved\n\nIt is on time again.\n",
        )
    site.build()
    with served(site.out, "/record/") as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a phone; a test changes that by its parameter."""
    context = browser.new_context(**{"viewport": {"width": 320, "height": 640}} | getattr(request, "param", {}))
    page = context.new_page()
    wrong = watch(page, address)
    yield page
    assert wrong == []
    context.close()


def rows(page: Page) -> Locator:
    return page.locator(".found li")


def said(page: Page) -> Locator:
    return page.locator(".found [role=status]")


def asked(page: Page) -> list[str]:
    """Return a list that fills with every address that the page asks for."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


@pytest.mark.parametrize("path", ["", "known/", "log/cards-declined/", "nothing-here/"])
def test_nothing_of_search_is_loaded_before_a_reader_types(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page()
    found = asked(page)
    page.goto(address + path, wait_until="networkidle")
    assert found
    assert not [url for url in found if "search" in url]
    page.close()


def test_the_search_page_loads_its_script_and_no_index_before_a_reader_types(page: Page, address: str) -> None:
    found = asked(page)
    page.goto(f"{address}search/", wait_until="networkidle")
    assert [url.removeprefix(address) for url in found if "search" in url] == ["search/", "assets/search.js"]


def test_the_first_page_shows_what_matches_while_a_reader_types(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Find your problem").press_sequentially("declin")
    row = rows(page).filter(has_text="Cards declined in shops")
    expect(row.locator(".chip.is-bad svg.icon")).to_have_count(1)
    expect(row.locator(".chip")).to_have_text("Cause found · major")
    expect(row.locator(".meta")).to_contain_text("Do now: Pay in the app. Since 21 Nov 2026")
    row.get_by_role("link").click()
    assert page.url == f"{address}log/cards-declined/"


def test_a_page_that_does_not_exist_can_be_searched_on(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}log/nothing/here/")
    page.get_by_label("Find your problem").press_sequentially("twice")
    rows(page).get_by_role("link", name="Charged twice by card").click()
    assert page.url == f"{address}log/charged-twice/"
    page.close()


def test_both_years_are_searched_and_what_is_open_comes_first(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=card")
    expect(rows(page)).to_have_count(2)
    assert rows(page).locator("a").all_inner_texts() == ["Cards declined in shops", "Charged twice by card"]
    expect(said(page)).to_have_text("What matches, the closest first:")


def test_a_search_can_be_narrowed_linked_to_and_gone_back_to(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    page.get_by_label("Find your problem").fill("card")
    expect(rows(page)).to_have_count(2)
    page.get_by_label("State").select_option("Fixed or done")
    expect(rows(page)).to_have_count(1)
    assert page.url == f"{address}search/?q=card&state=fixed"
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Search").last.click()
    page.get_by_label("State").select_option("All states")
    page.get_by_label("Find your problem").fill("sundays")
    expect(rows(page).locator("a")).to_have_text(["Open on Sundays"])
    page.go_back()
    expect(rows(page).locator("a")).to_have_text(["Charged twice by card"])
    expect(page.get_by_label("State")).to_have_value("fixed")
    page.go_back()
    expect(rows(page)).to_have_count(0)
    assert page.url == f"{address}search/"


def test_filters_alone_list_the_newest_first(page: Page, address: str) -> None:
    page.goto(f"{address}search/?component=payments")
    expect(said(page)).to_have_text("What is on record, the newest first:")
    assert rows(page).locator("a").all_inner_texts() == ["Cards declined in shops", "Charged twice by card"]
    page.goto(f"{address}search/?kind=announcement")
    expect(rows(page).locator("a")).to_have_text(["Open on Sundays"])


def test_a_problem_told_in_a_sentence_finds_what_has_some_of_its_words_the_open_ones_first(
    page: Page, address: str
) -> None:
    page.goto(f"{address}search/?q=no+mail+and+my+card+declined+on+sundays")
    expect(said(page)).to_have_text("Nothing has all of these words. What has some of them:")
    expect(rows(page).first.locator("a")).to_have_text("Cards declined in shops")
    expect(rows(page).locator("a").get_by_text("Open on Sundays")).to_have_count(1)


def test_what_is_not_on_record_is_said_with_ways_on(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=xyzzy")
    expect(said(page)).to_have_text("Nothing on record matches. Not listed? Tell us")
    assert said(page).get_by_role("link").get_attribute("href") == "https://acme.example/tell-us"
    expect(page.locator(".ways").get_by_role("link", name="Known issues")).to_be_visible()
    page.get_by_label("Find your problem").fill("card")
    expect(page.locator(".ways")).to_be_hidden()


def test_words_that_stand_only_in_the_text_are_shown_where_they_stand(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=terminal")
    expect(rows(page).locator("mark")).to_have_text(["terminal"])


def test_hostile_words_are_only_ever_words(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=zebra")
    row = rows(page).first
    expect(row.locator("a")).to_have_text(HOSTILE)
    assert row.locator("img, script, b").count() == 0
    assert row.locator("mark").all_inner_texts() in ([], ["zebra"])


def test_more_is_shown_when_asked_for_and_the_keyboard_goes_on_there(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=mail")
    expect(rows(page)).to_have_count(10)
    page.get_by_role("button", name="Show more").press("Enter")
    expect(rows(page)).to_have_count(12)
    expect(rows(page).nth(10).locator("a")).to_be_focused()
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_the_keyboard_alone_is_enough(page: Page, address: str) -> None:
    page.goto(f"{address}log/sundays/")
    page.locator(".find button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?")
    page.get_by_label("Find your problem").focus()
    page.keyboard.type("twice")
    expect(rows(page)).to_have_count(1)
    for _ in range(8):
        page.keyboard.press("Tab")
        if rows(page).locator("a:focus").count():
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/log/charged-twice/")


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_a_script_the_form_leads_to_lists(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Find your problem").fill("twice")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}search/?q=twice")
    expect(page.get_by_text("Searching needs JavaScript.")).to_be_visible()
    expect(page.locator(".choices")).to_be_hidden()
    page.get_by_role("link", name="Card payments").click()
    page.get_by_role("link", name="Charged twice by card").click()
    assert page.url == f"{address}log/charged-twice/"


def test_an_index_that_cannot_be_loaded_is_said_and_tried_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/pagefind.js", lambda route: route.abort())
    page.goto(f"{address}search/?q=card")
    expect(said(page)).to_contain_text("The search cannot be loaded just now.")
    assert said(page).get_by_role("link").evaluate("link => link.href") == f"{address}log/"
    page.close()


@pytest.mark.parametrize("page", [{}, {"viewport": {"width": 1280, "height": 900}}], indirect=True)
def test_everything_can_be_touched_and_nothing_is_too_wide(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=mail")
    expect(rows(page)).to_have_count(10)
    targets = page.locator("form input, form select, button, .more a").filter(visible=True).all()
    small = [box for target in targets if (box := target.bounding_box()) and box["height"] < 44]
    assert len(targets) > 5
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
