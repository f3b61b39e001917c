"""A GitHub on 127.0.0.1 with a made-up record in it, fast enough that a pull waits only for the line.

Every row is made before the first question, and each answer is held back as long as the line would take. What is
right or wrong about an answer is the business of `tests/local_github`; this one only has its order and its links.
"""

import json
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, islice
from random import Random
from urllib.parse import parse_qsl, urlencode, urlsplit

import click
from tests.local_github.shapes import Json, comment, issue

from bench.record import NOW, REPO, entries, is_by_hand
from bench.words import text
from onrecord.model.entry import Entry
from onrecord.model.scalars import write_moment

LINE = 0.03
"""Seconds that an answer takes on its way."""

_PATH = f"/repos/{REPO}/"


class Rows:
    """The rows of one list, oldest first, as bytes."""

    def __init__(self, rows: list[Json]) -> None:
        """Put rows in the order in which they changed."""
        rows.sort(key=lambda row: row["updated_at"])
        self._moments: list[str] = [row["updated_at"] for row in rows]
        self._rows = [json.dumps(row).encode() for row in rows]

    def page(self, query: dict[str, str], url: str, cursor: str) -> tuple[bytes, str]:
        """Return a page as JSON, and the header that says where the next and the last one are."""
        size = int(query.get("per_page", "30"))
        first = bisect_left(self._moments, query.get("since", ""))
        asked = int(query.get(cursor, "1"))
        start = first + (asked - 1) * size
        rows = self._rows[start : start + size]
        if query.get("direction") == "desc":
            rows = self._rows[::-1][start : start + size]
        links = []
        if start + size < len(self._rows):
            last = -(-(len(self._rows) - first) // size)
            links = [_link(url, query, cursor, asked + 1, "next")]
            links += [_link(url, query, cursor, last, "last")] if cursor == "page" else []
        return b"[" + b",".join(rows) + b"]", ", ".join(links)


def _link(url: str, query: dict[str, str], cursor: str, page: int, relation: str) -> str:
    return f'<{url}?{urlencode({**query, cursor: str(page)})}>; rel="{relation}"'


def lists(issues: int, comments: int) -> dict[str, Rows]:
    """Return the lists of a repository with so many closed issues, and so many comments by us and by others."""
    random = Random("tracker")
    made = entries(issues + issues // 20 + 20)
    closed = [entry for entry in made if not is_by_hand(entry) and entry.closed][-issues:]
    said = [*islice(_answers(closed), comments)]
    said += [_others(random, closed, ident) for ident in range(len(said) + 1, comments + 1)]
    on = Counter(int(row["issue_url"].rpartition("/")[2]) for row in said)
    rows = [_issue(random, number, entry, on[number]) for number, entry in enumerate(closed, 1)]
    return {"issues": Rows(rows), "issues/comments": Rows(said), "labels": Rows([])}


def _answers(closed: Sequence[Entry]) -> Iterator[Json]:
    ident = count(1)
    for number, entry in enumerate(closed, 1):
        for update in entry.updates:
            if update.body:
                at = write_moment(update.at)
                yield comment(next(ident), number, update.body, repo=REPO, user=update.by, created_at=at)


def _others(random: Random, closed: Sequence[Entry], ident: int) -> Json:
    number = random.randint(1, len(closed))
    opened = closed[number - 1].opened
    at = write_moment(opened + (NOW - opened) * random.random())
    facts = {"user": f"customer-{random.randrange(5000)}", "author_association": "NONE", "created_at": at}
    return comment(ident, number, text(random, 300), repo=REPO, **facts)


def _issue(random: Random, number: int, entry: Entry, comments: int) -> Json:
    opened, closed = write_moment(entry.opened), write_moment(entry.closed or NOW)
    body = entry.body or text(random, 600)
    return issue(number, entry.title, repo=REPO, body=body, comments=comments, created_at=opened, closed_at=closed)


class Tracker(ThreadingHTTPServer):
    """Answers until somebody ends the process, and tells at `/asked` how often it was asked."""

    def __init__(self, pages: Mapping[str, Rows]) -> None:
        """Listen at a free port."""
        super().__init__(("127.0.0.1", 0), _Answer)
        self.pages = pages
        self.asked = 0


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body go out together: in two parts the second waits for the line
    server: Tracker
    arrives = 0.0

    def parse_request(self) -> bool:
        # The line is as long as it is from here on: what this program does meanwhile takes none of the client's time.
        self.arrives = time.monotonic() + LINE
        return super().parse_request()

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/asked":
            self._send(str(self.server.asked).encode())
            return
        self.server.asked += 1
        name = parts.path.removeprefix(_PATH)
        if name not in self.server.pages:
            self.send_error(404)
            return
        url = f"http://{self.headers['Host']}{parts.path}"
        cursor = "after" if name == "issues" else "page"
        self._send(*self.server.pages[name].page(dict(parse_qsl(parts.query)), url, cursor))

    def _send(self, body: bytes, links: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if links:
            self.send_header("Link", links)
        self.end_headers()
        time.sleep(max(0.0, self.arrives - time.monotonic()))
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


if __name__ == "__main__":
    with Tracker(lists(int(sys.argv[1]), int(sys.argv[2]))) as tracker:
        click.echo(f"http://127.0.0.1:{tracker.server_port}")
        sys.stdout.flush()
        tracker.serve_forever()
