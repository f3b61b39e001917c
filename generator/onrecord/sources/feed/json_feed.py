"""JSON Feed 1 and 1.1 (jsonfeed.org): from plain data to items. What has the wrong type counts as absent."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from onrecord.sources.feed.dates import read_date
from onrecord.sources.feed.document import refused
from onrecord.sources.feed.item import Item, absolute
from onrecord.sources.feed.text import body_of, html_of, line_of
from onrecord.words import clean


def json_items(plain: Any, where: str) -> Iterator[Item]:
    """Yield the items of a JSON Feed from an address; raises `SourceFailed` when the data is something else."""
    feed = _object(plain)
    if not _text(feed, "version").startswith("https://jsonfeed.org/version/1") or not isinstance(
        feed.get("items"), list
    ):
        raise refused(where, "this is JSON, but no JSON Feed of version 1", "check `url`: it should lead to a feed")
    base = _text(feed, "home_page_url") or where
    for item in map(_object, feed["items"]):
        if item:
            yield _item(item, base, _text(feed, "language"))


def _item(item: dict[str, Any], base: str, language: str) -> Item:
    link = absolute(base, _text(item, "url")) if _text(item, "url") else None
    html = _text(item, "content_html") or html_of(_text(item, "content_text"))
    title, published = line_of(html_of(_text(item, "title"))), _text(item, "date_published")
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    tags = item.get("tags")
    return Item(
        key=_text(item, "id") or link or f"{title} {published}".strip() or html,
        title=title,
        link=link,
        published=read_date(published),
        updated=read_date(_text(item, "date_modified")),
        body=body_of(html, partial(absolute, link or base)),
        summary=line_of(html_of(_text(item, "summary"))),
        categories=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        authors=tuple(_text(_object(author), "name") for author in authors or ()),
        lang=_text(item, "language") or language,
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean(str(value)).strip()
