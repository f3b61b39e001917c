"""The Atom feed: the 50 entries that changed last, in a stable order."""

from collections.abc import Iterator
from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from onrecord import words
from onrecord.file import File
from onrecord.model.entry import Entry
from onrecord.model.scalars import write_moment
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record
from onrecord.states import STATES

COUNT = 50
_ATOM = "http://www.w3.org/2005/Atom"


class Feed:
    """The Atom feed of the whole record."""

    name: ClassVar[str] = "feed"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield `/feed.xml`; `updated` moves only when an entry moved, so a rebuild without news changes nothing."""
        newest = sorted(record.entries, key=lambda entry: (entry.changed, entry.id), reverse=True)[:COUNT]
        feed = Element("feed", {"xmlns": _ATOM, "xml:lang": press.language.code})
        _text(feed, "id", press.url(addresses.FEED))
        _text(feed, "title", record.site.title)
        _text(feed, "subtitle", record.site.description)
        SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": press.url(addresses.FEED)})
        SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": press.url(addresses.HOME)})
        _text(feed, "updated", write_moment(newest[0].changed) if newest else "1970-01-01T00:00:00Z")
        author = SubElement(feed, "author")
        _text(author, "name", record.site.title)
        for entry in newest:
            _entry(feed, entry, press)
        indent(feed, "")
        return iter([File(addresses.FEED, tostring(feed, "utf-8", xml_declaration=True) + b"\n")])


def _entry(feed: Element, entry: Entry, press: Press) -> None:
    url = press.url(addresses.entry_page(entry.id))
    node = SubElement(feed, "entry")
    _text(node, "id", url)
    _text(node, "title", entry.title)
    SubElement(node, "link", {"rel": "alternate", "type": "text/html", "href": url})
    _text(node, "published", write_moment(entry.opened))
    _text(node, "updated", write_moment(entry.changed))
    SubElement(node, "category", {"term": str(entry.kind)})
    content = _text(node, "content", press.text("feed_entry.html", entry=entry, state=STATES[entry.status]))
    content.set("type", "html")


def _text(parent: Element, tag: str, text: str) -> Element:
    child = SubElement(parent, tag)
    child.text = words.clean(text)
    return child
