import json
import os
import re
import unicodedata
from pathlib import Path

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.hostile.harmless import SILENT, words
from tests.hostile.texts import hostile

from onrecord.words import clean, plain, refused, render, stands, written_out
from onrecord.words.address import address
from onrecord.words.depth import depth
from onrecord.words.version import VERSION


def parsed(html):
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def assert_harmless(text):
    for show_hosts in (False, True):
        html = str(render(text, show_hosts=show_hosts).html)
        assert not SILENT.search(html)
        assert list(words(parsed(html))) == []
        again = unicodedata.normalize("NFC", html)
        assert again.count("<") == html.count("<"), "normalising the page melts a sign into a tag"
        assert again.count(">") == html.count(">"), "normalising the page melts a sign into a tag"


@settings(max_examples=300, deadline=None)
@given(hostile)
@example("<p>\u0338 &#x338; <b>&#x338;</b>")
@example("<a href=http://a.b/><table><tr><td><a href=http://c.d/>x</a></table></a>")
def test_hostile_text_adds_no_element_attribute_or_scheme_beyond_the_list(text):
    assert_harmless(text)


@pytest.fixture
def payloads():
    corpora = os.environ.get("ONRECORD_CORPORA")
    found = Path(corpora or "", "hostile", "payloads.jsonl")
    if not corpora or not found.is_file():
        pytest.skip("ONRECORD_CORPORA names no folder with hostile/payloads.jsonl: its strings were not tried")
    return [json.loads(line)["payload"] for line in found.read_text("utf-8").splitlines()]


def test_strings_that_broke_other_sanitisers_add_nothing(payloads):
    for payload in payloads:
        assert_harmless(payload)
        assert "\n" not in plain(payload)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- [x] done\n- [ ] open", "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>"),
        ("~~old~~ www.a.org", '<p><del>old</del> <a href="http://www.a.org" rel="REL">www.a.org</a></p>'),
        ("a@b.org", '<p><a href="mailto:a@b.org" rel="REL">a@b.org</a></p>'),
        ("# A\n## B\n### C\n#### D", "<h3>A</h3>\n<h3>B</h3>\n<h4>C</h4>\n<h5>D</h5>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("```rust\nx\n```", '<pre tabindex="0"><code>x\n</code></pre>'),
        ("<details><summary>a</summary>b</details>", "<details><summary>a</summary>b</details>"),
        ('![a "cat"](http://a.org/c.png "t")', '<p><a href="http://a.org/c.png" rel="REL">a "cat"</a></p>'),
        ("![](http://a.org/c.png)", '<p><a href="http://a.org/c.png" rel="REL">http://a.org/c.png</a></p>'),
        ("[![alt](http://a.org/i)](http://b.org)", '<p><a href="http://b.org" rel="REL">alt</a></p>'),
        ("[a](/log/x/) [b](#c) [d](//e.org) [f](javascript:g)", "<p>a b d f</p>"),
        ("a <input type=text value=x><button>b</button> <select><option>c</select>", "<p>a b </p>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<svg><g>x</g></svg>y", "<p>y</p>"),
        ("<b title=a lang=b id=c class=d style=e data-f=g onclick=h>x</b>", "<p><b>x</b></p>"),
    ],
)
def test_github_markdown_is_shown_in_the_shape_of_our_pages(text, html):
    got = str(render(text).html).replace("&#34;", '"').replace("&quot;", '"')
    assert got.replace("nofollow ugc noopener noreferrer", "REL") == html


def test_tables_keep_the_alignment_of_their_cells():
    html = str(render("|a|b|\n|:-:|-:|\n|1|2|").html)
    assert '<th align="center">a</th>' in html
    assert '<td align="right">2</td>' in html


def test_a_link_shows_its_host_unless_its_words_are_its_address():
    shown = str(render("[bank](https://evil.example/x) https://a.org/ [s](mailto:a@b.org)", show_hosts=True).html)
    assert "bank</a> <small>(evil.example)</small>" in shown
    assert shown.count("<small>") == 1


def test_a_link_whose_words_lie_about_its_address_shows_the_true_host():
    shown = str(render("[https://good.example/](https://evil.example/)", show_hosts=True).html)
    assert "</a> <small>(evil.example)</small>" in shown


def test_a_link_in_another_one_is_none():
    shown = str(
        render("<table><tr><td><a href=https://a.org/>a<table><a href=https://b.org/>b", show_hosts=True).html
    )
    assert shown.count("<a ") == shown.count("</a>") == 1
    assert "https://b.org/" not in shown
    assert "(a.org)" in shown


def test_a_host_in_other_letters_is_shown_as_browsers_ask_for_it():
    assert "(xn--80ak6aa92e.com)" in render("[apple](https://аррӏе.com)", show_hosts=True).html


@pytest.mark.parametrize(
    "href",
    [
        *(
            "https://user@a.org/",
            "https://a.org\\@b.org/",
            "http://[",
            "http://[::1]/",
            "https://a.org/[x]",
            "//a.org",
        ),
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "/a",
            "#a",
        ),
        *(
            "",
            "http://",
            "https:///a.org",
            "https://a b.org",
            "https://a.org/\n",
            "\thttps://a.org",
            "https://%00.org",
        ),
        *(
            "https://a..org",
            f"https://{'a' * 64}.org",
            "https://a%2eorg%2f@b",
            "mailto:a@b.org?bcc=c@d.org",
            "ftp://a.org",
        ),
    ],
)
def test_an_address_that_could_deceive_is_no_link(href):
    assert address(href) is None


@pytest.mark.parametrize(
    ("href", "url", "host"),
    [
        ("HTTPS://A.org:8080/@me?q=1#f", "https://a.org:8080/@me?q=1#f", "a.org"),
        ("https://m%C3%BCnchen.de/ä", "https://xn--mnchen-3ya.de/%C3%A4", "xn--mnchen-3ya.de"),
        ('https://a.org/"<>', "https://a.org/%22%3C%3E", "a.org"),
        ("mailto:a@b.org", "mailto:a@b.org", ""),
    ],
)
def test_an_honest_address_is_kept(href, url, host):
    assert address(href) == (url, host)


@pytest.mark.parametrize(
    "text", ["<b>" * 101, "> " * 200 + "x", "x" * 65_537, "é" * 40_000, "<i>&\u202e" + "x" * 70_000]
)
def test_a_text_that_breaks_a_cap_is_shown_escaped_and_says_so(text):
    rendered = render(text)
    assert not rendered.displayed
    assert [element.tag for element in parsed(rendered.html).iter()] == ["DOCUMENT_FRAGMENT", "p"]
    assert parsed(rendered.html)[0].text.removesuffix("…") in clean(text)
    assert len(rendered.html) < 15_000


def test_a_refused_text_keeps_its_lines_and_a_phone_may_break_them():
    assert refused("one\ntwo <b>\n").html == "<p>one<br>\ntwo &lt;b&gt;</p>"


def test_a_refused_text_shows_its_solidus_overlays_as_they_were():
    html = render("a = \u0338" + "x" * 70_000).html
    assert parsed(html)[0].text.startswith("a = \u0338x")


def test_a_text_at_the_caps_is_displayed():
    assert render("x" * 65_536).displayed
    assert render("<b>" * 99).displayed


@settings(max_examples=300, deadline=None)
@given(hostile)
@example("<b><table><tr><td></b></td></tr></table>" * 5)
@example('<div title=">"</div>' * 5)
@example("<b><!-- </b> -->" * 5)
@example("<!--><b><b><b>-->" * 3)
@example("<svg><input><input><input></svg>")
def test_markup_never_nests_deeper_than_was_counted(text):
    text = re.sub(r"<(?=/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)\b)", "&lt;", text)
    added = sum(element.tag in ("tbody", "tr", "colgroup") for element in parsed(text).iter())

    def height(element):
        return 1 + max((height(child) for child in element if isinstance(child.tag, str)), default=0)

    leaf = 1  # an empty element opens nothing below it
    assert height(parsed(text)) - 1 <= depth(text) + added + leaf


@settings(max_examples=300)
@given(st.text(st.characters() | st.sampled_from("e\u0301\u0344\u0316\u0958\u202e\u200d\x85\r\n\ufb2c"), max_size=60))
@example("e" + "\u0344" * 6)
def test_cleaning_again_changes_nothing_and_leaves_only_what_xml_allows(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned == unicodedata.normalize("NFC", cleaned)
    assert not SILENT.search(cleaned)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\u2028d\te", "a\nb\nc\nd\te"),
        ("e\u0301", "é"),
        ("user\u202etxt.exe \u2066x\u2069", "usertxt.exe x"),
        ("pass\u200bword\ufeff so\u00adft", "password soft"),
        ("👩\u200d👩\u200d👧 ❤\ufe0f می\u200cخواهم", "👩\u200d👩\u200d👧 ❤\ufe0f می\u200cخواهم"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("\ud83d\x00\x1b[31m\ufffe", "[31m"),
        ("z" + "\u0300" * 50, "z" + "\u0300" * 10),
        ("\U000e0041\U000e0042x", "x"),
    ],
)
def test_characters_that_deceive_go_and_those_that_scripts_need_stay(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "limit", "words"),
    [
        ("# Hello **you**\n\n- and `code` & <b>all</b>\n", None, "Hello you and code & all"),
        ("one two three", 9, "one two…"),
        ("one two three", 13, "one two three"),
        ("one, two three", 9, "one, two…"),
        ("漢字" * 20, 5, "漢字漢字…"),
        ("a " + "漢字" * 20, 6, "a 漢字漢…"),
        ("[a](http://b.org) ![c](http://d.org)", None, "a c"),
        ("&lt;script&gt;", None, "<script>"),
        ("<b>" * 101 + "x", 8, "<b><b><…"),
        ("", 5, ""),
    ],
)
def test_plain_words_are_one_line_cut_at_a_word_end(text, limit, words):
    assert plain(text, limit) == words


@settings(max_examples=200, deadline=None)
@given(hostile, st.integers(1, 30))
def test_plain_words_keep_to_their_limit_on_one_line(text, limit):
    words = plain(text, limit)
    assert len(words) <= limit
    assert not re.search(r"[\n\r\t]", words)


@given(st.one_of(st.text(), st.text(st.characters(max_codepoint=0x7F)), hostile))
def test_a_text_that_stands_for_itself_has_nothing_to_clean_or_escape(text):
    assert not stands(text) or str(written_out(text)) == text


def test_any_sign_that_html_knows_has_to_be_escaped():
    assert stands("The editor loses the last line of a text, 12:30 (again)!")
    assert not any(stands(f"a{sign}b") for sign in "<>&\"'\0\n\u0338\u202e\u00e9")


def test_the_version_names_the_libraries_that_decide_the_html():
    assert re.fullmatch(r"6(/[0-9.]+){3}", VERSION)
