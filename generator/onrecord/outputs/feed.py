"""Atom feeds of everything and of each component and topic: the 50 entries that changed last, in a stable order."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from heapq import nlargest
from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from onrecord import words
from onrecord.file import Planned
from onrecord.model.entry import Entry
from onrecord.model.scalars import write_moment
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.health import concerning
from onrecord.record.record import Record
from onrecord.states import STATES

COUNT = 50
_ATOM = "http://www.w3.org/2005/Atom"


class Feed:
    """The Atom feeds of the record."""

    name: ClassVar[str] = "feed"

    def files(self, record: Record, press: Press) -> Iterator[Planned]:
        """Yield `/feed.xml`, and `feed.xml` beside the page of each component and of each topic.

        `updated` moves only when an entry moved, so a rebuild without news changes no feed.
        """

        @cache  # An entry of many topics is rendered once.
        def told(entry_id: str) -> Element:
            return _entry(by_id[entry_id], record, press)

        by_id = {entry.id: entry for entry in record.entries}
        for page, title, entries in _about(record):
            newest = nlargest(COUNT, entries, lambda entry: (record.changed[entry.id], entry.id))
            make = partial(_feed, page, title, newest, told, record, press)
            yield Planned(addresses.feed_of(page), press.key_of(record, newest, title), make)


def _about(record: Record) -> Iterator[tuple[str, str, Iterable[Entry]]]:
    """Yield each page that has a feed, the title of its feed, and what is in it."""
    yield addresses.HOME, record.site.title, record.entries
    for name, component in record.components.items():
        yield addresses.component_page(name), f"{record.site.title}: {component.name}", concerning(record, name)
    for topic in record.topics:
        about = (entry for entry in record.entries if topic in entry.topics)
        yield addresses.topic_page(topic), f"{record.site.title}: {topic.replace('-', ' ')}", about


def _feed(
    page: str, title: str, newest: list[Entry], told: Callable[[str], Element], record: Record, press: Press
) -> bytes:
    address = addresses.feed_of(page)
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": press.language.code})
    _text(feed, "id", press.url(address))
    _text(feed, "title", title)
    _text(feed, "subtitle", record.site.description)
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": press.url(address)})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": press.url(page)})
    _text(feed, "updated", write_moment(newest[0].changed) if newest else "1970-01-01T00:00:00Z")
    author = SubElement(feed, "author")
    _text(author, "name", record.site.title)
    feed.extend(told(entry.id) for entry in newest)
    indent(feed, "")
    whole: bytes = tostring(feed, "utf-8", xml_declaration=True)
    return whole + b"\n"


def _entry(entry: Entry, record: Record, press: Press) -> Element:
    url = press.url(addresses.entry_page(entry.id))
    node = Element("entry")
    _text(node, "id", url)
    _text(node, "title", entry.title)
    SubElement(node, "link", {"rel": "alternate", "type": "text/html", "href": url})
    _text(node, "published", write_moment(entry.opened))
    _text(node, "updated", write_moment(entry.changed))
    SubElement(node, "category", {"term": str(entry.kind)})
    # A promise is left out: whether it is overdue is told by the clock, and no feed may move with that.
    told = press.text(
        "feed_entry.html",
        root=press.url(addresses.HOME),
        entry=entry,
        state=STATES[entry.status],
        record=record,
        standing_promise=None,
        icons=False,
    )
    content = _text(node, "content", told)
    content.set("type", "html")
    return node


def _text(parent: Element, tag: str, text: str) -> Element:
    child = SubElement(parent, tag)
    child.text = words.clean(text)
    return child
