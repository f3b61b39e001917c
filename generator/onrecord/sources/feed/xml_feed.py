"""RSS 0.90 to 2.0 and Atom 0.3 and 1.0: from a tree to items.

The formats differ in names more than in ideas, so they are read alike: each fact has a list of names.
"""

from base64 import b64decode
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from html import escape
from xml.etree.ElementTree import Element, tostring

from onrecord.sources.feed.dates import read_date
from onrecord.sources.feed.document import refused
from onrecord.sources.feed.item import Item, absolute
from onrecord.sources.feed.text import body_of, html_of, line_of
from onrecord.words import clean

_ATOM = ("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}")
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/rss/1.0/": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://search.yahoo.com/mrss/": "media:",
}
_FEEDS = frozenset({"rss", "rdf:rdf", "feed", "entry"})
_TITLE = ("title", "dc:title", "media:title")
_CONTENT = ("content", "content:encoded", "xhtml:body", "xhtml:div", "body", "fullitem")
_SUMMARY = ("summary", "description", "dc:description")
_PUBLISHED = ("published", "pubdate", "issued", "dcterms:issued", "created", "dcterms:created", "dc:date")
_UPDATED = ("updated", "modified", "dcterms:modified", "lastbuilddate")
_PLAIN = frozenset({"", "text", "text/plain"})
_TEXTUAL = _PLAIN | {"html", "text/html"}
_MARKUP = frozenset({"xhtml", "application/xhtml+xml"})
_OTHER = (
    "check `url`: it should lead to RSS, Atom or JSON Feed; older formats are not read, like CDF and drafts of Atom"
)
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def xml_items(root: Element, where: str) -> Iterator[Item]:
    """Yield the items of a feed from an address; raises `SourceFailed` when the tree is something else."""
    kind = _name(root)
    if kind not in _FEEDS:
        raise refused(where, "this is XML, but neither RSS nor Atom", _OTHER)
    yield from map(item, _items(feed_of(root, where), kind))


@dataclass(frozen=True, slots=True)
class Node:
    """An element with what it inherits: the base of its addresses, and its language."""

    element: Element
    base: str
    lang: str = ""

    def within(self, element: Element) -> "Node":
        """Return an element in this one."""
        base = element.get(f"{_XML}base")
        lang = element.get(f"{_XML}lang", self.lang)
        return Node(element, (absolute(self.base, base) or self.base) if base else self.base, lang)

    def named(self, *names: str) -> list["Node"]:
        """Return the children with these names, the first name's first."""
        found = [(names.index(name), child) for child in self.element if (name := _name(child)) in names]
        return [self.within(child) for _, child in sorted(found, key=lambda pair: pair[0])]

    def text(self) -> str:
        """Return the text of an element that holds nothing else."""
        return clean(self.element.text or "").strip()

    def texts(self, *names: str) -> Iterator[str]:
        """Yield the texts of children that have some."""
        return filter(None, (child.text() for child in self.named(*names)))

    def html(self) -> str:
        """Return an element's words: markup in it, escaped markup, or plain text where the format says so."""
        kind = self.element.get("type", "").strip().lower()
        if len(self.element) or kind in _MARKUP:
            return escape(self.element.text or "") + "".join(map(_markup, self.element))
        if self.element.tag.startswith(_ATOM) and (self.element.get("mode") == "base64" or kind not in _TEXTUAL):
            return _unpacked(self.element.text or "")
        if self.element.tag.startswith(_ATOM) and kind in _PLAIN:
            return html_of(self.element.text or "")
        return self.element.text or ""


def _unpacked(letters: str) -> str:
    """Return words that Atom 0.3 packed as base64, or nothing where a picture or a program is packed."""
    try:
        return b64decode(letters).decode("utf-8")
    except ValueError:
        return ""


def feed_of(root: Element, where: str) -> Node:
    """Return the root with the base and language of the whole feed."""
    node = Node(root, where).within(root)
    channel = next(iter(node.named("channel")), node)
    if not node.base.startswith("http"):  # a file has no address, but tells its site's
        node = replace(node, base=_link(channel) or "")
    return replace(node, lang=channel.lang or next(channel.texts("language", "dc:language"), ""))


def item(node: Node) -> Item:
    """Return what an element says about itself: an item, and just as well a whole channel."""
    title, link = _first_line(node, _TITLE), _link(node)
    words = [(child, html) for child in node.named(*_CONTENT, *_SUMMARY) if (html := child.html()).strip()]
    content, html = words[0] if words else (node, "")
    has_summary = len(words) > 1 and _name(words[0][0].element) in _CONTENT
    published, updated = _date(node, _PUBLISHED), _date(node, _UPDATED)
    stated = " ".join(node.texts(*_PUBLISHED))
    return Item(
        key=next(node.texts("id", "guid"), "")
        or node.element.get(_ABOUT)
        or link
        or f"{title} {stated}".strip()
        or html,
        title=title,
        link=link,
        published=published or updated,
        updated=updated if published else None,
        body=body_of(html, partial(absolute, content.base)),
        summary=_first_line(node, _SUMMARY) if has_summary else "",
        categories=tuple(_categories(node)),
        authors=(
            *node.texts("author", "dc:creator"),
            *(name for by in node.named("author") for name in by.texts("name")),
        ),
        lang=content.lang,
    )


def _items(feed: Node, kind: str) -> Iterable[Node]:
    if kind == "entry":
        return [feed]
    containers = [feed, *feed.named("channel")]
    return [found for container in containers for found in container.named("item", "entry")]


def _name(element: Element) -> str:
    """Return a name in small letters, with our prefix of its namespace; an unknown one's is `?:`."""
    space, _, local = element.tag.rpartition("}")
    return _PREFIXES.get(space.lstrip("{"), "?:" if space else "") + local.lower()


def _link(node: Node) -> str | None:
    links = node.named("link")
    for child in links:
        address, rel = child.element.get("href"), child.element.get("rel", "alternate").strip().lower()
        found = absolute(child.base, address) if address and rel == "alternate" else None
        if found or (not address and child.text() and (found := absolute(child.base, child.text()))):
            return found
    for child in node.named("guid"):
        if child.element.get("isPermaLink", "true").strip().lower() != "false":
            return absolute(child.base, child.text()) if child.text() else None
    return None


def _first_line(node: Node, names: tuple[str, ...]) -> str:
    return next(filter(None, (line_of(child.html()) for child in node.named(*names))), "")


def _date(node: Node, names: tuple[str, ...]) -> datetime | None:
    """Return the first name's date; of several under one name the last counts, as other readers have it."""
    texts = (text for name in names for text in reversed([*node.texts(name)]))
    return next(filter(None, map(read_date, texts)), None)


def _categories(node: Node) -> Iterator[str]:
    for child in node.named("category", "dc:subject"):
        yield from filter(None, (child.element.get("term"), child.element.get("label"), child.text()))


def _markup(element: Element) -> str:
    """Return an element as HTML, with what follows it: names and attributes lose their namespaces."""
    copy = deepcopy(element)
    for each in copy.iter():
        each.tag = each.tag.rpartition("}")[2]
        each.attrib = {name: value for name, value in each.attrib.items() if "}" not in name}
    return tostring(copy, "unicode", method="html")
