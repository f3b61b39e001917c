"""Texts of feeds: HTML becomes a body that Markdown leaves alone, or one line of plain text."""

import re
from collections.abc import Callable
from html import escape, unescape

import nh3

from onrecord.words import clean
from onrecord.words.depth import depth

# Numbers of Windows' letters, which XML takes for control characters: HTML reads them as what was meant.
_MEANT = {code: letter for code in range(0x80, 0xA0) if (letter := bytes([code]).decode("cp1252", "ignore"))}
_LARGEST = 64 * 1024 - len("<div>\n\n</div>")  # bytes of UTF-8: what words shows, less what is put around it
_DEEPEST = 90
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
_SCHEMES = {"http", "https", "mailto"}
# In a title only what is an element of HTML is markup: `Vec<T>` is a word.
_ELEMENT = re.compile(rf"</?(?:{'|'.join(sorted(nh3.ALLOWED_TAGS))})(?:[\s/][^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:p|br|div|li|h[1-6]|t[rdh])(?:[\s/][^<>]*)?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_EMPTY_LINE = re.compile(r"(?<=\n)([ \t]*)\n")

Rewrite = Callable[[str], str | None]
"""Makes a relative address absolute, or takes it away."""


def html_of(text: str) -> str:
    """Return plain text as HTML that shows it with its lines and paragraphs."""
    paragraphs = (part.strip() for part in re.split(r"\n[ \t]*\n", _clean(text)))
    return "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs if part)


def line_of(html: str, limit: int = 400) -> str:
    """Return the words of some HTML on one line."""
    words = " ".join(_clean(unescape(_ELEMENT.sub("", _BREAK.sub(" ", html)))).split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def body_of(html: str, rewrite: Rewrite) -> str:
    """Return HTML as the words of an entry, with absolute addresses and at most 64 KB.

    Markdown takes HTML as it is up to the first empty line, so there is none: an empty line in HTML is a
    reference to the character that it is, which changes nothing, not even in `pre`.
    """
    html = _clean(html[:_LARGEST])
    safe = _safe(html, rewrite)
    while len(safe.encode()) > _LARGEST:
        html = html[: len(html) * 3 // 4]
        safe = _safe(html, rewrite)
    shows = "<img" in safe or _ANY_TAG.sub("", safe).strip()
    return f"<div>\n{safe}\n</div>" if shows else ""


def _clean(text: str) -> str:
    return clean(text.translate(_MEANT))


def _safe(html: str, rewrite: Rewrite) -> str:
    if depth(html) > _DEEPEST:  # else the sanitiser's time is quadratic
        html = escape(_ANY_TAG.sub(" ", html), quote=False)
    kept = nh3.clean(html, attributes=_ATTRIBUTES, link_rel=None, url_schemes=_SCHEMES, url_relative=rewrite)
    kept = clean(kept.replace("\u0338", "&#x338;"))  # normalising would melt this overlay with the `>` before it
    return _EMPTY_LINE.sub(r"\1&#10;", kept.strip())
