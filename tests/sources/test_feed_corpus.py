"""Feeds of two validators, well and ill formed, with what is to be found in them, where they are at hand."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sources.expectations import WHERE, Expectation, document, expectations
from tests.sources.feeds import known, source

from onrecord.contracts import Answer
from onrecord.errors import SourceFailed
from onrecord.sources.feed.dates import read_date
from onrecord.sources.feed.document import parsed_xml
from onrecord.sources.feed.encoding import text_of
from onrecord.sources.feed.item import Item
from onrecord.sources.feed.read import read
from onrecord.sources.feed.xml_feed import feed_of, item
from onrecord.words import plain

CORPORA = os.environ.get("ONRECORD_CORPORA")
FOLDER = Path(CORPORA or "") / "feed-corpora"

pytestmark = pytest.mark.skipif(not CORPORA, reason="ONRECORD_CORPORA does not name a folder of real material")


def feeds(below: str = "") -> Iterator[Path]:
    found = (path for ending in ("xml", "json", "html") for path in (FOLDER / below).rglob(f"*.{ending}"))
    return (path for path in sorted(found) if path.is_file())


def name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def test_every_feed_is_read_or_refused_with_a_reason_and_understood_the_same_twice() -> None:
    reasons: Counter[str] = Counter()
    for path in feeds():
        batch = (Answer("feed", WHERE, document(path)),)
        try:
            meant = source().understand(batch, known())
        except SourceFailed as error:
            reasons[re.sub(r"\(.*", "", error.problems[0].what).strip()] += 1
            continue
        reasons["read"] += 1
        on_record = {entry.id: entry for entry in meant.entries}
        assert source().understand(batch, known(entries=on_record)).entries == (), name(path)
    assert reasons == {
        "read": 2638,
        "this is not well-formed XML": 33,
        "this is XML, but neither RSS nor Atom": 27,
        "this is a web page and no feed": 7,
        "this XML declares entities or a grammar of its own, which may be an attack": 4,
        "this is in no encoding that we know": 2,
    }


ELSE_BY_RULE = {
    # Content-Location is no base of addresses: RFC 7231, appendix B, which RFC 9110, section 8.7 keeps.
    "http_channel_link_base_content_location.xml": "http://127.0.0.1:8097/relative/uri",
    "http_entry_link_base_content_location.xml": "http://127.0.0.1:8097/relative/link",
    "http_feed_link_base_content_location.xml": "http://127.0.0.1:8097/relative/link",
    "http_item_link_base_content_location.xml": "http://127.0.0.1:8097/relative/uri",
    "headers_content_location-relative.xml": "http://127.0.0.1:8097/absolute",
    # U+27E8 and U+27E9: the HTML Standard, "Named character references"; HTML 4 had other brackets.
    "lang.xml": "testing \u27e8 entity",
    "rang.xml": "testing \u27e9 entity",
}
"""What a newer rule says of a title or link than feedparser does, by the file."""

OTHER_WORDS = {
    "Content-Location is no base of addresses, as above": r"content_location",
    "extensions for sound and pictures": r"itunes|media-rss",
    "plain text that looks like markup is text": r"div_escaped_markup|text_plain_brackets",
    "RSS knows no summary, and Atom's comes first": r"item_(description_and_summary|summary_and_description)",
    "browsers take it for a comment": r"not_a_doctype",
}
"""Why we read other words than feedparser does, by the files concerned."""


def facts(path: Path, number: int | None) -> Item:
    """Return an item of a feed that can be read, or what the feed says about itself."""
    found = read(document(path), WHERE)
    if number is not None:
        return found[number]
    root = feed_of(parsed_xml(text_of(document(path)) or "", WHERE), WHERE)
    return item(next(iter(root.named("channel")), root))


def stated(*which: str) -> Iterator[tuple[Path, Expectation, Item | None]]:
    """Yield what feedparser's files state of some facts, with the item that we read, or none in a refused feed."""
    for path in feeds("feedparser"):
        for expected in expectations(path):
            if expected.fact in which:
                try:
                    yield path, expected, facts(path, expected.number)
                except SourceFailed:
                    yield path, expected, None


def test_titles_links_and_dates_in_every_feed_that_is_read_are_the_expected_ones() -> None:
    everything = list(stated("title", "link", "published", "updated"))
    compared = [(path, expected.value, expected.found(item)) for path, expected, item in everything if item]
    wrong = [(name(path), found) for path, value, found in compared if found != ELSE_BY_RULE.get(path.name, value)]
    assert wrong == []
    assert {path.name for path, value, found in compared if found != value} == set(ELSE_BY_RULE)
    assert (len(everything), len(compared)) == (489, 464)


def test_words_in_feeds_that_are_read_are_the_expected_ones_or_others_for_a_reason() -> None:
    compared = [(path, expected.value, expected.found(item)) for path, expected, item in stated("words") if item]
    different = [name(path) for path, value, found in compared if found != value]
    assert [path for path in different if not re.search("|".join(OTHER_WORDS.values()), path)] == []
    assert [why for why, which in OTHER_WORDS.items() if not any(re.search(which, path) for path in different)] == []
    assert (len(compared), len(different)) == (94, 18)


def test_what_the_validator_calls_a_valid_date_is_read_as_one() -> None:
    counted = 0
    for path in feeds("w3c-feedvalidator"):
        told = re.search(rb"Expect:\s*Valid\w*Date\{parent:(\w+),element:(?:dc:)?(\w+)\}", path.read_bytes())
        if told is None:
            continue
        root = parsed_xml(text_of(document(path)) or "", WHERE)
        parents = (each for each in root.iter() if each.tag.endswith(told[1].decode()))
        dates = [child.text or "" for parent in parents for child in parent if child.tag.endswith(told[2].decode())]
        assert dates, name(path)
        assert all(map(read_date, dates)), name(path)
        counted += 1
    assert counted == 55


def test_every_way_to_write_a_moment_is_that_moment() -> None:
    path = FOLDER / "w3c-feedvalidator/testcases/rss20/data-types-datetime/everything.xml"
    found = read(document(path), WHERE)
    assert len(found) == 30
    for one in found:
        assert one.published
        assert f"{one.published:%B}, {one.published.day}th {one.published:%Y, %H:%M:%S} GMT" in plain(one.body)
