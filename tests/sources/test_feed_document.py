"""Opening feeds: each encoding, what people get wrong, and what is refused."""

import pytest
from tests.sources.feeds import items, only, rss

from onrecord.errors import SourceFailed

# encodings

WORDS = "Größe – naïve “quotes”"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", None, ""),
        ("utf-8-sig", None, ""),
        ("utf-8-sig", "iso-8859-1", "text/xml; charset=iso-8859-1"),
        ("utf-16", "utf-16", ""),
        ("utf-16-be", "utf-16", ""),
        ("utf-32-le", "utf-32", ""),
        ("cp1252", "windows-1252", ""),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", None, ""),
        ("cp1252", "utf-8", 'application/rss+xml; charset="windows-1252"'),
        ("gb18030", "gb2312", ""),
        ("utf-8", "no-such-thing", "text/xml; charset=punycode"),
        ("utf-8", None, "text/xml; charset=us-ascii"),
    ],
)
def test_an_encoding_is_told_by_mark_then_by_header_then_by_declaration(
    encoding: str, declared: str | None, content_type: str
) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    feed = (declaration + rss(f"<title>{WORDS}</title>")).encode(encoding)
    assert only(feed, content_type).title == WORDS


# what people get wrong


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tom &nbsp; Ana &hellip;", "Tom Ana …"),
        ("Tom & Ana & Co", "Tom & Ana & Co"),
        ("Tom &unknown; Ana", "Tom &unknown; Ana"),
        ("<![CDATA[Tom & Ana]]> & Co", "Tom & Ana & Co"),
        ("Tom \x0b\x01Ana", "Tom Ana"),
    ],
)
def test_what_html_allows_and_xml_does_not_is_mended(written: str, read: str) -> None:
    assert only(rss(f"<title>{written}</title>")).title == read


def test_what_stands_before_the_declaration_is_passed_over() -> None:
    assert only('\n \ufeff<?xml version="1.0"?>' + rss("<title>Mended</title>")).title == "Mended"


# what is refused


def laughs() -> str:
    bombs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{bombs}]>' + rss("<title>&l9;</title>")


HOSTILE: dict[str, tuple[str, str]] = {
    "entity bomb": (laughs(), "may be an attack"),
    "external entity": (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + rss("<title>&x;</title>"),
        "may be an attack",
    ),
    "parameter entity": ('<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1/"> %x;]>' + rss(), "may be an attack"),
    "attribute bomb": (
        f'<!DOCTYPE rss [<!ATTLIST item a CDATA "{"x" * 9_000}">]>' + rss(*["<title>x</title>"] * 99),
        "may be an attack",
    ),
    "deep": (rss("<b>" * 300 + "</b>" * 300), "200 levels"),
    "deep JSON": ("[" * 100_000, "begins like JSON"),
    "other XML": ("<svg/>", "neither RSS nor Atom"),
    "a format from before RSS": (
        '<CHANNEL HREF="/"><ITEM HREF="/1"/></CHANNEL>',
        "older formats are not read",
    ),
    "a draft of Atom": ('<feed xmlns="http://purl.org/pie/"><entry/></feed>', "older formats are not read"),
    "other JSON": ('{"version": 1, "items": []}', "no JSON Feed"),
    "a web page": ("<!DOCTYPE html>\n<!-- x --><html><p>Not found", "a web page"),
    "half a feed": (rss("<title>x</title>")[:-9], "not well-formed"),
    "a comment that never ends": ("<!--" * 10_000, "not well-formed"),
    "large": (rss(" " * 2**24), "larger than 16,777,216 bytes"),
    "many": (rss(*["<title>x</title>"] * 10_001), "more than 10,000 items"),
    "nothing": ("", "not well-formed"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_feed_or_dangerous_is_refused_with_a_reason(name: str) -> None:
    feed, why = HOSTILE[name]
    with pytest.raises(SourceFailed, match=why) as caught:
        items(feed)
    (problem,) = caught.value.problems
    assert len(str(problem)) < 400
    assert problem.todo
