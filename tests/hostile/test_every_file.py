"""Hostile text in every field that reaches a site: no file of it, of whatever output, does harm."""

import gzip
import io
import json
import re
from html import unescape

import pytest
from PIL import Image
from tests.hostile import filled
from tests.hostile.ours import STRINGS
from tests.hostile.reading import wrong_with
from tests.own_site import FrameCache, Site

from onrecord.frames.policy import policy
from onrecord.words import clean


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, frame_cache: FrameCache) -> dict[str, bytes]:
    """A site in which each string stands first in a field of some entry, and each in every field of every kind."""
    site = Site(tmp_path_factory.mktemp("hostile"), frame_cache)
    filled.write(site, STRINGS, every=1)
    return site.build()


def test_no_file_of_a_site_does_harm(built: dict[str, bytes]) -> None:
    assert len([path for path in built if re.fullmatch(r"log/app-\d+/index.html", path)]) == len(STRINGS) >= 120
    wrong = [what for path, content in built.items() for what in wrong_with(path, content)]
    assert not wrong, f"{len(wrong)} times:\n" + "\n".join(wrong[:40])


def test_data_in_a_page_says_what_the_entry_says_sign_by_sign(built: dict[str, bytes]) -> None:
    for path, content in built.items():
        if re.fullmatch(r"log/app-\d+/index.json", path):
            page, title = built[path.replace(".json", ".html")].decode(), clean(json.loads(content)["title"])
            told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
            assert told.get("headline", told.get("name")) == title
            assert unescape(page.partition("<title>")[2].partition("</title>")[0]).startswith(title)


SCRIPT = "const words = document.currentScript;"
HEAD = (
    f'<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{policy([SCRIPT])}">'
    f'<script data-root="" data-here="" data-stale="">{SCRIPT}</script><title>x</title>'
)


def html(body: str, head: str = HEAD) -> bytes:
    return f"{head}</head><body>{body}</body></html>".encode()


def words(body: str) -> bytes:
    return html(f'<div class="words">{body}</div>')


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3, 3)).save(out, form)
    return out.getvalue()


HARMFUL = {
    "<b> has onclick": ("a.html", html("<b onclick=alert(1)>x</b>")),
    "a script that is none of ours": ("a.html", html("<script>alert(1)</script>")),
    "none of ours: //evil.example": ("a.html", html("<script src=//evil.example></script>")),
    "leads to 'javascript:alert(1)'": ("a.html", html("<a href=javascript:alert(1)>x</a>")),
    "leads to 'java\\tscript:x'": ("a.html", html("<a href='java\tscript:x'>x</a>")),
    "leads to '//evil.example'": ("a.html", html("<a href=//evil.example>x</a>")),
    "asks for 'https://evil.example'": ("a.html", html("<img src=https://evil.example alt=x>")),
    "<form> asks for": ("a.html", html("<form action=https://evil.example></form>")),
    "leads on to": ("a.html", html("", HEAD + "<meta http-equiv=refresh content='0; url=//evil.example'>")),
    "a style of its own": ("a.html", html("", HEAD + "<style>*{display:none}</style>")),
    "a script that its policy does not know": ("a.html", html("<script>alert(1)</script>")),
    "has style=": ("a.html", html("<p style=color:red>x</p>")),
    "has <iframe>": ("a.html", html("<iframe></iframe>")),
    "has <base>": ("a.html", html("", HEAD + "<base href=/x/>")),
    "does not begin with its one policy": ("a.html", html("", "<!doctype html><html><head><title>x</title>")),
    "is no valid HTML": ("a.html", html("<p></b></p>")),
    "has the id x twice": ("a.html", html("<b id=x></b><b id=x></b>")),
    "has a comment": ("a.html", html("<!-- x -->")),
    "says '\\u202e'": ("a.html", html("<p>\u202e</p>")),
    "<img> among words": ("a.html", words("<img src=x alt=x>")),
    "['id'] among words": ("a.html", words("<b id=x>x</b>")),
    "words lead to '/x'": ("a.html", words("<a href=/x>x</a>")),
    "vouches for": ("a.html", words("<a href=https://a.example/>x</a>")),
    "holds an entry that <b> has onclick": (
        "feed.xml",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><content>&lt;b onclick=x&gt;</content></feed>',
    ),
    "feed.xml leads to javascript:x": ("feed.xml", b'<feed><link href="javascript:x"/></feed>'),
    "feed.xml cannot be read": ("feed.xml", b"<feed>\x0b</feed>"),
    "EntitiesForbidden": ("feed.xml", b'<!DOCTYPE x [<!ENTITY e "x">]><feed>&e;</feed>'),
    "has script": ("a.svg", b"<svg><script/></svg>"),
    "a.json cannot be read": ("a.json", b"{"),
    "has a formula: '=1+1'": ("a.csv", b"a,b\r\nx,=1+1\r\n"),
    "a row of another length": ("a.csv", b"a,b\r\nx\r\n"),
    "says 'two'": ("robots.txt", b"User-agent: *\ntwo\n"),
    "hides something": ("robots.txt", "User-agent: \u202e*\n".encode()),
    "is PNG (3, 3)": ("a.png", picture("png")),
    "a.png cannot be read": ("a.png", b"<svg/>"),
    "is GIF": ("a.png", picture("gif")),
    "holds somebody's words": ("a.css", b"/* alert(1) */"),
    "is no piece of an index": ("a.pf_meta", gzip.compress(b"x")),
}


@pytest.mark.parametrize("what", HARMFUL)
def test_what_does_harm_is_seen(what: str) -> None:
    path, content = HARMFUL[what]
    assert what in "\n".join(wrong_with(path, content))


def test_a_page_that_does_no_harm_is_fine() -> None:
    link = '<a href="https://a.example/" rel="nofollow ugc noopener noreferrer">x</a>'
    assert wrong_with("a.html", words(f"<p>{link}</p>")) == []


def test_a_file_of_a_new_kind_is_a_failure_that_says_where_to_add_it() -> None:
    with pytest.raises(AssertionError, match=r'say in tests.hostile.reading how a file ".ics" is read'):
        wrong_with("work.ics", b"BEGIN:VCALENDAR")
