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


DIFFERENT = {
    "it breaks off, so it is refused": r"entities/(160|732|82\d\d|9830|attr_amp|hex_|query_)|ampersands",
    "it is noise, so it is refused": r"bozo_linenoise",
    "a format from before RSS and Atom, or a draft of them": r"/cdf/|atom_namespace_[2-5]",
    "nobody packs words as base64 any more": r"base64",
    "Content-Location is no base since RFC 7231": r"content_location",
    "names of HTML mean what HTML 5 says": r"entities/[lr]ang",
    "of two dates the first counts": r"multiple_values",
    "extensions for sound and pictures": r"itunes|media-rss",
    "plain text that looks like markup is text": r"div_escaped_markup|text_plain_brackets",
    "a link to a licence or to the feed itself is none to the item": r"rel_license|feed_link_xml_base_iri",
    "RSS knows no summary, and Atom's comes first": r"item_(description_and_summary|summary_and_description)",
    "browsers take it for a comment": r"not_a_doctype",
    "when a feed was built says nothing of its items": r"lastBuildDate",
}
"""Why we read something else than feedparser does, by the files concerned."""


def facts(path: Path, number: int | None) -> Item:
    """Return an item of a feed, or what the feed says about itself."""
    if number is not None:
        return read(document(path), WHERE)[number]
    root = feed_of(parsed_xml(text_of(document(path)) or "", WHERE), WHERE)
    return item(next(iter(root.named("channel")), root))


def differs(path: Path, expected: Expectation) -> bool:
    try:
        return expected.found(facts(path, expected.number)) != expected.value
    except SourceFailed:
        return True


def test_titles_links_dates_and_words_are_what_feedparser_finds() -> None:
    compared = [(path, expected) for path in feeds("feedparser") for expected in expectations(path)]
    different = [name(path) for path, expected in compared if differs(path, expected)]
    unexplained = [path for path in different if not re.search("|".join(DIFFERENT.values()), path)]
    assert unexplained == []
    assert [why for why, which in DIFFERENT.items() if not any(re.search(which, path) for path in different)] == []
    assert (len(compared), len(compared) - len(different)) == (590, 532)


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
