"""From a document to items: which of the formats it is in."""

import re
from collections.abc import Iterator
from itertools import islice

from onrecord.sources.feed.document import parsed_json, parsed_xml, refused
from onrecord.sources.feed.encoding import Document, text_of
from onrecord.sources.feed.item import Item
from onrecord.sources.feed.json_feed import json_items
from onrecord.sources.feed.xml_feed import xml_items

LARGEST = 16 * 2**20  # bytes
_MOST = 10_000  # items
_SHORTEN = "have it made shorter: a feed needs what is new, On Record keeps the rest"
_PAGE = re.compile(r"(?:\s++|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!doctype[^>]*+>){0,500}<html\b", re.DOTALL | re.IGNORECASE)


def read(document: Document, where: str) -> list[Item]:
    """Return the items of a feed that was found at `where`, in its own order.

    Raises `SourceFailed` when it is no feed, too large, broken beyond simple mending, or dangerous to open.
    """
    where = where.partition("?")[0]  # what follows may be a secret, and is no part of any link
    if len(document.content) > LARGEST:
        raise refused(where, f"this feed is larger than {LARGEST:,} bytes", _SHORTEN)
    items = list(islice(_items(document, where), _MOST + 1))
    if len(items) > _MOST:
        raise refused(where, f"this feed has more than {_MOST:,} items", _SHORTEN)
    return items


def _items(document: Document, where: str) -> Iterator[Item]:
    text = text_of(document)
    if text is None:
        raise refused(where, "this is in no encoding that we know")
    if _PAGE.match(text):
        raise refused(
            where, "this is a web page and no feed", "look on it for its feed, and write that address as `url`"
        )
    if text.lstrip().startswith(("{", "[")):
        return json_items(parsed_json(text, where), where)
    return xml_items(parsed_xml(text, where), where)
