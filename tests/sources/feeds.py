"""Feeds for tests: written in a line, read in memory, and served on 127.0.0.1 as a polite server does."""

from datetime import UTC, datetime
from typing import Any

from tests.local_host import Asked, LocalHost, faults

from onrecord.contracts import Answer, Batch, Known
from onrecord.sources.feed import Feed
from onrecord.sources.feed.encoding import Document
from onrecord.sources.feed.item import Item
from onrecord.sources.feed.read import read

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WHERE = "https://acme.example/blog/news.xml"


def rss(*items: str, head: str = "", about: str = "") -> str:
    """Return an RSS 2.0 feed with these items."""
    whole = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"{about}><channel>{head}{whole}</channel></rss>'


def atom(*entries: str, about: str = "") -> str:
    """Return an Atom 1.0 feed with these entries."""
    whole = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{about}>{whole}</feed>'


def items(feed: str | bytes, content_type: str = "") -> list[Item]:
    return read(Document(feed.encode() if isinstance(feed, str) else feed, content_type), WHERE)


def only(feed: str | bytes, content_type: str = "") -> Item:
    (item,) = items(feed, content_type)
    return item


def source(**fields: Any) -> Feed:
    return Feed.model_validate({"url": WHERE, **fields})


def batch(feed: str, **marks: str) -> Batch:
    told = {"settings": "as they are", **marks}
    return (Answer("feed", WHERE, Document(feed.encode())), Answer("read", WHERE, told))


def known(**fields: Any) -> Known:
    return Known(**{"name": "news", "now": NOW, **fields})


class LocalFeed(LocalHost):
    """A feed at `news`; a question with what its `headers` validate is answered by 304, as `statuses` tell."""

    def __init__(self, feed: str, headers: dict[str, str] | None = None, **how: Any) -> None:
        super().__init__(**how)
        self.feed = feed.encode()
        self.headers = headers or {}
        self.statuses: list[int] = []

    @property
    def news(self) -> str:
        """The address of the feed."""
        return f"{self.url}/news.xml"

    def right(self, asked: Asked) -> faults.Answer:
        """Return the feed, or that it is as it was."""
        conditions = {
            "if-none-match": self.headers.get("etag"),
            "if-modified-since": self.headers.get("last-modified"),
        }
        known = any(asked.headers.get(name) == value for name, value in conditions.items() if value)
        self.statuses.append(304 if known else 200)
        return faults.Answer(self.statuses[-1], b"" if known else self.feed, dict(self.headers))


def serving(feed: str, **headers: str) -> LocalFeed:
    """Serve a feed with headers (`last_modified="…"`)."""
    return LocalFeed(feed, {name.replace("_", "-").lower(): text for name, text in headers.items()})
