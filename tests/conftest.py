"""What every test may ask for: a site to run `onrecord` on, a browser, and golden files to be rewritten."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from tests.own_site import FrameCache, Site

# The same examples on every machine, however slow it is; `--hypothesis-profile=default` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("fuzz", max_examples=9_000, deadline=None, database=None)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write what the stories give as what they should.")
    parser.addoption("--update-pictures", action="store_true", help="Keep how pages look as how they should.")
    parser.addoption("--kills", type=int, default=24, help="At how many moments pulls and builds are killed.")


@pytest.fixture(scope="session")
def frame_cache(tmp_path_factory: pytest.TempPathFactory) -> FrameCache:
    """Frames that one test's build made, for every later site that has the same."""
    return FrameCache(tmp_path_factory.mktemp("frames"))


@pytest.fixture
def site(tmp_path: Path, frame_cache: FrameCache) -> Site:
    """A small site without entries."""
    site = Site(tmp_path / "acme", frame_cache)
    site.write("site_config.yml", "site:\n  title: Acme on record\n  url: https://status.acme.example/\n")
    return site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests, with the same letters on every machine."""
    fonts = {"FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"], env={**os.environ, **fonts}
        )
        yield browser
        browser.close()
