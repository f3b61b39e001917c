"""What pages say to search engines: it is data that nothing can break out of, and equal to what readers see."""

import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bare_press import ACME, bare_press
from tests.every_field import every_field
from tests.own_site import NOW, FrameCache, Site

from onrecord import strict_yaml
from onrecord.language import Language
from onrecord.model.kinds import Kind
from onrecord.model.people import Account, Voice
from onrecord.outputs.entries import Entries
from onrecord.outputs.home import Home
from onrecord.record.record import Record

SITES = Path(__file__).parent / "sites"
PAGES = sorted(path.parent for path in SITES.glob("*/expected/log/*/index.json"))
AT = datetime.fromisoformat(f"{NOW}Z")
HOSTILE = "</script><script>alert(1)</script><!-- <script> ]]> \u2028 & \" ' \\"


def parsed(html: str) -> Element:
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def said(tree: Element) -> dict[str, Any]:
    """Return the one thing that a page says of itself."""
    (script,) = (node for node in tree.iter("script") if node.get("type") == "application/ld+json")
    found: dict[str, Any] = json.loads("".join(script.itertext()))
    return found


def text(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())


def times(node: Element) -> list[str]:
    return [str(time.get("datetime")) for time in node.iter("time")]


def one(tree: Element, path: str) -> Element:
    found = tree.find(path)
    assert found is not None, path
    return found


def meta(tree: Element) -> dict[str, str]:
    return {str(node.get("property")): str(node.get("content")) for node in tree.iter("meta")}


def compare(page: str, entry: dict[str, Any], zone: ZoneInfo) -> None:
    """Hold what a page says to search engines against what it shows, and the entry as programs get it."""
    tree = parsed(page)
    thing = said(tree)
    body = one(tree, "body")
    article = thing.get("subjectOf", thing)
    assert thing["@type"] == {
        "known-issue": "TechArticle",
        "maintenance": "Event",
        "incident": "LiveBlogPosting" if "liveBlogUpdate" in thing or "coverageStartTime" in thing else "Article",
    }.get(entry["kind"], "Article")
    assert article["headline"] == "".join(one(body, ".//h1").itertext()) == meta(tree)["og:title"]
    assert article["description"] == meta(tree)["og:description"]
    assert article["url"] == meta(tree)["og:url"]
    chip = text(one(body, ".//span[@class='chip is-" + tone(body) + "']"))
    assert article.get("creativeWorkStatus", chip) == chip.partition(" · ")[0]
    assert article["datePublished"] == meta(tree)["article:published_time"]
    assert article["datePublished"] == max(entry["opened"], entry.get("publish_at", ""))
    assert article["dateModified"] == meta(tree)["article:modified_time"]
    assert article["dateModified"] in {
        *times(body),
        entry.get("updated"),
        entry.get("closed"),
        article["datePublished"],
    }
    corrections(article, body)
    live(thing, body)
    if entry["kind"] == "maintenance":
        start, end = (datetime.fromisoformat(thing[name]) for name in ("startDate", "endDate"))
        assert Language("en", zone).stretch(start, end) in text(body)
        off = entry["status"] in ("cancelled", "withdrawn")
        assert thing["eventStatus"].endswith("EventCancelled" if off else "EventScheduled")
    if entry.get("signed_by"):
        assert f"Signed {article['author']['name']}" in text(body)


def tone(body: Element) -> str:
    state = next(node for node in body.iter("div") if str(node.get("class")).startswith("state is-"))
    return str(state.get("class")).removeprefix("state is-")


def corrections(article: dict[str, Any], body: Element) -> None:
    shown = re.findall(r"<time datetime=\"([^\"]+)\">[^<]*</time>: we first wrote", serialised(body))
    given = article.get("correction", [])
    assert [part["datePublished"] for part in given] == shown
    for part in given:
        assert part["@type"] == "CorrectionComment"
        assert part["text"] in text(body)


def live(thing: dict[str, Any], body: Element) -> None:
    lines = {str(line.get("id")): line for line in body.iter("li") if str(line.get("id")).startswith("u2")}
    for update in thing.get("liveBlogUpdate", []):
        line = lines[update["url"].partition("#")[2]]
        assert update["datePublished"] in times(line)
        assert update["author"]["name"] == text(one(line, ".//b"))
        assert update.get("articleBody", "").removesuffix("…") in text(line)
        assert update.get("headline", "") in text(line)


def serialised(body: Element) -> str:
    html: str = html5lib.serialize(body, quote_attr_values="always", omit_optional_tags=False)
    return html


@pytest.mark.parametrize("folder", PAGES, ids=[f"{path.parts[-4]}-{path.name}" for path in PAGES])
def test_every_story_says_to_search_engines_what_its_page_says_to_readers(folder: Path) -> None:
    root = folder.parents[2]
    plan = strict_yaml.read((root / "story.yml").read_text("utf-8"), "story.yml").plain
    config = (SITES / plan.get("of", root.name) / "site/site_config.yml").read_text("utf-8")
    zone = re.search(r"timezone: (\S+)", config)
    page = (folder / "index.html").read_text("utf-8")
    compare(page, json.loads((folder / "index.json").read_text("utf-8")), ZoneInfo(zone[1] if zone else "UTC"))


def test_the_demo_says_to_search_engines_what_its_pages_say_to_readers(
    tmp_path: Path, frame_cache: FrameCache
) -> None:
    site = Site(tmp_path / "demo", frame_cache)
    shutil.copytree(SITES.parents[1] / "content", site.root / "content")
    shutil.copy(SITES.parents[1] / "site_config.yml", site.root)
    files = site.build()
    entries = [path for path in files if re.fullmatch(r"log/[^/]+/index\.json", path)]
    assert len(entries) > 60
    for path in entries:
        page = files[path.replace(".json", ".html")].decode()
        compare(page, json.loads(files[path]), ZoneInfo("Europe/Madrid"))
    brand = said(parsed(files["index.html"].decode()))
    assert (brand["@type"], brand["name"]) == ("Organization", "Juniper Pay")
    assert "https://social.juniper-pay.example/@help" in brand["sameAs"]
    assert not any("ines" in url for url in brand["sameAs"]), "a person is not the organization"
    assert brand["contactPoint"]["url"] == "https://juniper-pay.example/tell-us"


@pytest.mark.parametrize("kind", Kind)
def test_no_words_get_out_of_the_data(kind: Kind) -> None:
    entry = every_field(kind, HOSTILE.replace("\u2028", ""), id="one")
    voices = {"x": Voice(name=HOSTILE.replace("\u2028", ""), brand=True)}
    record = Record(site=ACME, now=AT, entries=(entry,), voices=voices)
    (page, *_), (home, *_) = Entries().files(record, bare_press()), Home().files(record, bare_press())
    for made in (page, home):
        tree = parsed(made.content.decode())
        assert len(list(tree.iter("script"))) == 1
        assert said(tree)["@type"]
    thing = said(parsed(page.content.decode()))
    assert thing.get("headline", thing.get("name")) == HOSTILE.replace("\u2028", "")


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60).filter(str.strip))
def test_any_title_is_the_same_to_readers_and_to_search_engines(title: str) -> None:
    entry = every_field(Kind.INCIDENT, "Words.", id="one").model_copy(update={"title": title})
    (page, *_) = Entries().files(Record(site=ACME, now=AT, entries=(entry,)), bare_press())
    tree = parsed(page.content.decode())
    assert said(tree)["headline"] == "".join(one(tree, ".//h1").itertext())


def test_the_brand_is_who_is_marked_as_it_and_has_only_its_own_accounts() -> None:
    def account(name: str) -> Account:
        return Account(platform="mastodon", handle=name, url=f"https://social.example/@{name}")

    voices = {
        "ana": Voice(name="Ana Ruiz", role="Support", accounts=(account("ana"),)),
        "acme": Voice(name="Acme", brand=True, accounts=(account("acme"), Account(platform="github", handle="acme"))),
    }
    (home, *_) = Home().files(Record(site=ACME, now=AT, voices=voices), bare_press())
    thing = said(parsed(home.content.decode()))
    assert (thing["name"], thing["sameAs"]) == ("Acme", ["https://social.example/@acme"])
    (bare, *_) = Home().files(Record(site=ACME, now=AT), bare_press())
    assert said(parsed(bare.content.decode()))["name"] == ACME.title


@pytest.mark.parametrize(
    ("code", "expected"), [("en", "en_US"), ("pt-BR", "pt_BR"), ("ar", "ar_EG"), ("de", "de_DE")]
)
def test_a_language_is_named_with_its_country(code: str, expected: str) -> None:
    assert Language(code, ZoneInfo("UTC")).with_territory == expected
