"""What the first page costs a reader: requests and bytes over the wire, on every kind of page of the demo."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request
from tests.own_site import FrameCache, Site
from tests.serving import served

pytestmark = pytest.mark.web

REPOSITORY = Path(__file__).parents[2]
NOW = "2026-11-21 09:30"
PATHS = (
    "",
    "known/",
    "news/",
    "maintenance/",
    "component/shops/",
    "log/",
    "log/2026/",
    "log/2026-11/",
    "log/2026-05-20-no-payments-in-shops/",
    "log/2026-10-30-sorry-charged-twice/",
    "log/app-251/",
    "nothing/is/here/",
)
STYLES = """() => [...document.querySelectorAll("body, body *")].map((element) => {
  const style = getComputedStyle(element);
  const names = [...style].filter((name) => !name.startsWith("--"));
  const told = names.map((name) => name + ":" + style.getPropertyValue(name));
  return element.tagName + "." + element.className + " " + told.join(";");
})"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, frame_cache: FrameCache) -> Site:
    """The demo, as it is published."""
    site = Site(tmp_path_factory.mktemp("first") / "demo", frame_cache)
    shutil.copytree(REPOSITORY / "content", site.root / "content")
    shutil.copy(REPOSITORY / "site_config.yml", site.root)
    site.build(NOW)
    return site


@pytest.fixture(scope="module")
def address(demo: Site) -> Iterator[str]:
    with served(demo.out, "/record/") as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 412, "height": 823})  # a phone that has nothing in its cache
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_first_view_is_three_requests_and_thirty_kilobytes(page: Page, address: str, path: str) -> None:
    done: list[Request] = []
    page.on("requestfinished", lambda request: done.append(request))
    page.goto(address + path, wait_until="networkidle")
    asked = {urlsplit(request.url).path.removeprefix("/record/") for request in done}
    # Besides the page its style sheet, which it waits for, and the age of the record, which it does not.
    assert asked == {path, "assets/record.css", "build.json"}
    assert len(done) == 3
    sizes = [request.sizes() for request in done]
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= 30_000


@pytest.mark.parametrize("path", PATHS)
def test_what_is_left_out_of_the_theme_would_have_changed_nothing(
    demo: Site, page: Page, address: str, path: str
) -> None:
    page.goto(address + path)
    slim = page.evaluate(STYLES)
    theme = next((demo.out / "assets/stylesheets").glob("main.*.css")).read_text("utf-8")
    whole = theme + (demo.out / "assets/onrecord.css").read_text("utf-8")
    page.route("**/record.css", lambda route: route.fulfill(body=whole, content_type="text/css"))
    page.reload()
    assert page.evaluate(STYLES) == slim
