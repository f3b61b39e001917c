"""Real issues, pulled and built, in a reader's browser: narrow and wide, light and dark, with scripts and without."""

import re
import threading
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser
from tests.browsing import watch
from tests.own_site import FrameCache, Site
from tests.pull.corpus import needs_corpora, real_issues
from tests.pull.pulled import TOKEN, Pulled

from onrecord.stages.serve import server

pytestmark = [pytest.mark.web, needs_corpora]

BASE = "/record/"


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory, frame_cache: FrameCache) -> Pulled:
    """A site below a path of its host, with the real issues."""
    pulled = Pulled(Site(tmp_path_factory.mktemp("corpus"), frame_cache))
    with real_issues() as github, pytest.MonkeyPatch.context() as environment:
        environment.setenv("APP_TOKEN", TOKEN)
        pulled.settings(url=f"https://acme.example{BASE}", rust=pulled.source(github))
        pulled.pull()
    pulled.site.build()
    return pulled


@pytest.fixture(scope="module")
def address(pulled: Pulled) -> Iterator[str]:
    """Serve the site as `onrecord serve` does."""
    with server(pulled.site.out, BASE, 0) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}{BASE}"
        http.shutdown()


def paths(pulled: Pulled) -> list[str]:
    """Return every kind of page, and of entries those with the most words and the longest one."""
    entries = [path.parent for path in (pulled.site.out / "log").glob("rust-*/index.html")]
    texts = {path.name: (path / "index.html").read_text("utf-8") for path in entries}
    longest = max(texts, key=lambda name: max(map(len, texts[name].split())))
    most = sorted(texts, key=lambda name: len(texts[name]))[-3:]
    return ["", "known/", "log/", "log/2015/", "log/2014-12/", *(f"log/{name}/" for name in {longest, *most})]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_complains_asks_elsewhere_or_is_too_wide(
    pulled: Pulled, address: str, browser: Browser, width: int, scheme: Literal["light", "dark"], scripts: bool
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts
    )
    page = context.new_page()
    wrong = watch(page, address)
    for path in paths(pulled):
        page.goto(address + path)
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", ground)[:3])) < 200) == (scheme == "dark"), ground
    page.goto(address, wait_until="networkidle")
    assert wrong == []
    context.close()


def test_what_a_page_may_not_do_would_be_seen(address: str, browser: Browser) -> None:
    page = browser.new_page()
    wrong = watch(page, address)
    page.goto(address)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=https://away.example/a.png onerror=alert(1)>')"
    )
    page.goto(f"{address}log/nothing-here/", wait_until="networkidle")
    told = "\n".join(wrong)
    assert "https://away.example/a.png" in told
    assert "Content Security Policy" in told
    assert f"404 for {address}log/nothing-here/" in wrong
    page.close()


def test_a_reader_gets_from_the_front_page_to_an_entry_without_scripts(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator(".menu summary").click()
    page.locator(".menu nav").get_by_role("link", name="Log").click()
    page.get_by_role("link", name="December 2014").click()
    title = page.locator("main li a").first
    named = title.inner_text()
    title.click()
    assert page.locator("h1").inner_text() == named
    assert page.get_by_role("link", name="December 2014").count() == 1, "the way back"
    context.close()
