"""Whatever the bytes: a feed is read, or refused in words."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.feeds import WHERE, atom, known, rss, source

from onrecord.contracts import Answer, Batch
from onrecord.errors import OnRecordError
from onrecord.sources.feed.dates import read_date
from onrecord.sources.feed.encoding import Document
from onrecord.words import render

TEXTS = st.text(max_size=60) | st.sampled_from(
    [
        "<p>",
        "</p>\n\n    x",
        "&nbsp;",
        "&#0;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "\ud800",
        "http://[",
        "2026-11-17",
        "&#x338;",
    ]
)
NAMES = st.sampled_from(
    ["title", "link", "guid", "id", "description", "content", "pubDate", "updated", "author", "category"]
)
ATTRIBUTES = st.sampled_from(["", ' href="/x"', ' type="xhtml"', ' type="html"', ' xml:base="//["', ' xml:lang="-"'])


@st.composite
def feeds(draw: st.DrawFn) -> bytes:
    """Return something near a feed."""
    parts = draw(st.lists(st.tuples(NAMES, ATTRIBUTES, st.lists(TEXTS, max_size=3)), max_size=6))
    item = "".join(f"<{name}{attributes}>{''.join(texts)}</{name}>" for name, attributes, texts in parts)
    return draw(st.sampled_from([rss, atom]))(item).encode("utf-8", "surrogatepass")


def understood(batch: Batch) -> None:
    try:
        meant = source().understand(batch, known())
    except OnRecordError as error:
        assert error.problems[0].todo
        return
    now = known(entries={entry.id: entry for entry in meant.entries}, marks=meant.marks)
    assert source().understand(batch, replace(now)).entries == ()
    assert all(render(entry.body).displayed for entry in meant.entries)


def of(content: bytes, content_type: str = "") -> Batch:
    return (Answer("feed", WHERE, Document(content, content_type)),)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_are_read_or_refused_in_words(content: bytes, content_type: str) -> None:
    understood(of(content, content_type))


@settings(max_examples=200, deadline=None)
@given(feeds())
def test_anything_near_a_feed_is_read_the_same_twice_or_refused(content: bytes) -> None:
    understood(of(content))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([rss("<title>x</title>"), atom("<title>x</title>")]), st.data())
def test_a_feed_with_a_hole_is_read_or_refused(feed: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(feed)))
    end = data.draw(st.integers(start, len(feed)))
    understood(of((feed[:start] + data.draw(TEXTS) + feed[end:]).encode("utf-8", "surrogatepass")))


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=40) | st.from_regex(r"\A[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,5} [\d:]{1,9} [+-]?\w{0,12}\Z")
)
def test_any_text_is_a_date_or_none(text: str) -> None:
    read_date(text)


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | TEXTS,
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["items", "id", "title", "content_html", "authors", "tags", "url"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_read_or_refused(plain: object) -> None:
    understood(of(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [plain]}).encode()))
