"""Feeds for tests: written in a line, read in memory, and served on 127.0.0.1 as a polite server does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

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


@dataclass
class FeedServer:
    """What is served, and what was asked."""

    url: str = ""
    feed: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


@contextmanager
def serving(feed: str, **headers: str) -> Iterator[FeedServer]:
    """Serve a feed with headers (`last_modified="…"`); a question with what they validate is answered by 304."""
    server = FeedServer(
        feed=feed.encode(), headers={name.replace("_", "-").lower(): text for name, text in headers.items()}
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name.lower(): value for name, value in self.headers.items()}
            conditions = {
                "if-none-match": server.headers.get("etag"),
                "if-modified-since": server.headers.get("last-modified"),
            }
            known = any(asked.get(name) == value for name, value in conditions.items() if value)
            server.asked.append(asked)
            server.statuses.append(304 if known else 200)
            self.send_response(server.statuses[-1])
            for name, text in server.headers.items():
                self.send_header(name, text)
            body = b"" if known else server.feed
            if not known:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_address[1]}/news.xml"
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
