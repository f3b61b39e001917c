"""Hostile text from anywhere, in a reader's browser: nothing runs, nothing is asked of others, nothing lives."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.hostile import filled
from tests.hostile.ours import OURS, STRINGS
from tests.hostile.visiting import look, read, reader, search
from tests.own_site import FrameCache, Site
from tests.serving import served

from onrecord.our_code import OURS as TEMPLATES

pytestmark = pytest.mark.web

QUESTIONS = ("script", "alert", "onerror", "mark")


def theirs() -> list[str]:
    """Return the strings that broke other sanitisers, where the corpora are."""
    corpora = os.environ.get("ONRECORD_CORPORA")
    if not corpora:
        pytest.skip("ONRECORD_CORPORA does not name a folder of real material")
    lines = Path(corpora, "hostile", "payloads.jsonl").read_text("utf-8").splitlines()
    return [re.sub("[\ud800-\udfff]", "", json.loads(line)["payload"]) for line in lines]


def build(folder: Path, frames: FrameCache, strings: list[str]) -> Site:
    site = Site(folder / "acme", frames)
    filled.write(site, strings, cards=False)
    site.build()
    return site


def noted_of(browser: Browser, site: Site, turn: Callable[[bytes], bytes] = bytes) -> list[str]:
    """Read every page of a site, live on all but most pages of entries, search it; return what was noted."""
    files = sorted(path.relative_to(site.out).as_posix() for path in site.out.rglob("*.html"))
    paths = [file.removesuffix("index.html") for file in files if "/old-" not in file]  # those say nothing themselves
    with served(site.out, turn=turn) as host, reader(browser, host) as (page, noted):
        read(page, host, paths, noted)
        for path in paths:
            entry = re.fullmatch(r"log/app-(\d+)/", path)
            if not entry or int(entry[1]) % filled.TOGETHER == 0:
                look(page, host + path, noted)
        assert sum(search(page, host, question, noted) for question in QUESTIONS) > len(QUESTIONS)
    return noted


@pytest.mark.parametrize("strings", [lambda: list(STRINGS), theirs], ids=["ours", "theirs"])
def test_nothing_runs_asks_elsewhere_or_lives(
    strings: Callable[[], list[str]], tmp_path: Path, frame_cache: FrameCache, browser: Browser
) -> None:
    noted = noted_of(browser, build(tmp_path, frame_cache, strings()))
    assert not noted, f"{len(noted)} times:\n" + "\n".join(noted[:40])


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, frame_cache: FrameCache) -> Site:
    """A site whose own templates let people's words pass as they are."""
    folder = tmp_path_factory.mktemp("bare")
    for path in TEMPLATES.rglob("*.html"):
        template, found = re.subn(r"\|words(\(.*?\))?", "|safe", path.read_text("utf-8"))
        if found and "init" not in path.parts:
            own = folder / "acme/templates" / path.relative_to(TEMPLATES)
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(template, "utf-8")
    return build(folder, frame_cache, [*OURS["HTML that runs, asks or takes over"], *OURS["addresses"]])


def test_without_the_sanitiser_it_would_be_seen_though_the_policy_holds(bare: Site, browser: Browser) -> None:
    told = "\n".join(noted_of(browser, bare))
    for what in ("a live onerror on <img>", "a live <iframe>", "a live <base>", "a live address on <a>: javascript:"):
        assert what in told
    assert "violates the following Content Security Policy directive" in told
    assert " says " not in told, "the policy is the second gate"


def test_without_the_policy_too_it_would_run_and_ask_elsewhere(bare: Site, browser: Browser) -> None:
    told = "\n".join(noted_of(browser, bare, lambda page: page.replace(b"Content-Security-Policy", b"x")))
    assert "a alert says '1'" in told
    assert " asks https://evil.example/" in told
