"""Which pages to look at: the fewest that show all there is, so that a page of a new kind is among them by itself.

What a page shows is its kind of address, the kind and status of its entry, every element with a class, and every
text of the interface. A page is looked at when it shows something that none of the others does.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape

from babel.messages.pofile import read_po
from tests.pages.sites import Shown

from onrecord.language import DOMAIN, LOCALES

_MOVED = 'http-equiv="refresh"'
_CLASSED = re.compile(r'<(\w+)[^>]*? class="([^"]+)"')
_INLINE = re.compile(r"</?(?:a|b|bdi|span|time)\b[^>]*>")
_TAG = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Place:
    """A page of a site: its address below the site, which kind of page it is, and all that it shows."""

    site: Shown
    address: str
    kind: str
    shows: frozenset[str]

    def __str__(self) -> str:
        """Return `demo:/known/`."""
        return f"{self.site.name}:/{self.address}"


def places(site: Shown) -> Iterator[Place]:
    """Yield the pages of a site that a reader stays on."""
    for path in sorted(site.out.rglob("*.html")):
        html = path.read_text("utf-8")
        if _MOVED not in html:
            address = path.relative_to(site.out).as_posix().removesuffix("index.html")
            kind = _kind(site, address)
            yield Place(site, address, kind, frozenset({kind, *_parts(html), *_said(html)}))


def cover(among: Iterable[Place]) -> list[Place]:
    """Return the fewest pages (nearly) that together show what all of them show, in the order of their sites."""
    left = {place: place.shows for place in among}
    order = list(left)
    chosen = []
    while left:
        best = max(left, key=lambda place: len(left[place]))
        seen = left.pop(best)
        if not seen:
            break
        chosen.append(best)
        left = {place: shows - seen for place, shows in left.items()}
    return sorted(chosen, key=order.index)


def _kind(site: Shown, address: str) -> str:
    """Return the kind and status of an entry's page, and of other pages what their addresses have in common."""
    entry = site.out / address / "index.json"
    if entry.is_file():
        facts = json.loads(entry.read_bytes())
        return f"{facts['kind']} {facts['status']}"
    top, *below = re.sub(r"\d+", "0", address).split("/")
    return "/".join([top, *(part if part in ("", "0", "0-0") else "*" for part in below)])


def _parts(html: str) -> Iterator[str]:
    for tag, classes in _CLASSED.findall(html):
        yield from (f"{tag}.{name}" for name in classes.split())


def _said(html: str) -> Iterator[str]:
    text = _BLANK.sub(" ", unescape(_TAG.sub(" ", _INLINE.sub("", html))))
    return (words for words, pattern in interface().items() if pattern.search(text))


@cache
def interface() -> Mapping[str, re.Pattern[str]]:
    """Return every text of the interface, each with a pattern that finds it on a page."""
    with (LOCALES / f"{DOMAIN}.pot").open("rb") as file:
        forms = [form for message in read_po(file) if message.id for form in _forms(message.id)]
    return {form: re.compile(_pattern(form)) for form in forms}


def _forms(text: str | tuple[str, ...] | list[str]) -> Iterable[str]:
    return (text,) if isinstance(text, str) else text


def _pattern(text: str) -> str:
    literal = re.split(r"%\(\w+\)[sd]", _BLANK.sub(" ", text))
    return rf"(?<!\w){'.{1,80}?'.join(map(re.escape, literal))}(?!\w)"
