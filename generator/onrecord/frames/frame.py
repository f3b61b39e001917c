"""A built page cut at its slots, and filled: no parser and no template runs for the ten-thousandth entry."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.frames.policy import inline_scripts, policy

POLICY = "onrecord:policy"
HEAD = "<!--onrecord:head-->"
BODY = "<!--onrecord:body-->"

_NAV = re.compile(r' data-nav="([^"]*)"')
# An inline script could not run under a frame's policy, so it need not travel with ten thousand pages.
_INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\ssrc=)[^>]*>.*?</script>", re.DOTALL)
# Ours does travel: a file of its own would be the last thing that the first paint waits for.
_OUR_SCRIPT = re.compile(r'<script src="[^"]*assets/onrecord\.js"([^>]*)></script>')
# Nor need what only the theme's own scripts would use: boxes to tick that nobody sees, and no valid HTML.
_TOGGLE = re.compile(r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>')
_BLANK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Frame:
    """A themed page in three pieces; what is filled in stands between them, whatever it contains."""

    before: str
    between: str
    after: str

    def fill(self, head: str, body: str) -> bytes:
        """Return the page with this head (title, canonical …) and this body, which are both safe HTML."""
        return f"{self.before}{head}{self.between}{body}{self.after}".encode()

    def marked(self, active: str | None, depth: int = 0) -> "Frame":
        """Return the frame whose header says that the active path is this page, or holds this page."""
        here = "page" if active is not None and active.count("/") == depth else "true"
        return Frame(self.before, mark(self.between, active, here), self.after)


def cut(html: str, script: str, template: str = "frame.html") -> Frame:
    """Return the frame that a built page is, with our `script` in it and a policy that lets it run.

    Raises `OnRecordError` when its template has lost a slot.
    """
    slim = _BLANK.sub("\n", _TOGGLE.sub("", _INLINE_SCRIPT.sub("", html))).strip() + "\n"
    page = _carrying(script, slim)
    before, rest = _split(with_policy(page, policy(inline_scripts(page)), template), HEAD, template)
    between, after = _split(rest, BODY, template)
    return Frame(before, between, after)


def _carrying(script: str, html: str) -> str:
    if "</script" in script or "<!--" in script:
        return html  # a site's own, which would end there: it stays a file
    return _OUR_SCRIPT.sub(lambda tag: f"<script{tag[1]}>{script}</script>", html)


def with_policy(html: str, policy: str, template: str = "main.html") -> str:
    """Return a page with its policy written where its template asks for one."""
    before, after = _split(html, POLICY, template)
    return f"{before}{escape(policy, quote=False)}{after}"


@lru_cache(maxsize=64)  # ten thousand pages have the same header
def mark(html: str, active: str | None, current: str = "page") -> str:
    """Return a page whose link to the active path says so to the eye and to a screen reader."""

    def say(link: re.Match[str]) -> str:
        return f' aria-current="{current}"' if unescape(link[1]) == active else ""

    return _NAV.sub(say, html)


def _split(html: str, slot: str, template: str) -> tuple[str, str]:
    # The policy stands first of all, and its slot is no comment: a title after it may be called the same.
    pieces = html.split(slot, 1 if slot == POLICY else -1)
    if len(pieces) != 2:
        raise OnRecordError(
            Problem(
                Place(f"templates/frame/{template}"),
                f"The page holds the slot {slot} {len(pieces) - 1} times, not once.",
                'Begin the file with {% extends "onrecord/' + template + '" %} and replace only the blocks you need.',
            )
        )
    return pieces[0], pieces[1]
