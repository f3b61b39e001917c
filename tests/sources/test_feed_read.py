"""Reading feeds: each format, and what its items say."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.sources.feeds import atom, items, only, rss

from onrecord.errors import SourceFailed
from onrecord.sources.feed.encoding import Document
from onrecord.sources.feed.read import read
from onrecord.words import plain, render

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


def json_feed(*posts: Any, **more: Any) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": posts, **more})


ONE_OF_EACH = {
    "RSS 0.90": f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>News</title></channel>'
    "<item><title>Mended</title><link>https://acme.example/1</link></item></rdf:RDF>",
    "RSS 0.91": '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
    ' "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>'
    "<item><title>Mended</title><link>https://acme.example/1</link></item></channel></rss>",
    "RSS 1.0": f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://acme.example/"/>'
    '<item rdf:about="https://acme.example/1"><title>Mended</title><link>https://acme.example/1</link></item></rdf:RDF>',
    "RSS 2.0": rss("<title>Mended</title><link>https://acme.example/1</link>"),
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Mended</title>'
    '<link rel="alternate" type="text/html" href="https://acme.example/1"/></entry></feed>',
    "Atom 1.0": atom('<title>Mended</title><link href="https://acme.example/1"/>'),
    "Atom entry": '<entry xmlns="http://www.w3.org/2005/Atom"><title>Mended</title><link href="/1"/></entry>',
    "JSON Feed": json_feed({"id": "1", "title": "Mended", "url": "https://acme.example/1"}),
}


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_each_format_tells_its_titles_and_links(name: str) -> None:
    item = only(ONE_OF_EACH[name])
    assert (item.title, item.link) == ("Mended", "https://acme.example/1")


# titles


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tom &amp; Ana", "Tom & Ana"),
        ("Tom &amp;amp; Ana", "Tom & Ana"),
        ("It&amp;#8217;s &lt;b&gt;mended&lt;/b&gt;", "It’s mended"),
        ("<![CDATA[It&rsquo;s <em>mended</em>]]>", "It’s mended"),
        ("One&lt;br/&gt;two\n   three", "One two three"),
        ("Vec&lt;T&gt; and a &lt; b", "Vec<T> and a < b"),
        ("It&#146;s", "It’s"),
    ],
)
def test_a_title_becomes_one_line_of_text(written: str, read: str) -> None:
    assert only(rss(f"<title>{written}</title>")).title == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<title>&lt;b&gt; is bold</title>", "<b> is bold"),
        ('<title type="html">&lt;b&gt;Bold&lt;/b&gt; news</title>', "Bold news"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Less: <b>&lt;</b></div></title>',
            "Less: <",
        ),
    ],
)
def test_atom_says_itself_whether_a_title_is_text_or_markup(written: str, read: str) -> None:
    assert only(atom(written)).title == read


def test_the_title_of_a_picture_is_the_items_if_it_has_none() -> None:
    about = ' xmlns:media="http://search.yahoo.com/mrss/"'
    assert only(rss("<media:title>A picture</media:title>", about=about)).title == "A picture"
    assert only(rss("<media:title>A picture</media:title><title>Mended</title>", about=about)).title == "Mended"


def test_a_title_is_cut_to_what_a_title_may_have() -> None:
    assert len(only(rss(f"<title>{'long ' * 200}</title>")).title) <= 400


# words


def shown(body: str) -> str:
    return str(render(body).html)


def test_markup_is_shown_as_markup_and_never_read_as_markdown() -> None:
    html = "<p>One *star*</p>\n\n    four spaces\n\n<pre>a\n\n\n    b</pre><ul>\n\n<li># no heading</li></ul>"
    body = only(rss(f"<description><![CDATA[{html}]]></description>")).body
    assert "\n\n" not in body
    assert "One *star*" in shown(body)
    assert '<pre tabindex="0">a\n\n\n    b</pre>' in shown(body)
    assert "<li># no heading</li>" in shown(body)
    assert "<h" not in shown(body)
    assert "<code>" not in shown(body)


def test_plain_text_keeps_its_signs_and_lines() -> None:
    body = only(json_feed({"id": "1", "content_text": "1 < 2 & *so*\nnext\n\nlast"})).body
    assert shown(body) == "<div>\n<p>1 &lt; 2 &amp; *so*<br>next</p><p>last</p>\n</div>"


def test_the_whole_words_come_before_a_summary_which_becomes_one_line() -> None:
    encoded = '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>All.</p>]]>'
    item = only(rss(f"<description>&lt;p&gt;In short&lt;/p&gt;</description>{encoded}</content:encoded>"))
    assert (plain(item.body), item.summary) == ("All.", "In short")
    assert only(rss("<description>Only this</description>")).summary == ""


def test_inline_xhtml_keeps_its_elements() -> None:
    content = '<div xmlns="http://www.w3.org/1999/xhtml">A <b>bold</b> word<br/>and <a href="x">more</a></div>'
    body = only(atom(f'<content type="xhtml">{content}</content>')).body
    assert "A <b>bold</b> word<br>and <a href=" in shown(body)
    assert 'href="https://acme.example/blog/x"' in shown(body)


def test_scripts_styles_and_handlers_are_gone_before_anything_is_on_record() -> None:
    bad = "<script>bad()</script><style>bad</style>"
    html = f'<p onclick="x()" style="x" class="y">Fine{bad}</p><a href="javascript:x">y</a>'
    body = only(rss(f"<description><![CDATA[{html}]]></description>")).body
    assert body == "<div>\n<p>Fine</p><a>y</a>\n</div>"


def test_more_than_64_kb_is_cut_to_what_can_be_shown() -> None:
    for letters in ("word ", "слово ", "&lt;", "<b>", "\n\n"):
        body = only(rss(f"<description><![CDATA[{letters * 40_000}]]></description>")).body
        assert len(body.encode()) <= 64 * 1024
        assert render(body).displayed


def test_what_shows_nothing_is_no_body() -> None:
    assert only(rss("<description>&lt;p&gt; &lt;/p&gt;</description>")).body == ""


def test_words_that_atom_packed_as_base64_are_read_and_pictures_are_not() -> None:
    # "Mended &amp; well", and the first bytes of a PNG
    packed = only(
        atom('<title mode="base64">\n TWVuZGVkICZhbXA7IHdlbGw= \n</title><link href="https://acme.example/1"/>')
    )
    assert packed.title == "Mended & well"
    picture = atom('<title>Mended</title><content type="image/png">iVBORw0KGgo=</content>')
    assert only(picture).body == ""
    assert only(atom('<title>Mended</title><content type="image/png">not base64!</content>')).body == ""


# links


def test_links_are_made_absolute_by_base_then_by_where_the_feed_is() -> None:
    assert only(rss("<link>../a b</link>")).link == "https://acme.example/a%20b"
    assert (
        only(atom('<link href="x"/>', about=' xml:base="https://other.example/y/"')).link
        == "https://other.example/y/x"
    )
    nested = '<content type="html" xml:base="/z/">&lt;a href="q"&gt;q&lt;/a&gt;&lt;img src="/i.png"&gt;</content>'
    body = only(atom(nested, about=' xml:base="https://other.example/y/"')).body
    assert 'href="https://other.example/z/q"' in body
    assert 'src="https://other.example/i.png"' in body


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/",
        "https://a@b.example/",
        "http://[",
        "mailto:a@b.example",
    ],
)
def test_only_web_addresses_are_links(address: str) -> None:
    assert only(rss(f"<title>x</title><link>{address}</link>")).link is None
    assert only(atom(f'<title>x</title><link href="{address}"/>')).link is None


def test_the_link_is_where_people_read_it() -> None:
    links = '<link rel="self" href="/a.atom"/><link rel="enclosure" href="/a.mp3"/><link rel="alternate" href="/a"/>'
    assert only(atom(links)).link == "https://acme.example/a"
    assert only(rss("<guid>https://acme.example/g</guid>")).link == "https://acme.example/g"
    assert only(rss('<guid isPermaLink="false">https://acme.example/g</guid>')).link is None
    assert only(rss("<guid>https://acme.example/g</guid><link>/l</link>")).link == "https://acme.example/l"
    assert only(atom('<title>x</title><link rel="license" href="https://other.example/by/4.0/"/>')).link is None


def test_an_address_in_letters_of_any_script_is_a_base() -> None:
    about = ' xml:base="https://www.詹姆斯.example/news/"'
    assert only(atom('<link href="1"/>', about=about)).link == "https://www.詹姆斯.example/news/1"


def test_in_a_file_links_are_absolute_by_the_sites_own_link() -> None:
    feed = rss("<link>x</link>", head="<link>https://acme.example/blog/</link>")
    assert [item.link for item in read(Document(feed.encode()), "content/news.xml")] == [
        "https://acme.example/blog/x"
    ]
    assert [item.link for item in read(Document(rss("<link>x</link>").encode()), "content/news.xml")] == [None]


def test_a_secret_in_the_feeds_address_gets_nowhere() -> None:
    where = "https://acme.example/news.xml?key=hush"
    feed = rss('<description>&lt;a href=""&gt;x&lt;/a&gt;&lt;a href="#y"&gt;y&lt;/a&gt;</description>')
    assert "hush" not in str(read(Document(feed.encode()), where))
    with pytest.raises(SourceFailed) as caught:
        read(Document(b"no feed"), where)
    assert "hush" not in str(caught.value)


# other facts


def test_dates_categories_authors_and_language_are_told() -> None:
    item = only(
        rss(
            "<pubDate>Tue, 17 Nov 2026 12:00:00 +0100</pubDate>"
            "<category>Fixes</category><dc:subject>Mail</dc:subject>"
            "<dc:creator>Ana Ruiz</dc:creator>",
            head="<language>de-at</language>",
        )
    )
    assert item.published == datetime(2026, 11, 17, 11, tzinfo=UTC)
    assert (item.categories, item.authors, item.lang) == (("Fixes", "Mail"), ("Ana Ruiz",), "de-at")
    item = only(
        atom(
            "<published>2026-11-17T12:00:00Z</published><updated>2026-11-18T12:00:00Z</updated>"
            '<category term="fix" label="Fixes"/><author><name>Ana Ruiz</name></author>',
            about=' xml:lang="pt-BR"',
        )
    )
    assert item.published == datetime(2026, 11, 17, 12, tzinfo=UTC)
    assert item.updated == datetime(2026, 11, 18, 12, tzinfo=UTC)
    assert (item.categories, item.authors, item.lang) == (("fix", "Fixes"), ("Ana Ruiz",), "pt-BR")


def test_of_a_date_said_twice_the_last_that_can_be_read_counts() -> None:
    twice = "<updated>2026-11-17T12:00:00Z</updated><updated>2026-11-18T12:00:00Z</updated>"
    assert only(atom(f"<title>x</title>{twice}<updated>soon</updated>")).published == datetime(
        2026, 11, 18, 12, tzinfo=UTC
    )
    first = "<published>2026-11-17T12:00:00Z</published>"
    assert only(atom(f"{twice}{first}")).published == datetime(2026, 11, 17, 12, tzinfo=UTC)


def test_an_item_that_says_only_when_it_was_last_built_has_that_date() -> None:
    built = "<lastBuildDate>Wed, 18 Nov 2026 12:00:00 GMT</lastBuildDate>"
    item = only(rss(f"<title>x</title>{built}"))
    assert item.published == datetime(2026, 11, 18, 12, tzinfo=UTC)
    assert only(rss("<title>x</title>", head=built)).published is None


def test_a_json_feed_with_odd_types_tells_what_it_can() -> None:
    odd = {
        "id": 7,
        "title": ["x"],
        "tags": "no list",
        "authors": [None, {"name": "Ana"}],
        "content_html": "<p>Words</p>",
    }
    item, *rest = items(json_feed(odd, "no object", None, {}))
    assert rest == []
    assert (item.key, item.title, item.authors, plain(item.body)) == ("7", "", ("", "Ana"), "Words")
