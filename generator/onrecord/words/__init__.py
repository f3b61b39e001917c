"""The one way in which words from outside become HTML: GitHub's Markdown, then an allow-list.

Caps and allow-list: docs/design/words.md. Templates put the result into an element with class `words`.
"""

from dataclasses import dataclass
from html import unescape

import cmarkgfm
from cmarkgfm.cmark import Options
from markupsafe import Markup, escape

from onrecord.words.allowed import allowed
from onrecord.words.characters import clean, unmelted
from onrecord.words.depth import depth
from onrecord.words.shape import TAG, shaped

__all__ = ["Rendered", "clean", "line_of", "ours", "plain", "refused", "render", "stands", "written_out"]

_TEXT_LIMIT = 64 * 1024  # bytes of UTF-8
_HTML_LIMIT = 1024 * 1024  # characters
_DEPTH_LIMIT = 100  # the sanitiser's time is quadratic in depth
_SHOWN_IF_REFUSED = 2_000  # characters

# Raw HTML passes the parser, because people write <details>, <kbd> and <br>; the allow-list is the one gate.
_MARKDOWN = Options.CMARK_OPT_UNSAFE


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML of a text, and whether the text could be displayed as it was meant."""

    html: Markup
    displayed: bool = True

    @classmethod
    def again(cls, html: str, displayed: bool) -> "Rendered":
        """Return what `render` made in another program or in an earlier run; give it nothing else."""
        return cls(Markup(html), displayed)  # noqa: S704

    def between(self, before: Markup, after: Markup) -> Markup:
        """Return the HTML between two pieces of HTML."""
        # Adding them up would look at each of them twice: a page has a dozen texts.
        return Markup("".join((before, self.html, after)))  # noqa: S704


def render(text: str, *, show_hosts: bool = False) -> Rendered:
    """Return the safe HTML of a GitHub-flavoured Markdown text, whatever the text.

    With `show_hosts` each link is followed by the host it leads to, unless the link's words are its address.
    A text that breaks a cap comes back as its escaped beginning, and `displayed` is false: say so beside it.
    """
    if len(text) > _TEXT_LIMIT:
        return refused(text)
    text = clean(text)
    if len(text.encode()) > _TEXT_LIMIT:
        return refused(text)
    html = cmarkgfm.github_flavored_markdown_to_html(text, _MARKDOWN)
    if len(html) > _HTML_LIMIT:
        return refused(text)
    if html.count("<") > _DEPTH_LIMIT and depth(html) > _DEPTH_LIMIT:  # each level begins with a sign of its own
        return refused(text)
    html = allowed(html)
    if len(html) > _HTML_LIMIT:
        return refused(text)
    return Rendered(Markup(shaped(html, show_hosts=show_hosts).strip()))  # noqa: S704


def plain(text: str, limit: int | None = None) -> str:
    """Return the words of a Markdown text on one line; see `line_of`. Titles are no Markdown: `clean` them."""
    return line_of(render(text), limit)


def line_of(rendered: Rendered, limit: int | None = None) -> str:
    """Return the words of a rendered text on one line, cut at a word's end to `limit` characters with "…".

    They are text, not HTML: whoever writes them into a page escapes them.
    """
    words = " ".join(clean(unescape(TAG.sub("", rendered.html))).split())
    if limit is None or len(words) <= limit:
        return words
    room = words[: max(limit, 1)]
    whole = room.rpartition(" ")[0]
    if len(whole) * 2 < len(room):  # one long word, or a script without spaces
        whole = room[:-1]
    return whole.rstrip(" ,;:.–—\u200d") + "…"


def stands(text: str) -> bool:
    """Tell whether a text is shown by itself as it is: nothing in it is to be cleaned or escaped."""
    if not (text.isascii() and text.isprintable()):
        return False
    return not ("<" in text or "&" in text or ">" in text or '"' in text or "'" in text)


def written_out(text: str) -> Markup:
    """Return the HTML that shows a text as it is, sign by sign, clean and without markup of its own."""
    if text.isascii() and text.isprintable():  # nothing to clean: most texts are so
        return escape(text)
    return Markup(unmelted(str(escape(clean(text)))))  # noqa: S704


def ours(text: str) -> Markup:
    """Return words of our own code or catalogue as the HTML that they are; give it nothing else."""
    return str.__new__(Markup, text)  # text it is: nothing has to be asked for its HTML


def refused(text: str) -> Rendered:
    """Return what is shown of a text that cannot be displayed as it was meant: its escaped beginning."""
    beginning = clean(text[:_SHOWN_IF_REFUSED]).strip()
    shown = written_out(beginning + ("…" if len(text) > _SHOWN_IF_REFUSED else ""))
    lines = Markup("<br>\n").join(shown.split("\n"))  # a phone breaks them, which it would not do in a `<pre>`
    return Rendered(Markup("<p>{}</p>").format(lines), displayed=False)
