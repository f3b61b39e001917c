"""Sanitised HTML in the shape of our pages: links with their host, low headings, no images, no forms."""

import re
from html import escape, unescape

from onrecord.words.address import Address, address
from onrecord.words.characters import clean, unmelted

REL = "nofollow ugc noopener noreferrer"
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_PART = re.compile(rf"[^<]+|{TAG.pattern}")
_KEPT = r"</?(?!(?:a|h[1-6]|img|input|pre|table)>)[a-z][a-z0-9]*>"
_PART_OF_CLEAN = re.compile(rf"(?:[^<]++|{_KEPT}){{1,500}}|{TAG.pattern}")
"""Text together with the tags that stay as they are: most of what people write is one such part, or three."""

# People begin the parts of a text with "##": both upper levels become the first one below the page's own.
_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6", "h6": "h6"}

# What may be wider than the page scrolls by itself; who has no mouse must be able to get there and do it.
_SCROLLS = {"pre", "table"}


def shaped(html: str, *, show_hosts: bool) -> str:
    """Return the sanitiser's output rewritten for our pages.

    Give it nothing else: it reads tags by pattern, which only that canonical form allows.
    """
    shaper = _Shaper(show_hosts)
    # What is clean as a whole is clean between any two tags.
    parts = _PART_OF_CLEAN if unmelted(clean(html)) == html else _PART
    for part in parts.finditer(html):
        if part[2] is None:
            shaper.text(part[0])
        elif part[1]:
            shaper.end(part[2])
        else:
            shaper.start(part[2], {name: unescape(value) for name, value in _ATTRIBUTE.findall(part[3])})
    return "".join(shaper.parts)


class _Shaper:
    def __init__(self, show_hosts: bool) -> None:
        self.show_hosts = show_hosts
        self.parts: list[str] = []
        self.links: list[tuple[Address | None, int]] = []  # where to, and where its words begin

    @property
    def in_link(self) -> bool:
        return any(target for target, _ in self.links)

    def text(self, html: str) -> None:
        # Numeric references are characters now, so these were never cleaned.
        self.parts.append(unmelted(clean(html)))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "a":
            self.open_link(attributes.get("href", ""))
        elif name == "img":
            self.image(attributes)
        elif name == "input":
            # A sign, not a form field: it needs no label, and feeds can show it.
            self.parts.append("☑" if "checked" in attributes else "☐" if "type" in attributes else "")
        else:
            given = attributes | ({"tabindex": "0"} if name in _SCROLLS else {})
            kept = "".join(f' {key}="{escape(value)}"' for key, value in given.items())
            self.parts.append(f"<{_HEADINGS.get(name, name)}{kept}>")

    def end(self, name: str) -> None:
        if name == "a":
            self.close_link()
        else:
            self.parts.append(f"</{_HEADINGS.get(name, name)}>")

    def open_link(self, href: str) -> None:
        # A table lets a link stand in another one, of which browsers make something else.
        target = None if self.in_link else address(href)
        if target:
            self.parts.append(f'<a href="{escape(target.url)}" rel="{REL}">')
        self.links.append((target, len(self.parts)))

    def close_link(self) -> None:
        target, begin = self.links.pop()
        if not target:
            return
        words = unescape("".join(self.parts[begin:]))
        self.parts.append("</a>")
        if self.show_hosts and target.host and words not in (target.url, target.url.partition("://")[2]):
            self.parts.append(f" <small>({target.host})</small>")

    def image(self, attributes: dict[str, str]) -> None:
        alt = attributes.get("alt", "").strip()
        if self.in_link:
            self.text(escape(alt))
            return
        source = attributes.get("src", "")
        target = address(source)
        self.open_link(source)
        self.text(escape(alt or (target.url if target else "")))
        self.close_link()
