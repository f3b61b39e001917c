"""Everything that can go wrong between a program and a host, one name each.

A fault takes the right answer and returns the one to send instead; `send` is how it goes over the wire.
"""

import gzip as gz
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, Protocol

from .clock import epoch


class Line(Protocol):
    """The wire to one client."""

    def head(self, answer: "Answer", **headers: str) -> None: ...

    def put(self, data: bytes) -> None: ...

    def wait(self, seconds: float) -> None: ...

    def hang_up(self) -> None: ...


def whole(answer: "Answer", line: Line) -> None:
    length = {} if answer.status == 304 else {"Content-Length": str(len(answer.body))}
    line.head(answer, **length)
    line.put(answer.body)


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    send: Callable[["Answer", Line], None] = whole


class Question(Protocol):
    """What was asked, as far as faults look at it."""

    @property
    def target(self) -> str: ...

    @property
    def headers(self) -> dict[str, str]: ...

    @property
    def at(self) -> datetime: ...


Fault = Callable[[Answer, Question], Answer]


@dataclass
class Rule:
    """Apply a fault to some of the requests that fit: `times` of them, from the `nth` on (counted from 1)."""

    fault: Fault
    at: str = "*"
    method: str = "*"
    nth: int = 1
    times: int = 1
    seen: int = 0

    def strikes(self, method: str, path: str) -> bool:
        if not (fnmatchcase(path, self.at) and fnmatchcase(method, self.method)):
            return False
        self.seen += 1
        return self.nth <= self.seen < self.nth + self.times


def primary_limit(seconds: int = 600, status: int = 403) -> Fault:
    """Nothing remains until a reset in so many seconds."""

    def strike(answer: Answer, asked: Question) -> Answer:
        headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(epoch(asked.at) + seconds)}
        return _json(status, {"message": "API rate limit exceeded for user ID 1."}, answer.headers | headers)

    return strike


def secondary_limit(retry_after: str | None = "30", status: int = 403) -> Fault:
    """Too fast; `retry_after` is the header's text, seconds or a date."""
    headers = {} if retry_after is None else {"retry-after": retry_after}
    said = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes."}
    return lambda answer, asked: _json(status, said, answer.headers | headers)


def trouble(status: int = 502, retry_after: str | None = None) -> Fault:
    """A server error, with the HTML page that a proxy sends."""
    headers = {"Content-Type": "text/html"} | ({"retry-after": retry_after} if retry_after else {})
    return lambda answer, asked: Answer(status, b"<html><title>Unicorn!</title></html>", headers)


def half_json() -> Fault:
    """Half of the JSON as if it were all."""
    return lambda answer, asked: replace(answer, body=answer.body[: len(answer.body) // 2])


def empty() -> Fault:
    """200 and nothing in it."""
    return lambda answer, asked: replace(answer, status=200, body=b"")


def promises_more(missing: int = 10) -> Fault:
    """A Content-Length that is larger than what comes."""

    def send(answer: Answer, line: Line) -> None:
        line.head(answer, **{"Content-Length": str(len(answer.body) + missing)})
        line.put(answer.body)
        line.hang_up()

    return lambda answer, asked: replace(answer, send=send)


def promises_less(missing: int = 10) -> Fault:
    """A Content-Length that is smaller than what comes."""

    def send(answer: Answer, line: Line) -> None:
        line.head(answer, **{"Content-Length": str(len(answer.body) - missing)})
        line.put(answer.body)
        line.hang_up()

    return lambda answer, asked: replace(answer, send=send)


def cut_chunk() -> Fault:
    """The connection closes in the middle of a chunk."""

    def send(answer: Answer, line: Line) -> None:
        line.head(answer, **{"Transfer-Encoding": "chunked"})
        line.put(b"%x\r\n%b" % (len(answer.body), answer.body[: len(answer.body) // 2]))
        line.hang_up()

    return lambda answer, asked: replace(answer, send=send)


def hang_up() -> Fault:
    """The connection closes without a word."""
    return lambda answer, asked: replace(answer, send=lambda answer, line: line.hang_up())


def stall(seconds: float = 30.0) -> Fault:
    """Nothing comes for so long."""

    def send(answer: Answer, line: Line) -> None:
        line.wait(seconds)
        whole(answer, line)

    return lambda answer, asked: replace(answer, send=send)


def drip(pause: float = 1.0) -> Fault:
    """The body comes byte by byte."""

    def send(answer: Answer, line: Line) -> None:
        line.head(answer, **{"Content-Length": str(len(answer.body))})
        for byte in answer.body:
            line.put(bytes([byte]))
            line.wait(pause)

    return lambda answer, asked: replace(answer, send=send)


def drip_headers(pause: float = 1.0) -> Fault:
    """The headers come byte by byte."""

    def send(answer: Answer, line: Line) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 10_000:
            line.put(bytes([byte]))
            line.wait(pause)
        line.hang_up()

    return lambda answer, asked: replace(answer, send=send)


def gzip() -> Fault:
    """The right answer, packed."""
    return lambda answer, asked: replace(
        answer, body=gz.compress(answer.body), headers=answer.headers | {"Content-Encoding": "gzip"}
    )


def half_gzip(kept: int = 60) -> Fault:
    """The right answer, packed, of which only so many bytes come."""
    whole_one = gzip()

    def strike(answer: Answer, asked: Question) -> Answer:
        packed = whole_one(answer, asked)
        return replace(packed, body=packed.body[:kept])

    return strike


def packed(packing: str) -> Fault:
    """An answer that says that it is packed in some way."""
    return lambda answer, asked: replace(answer, headers=answer.headers | {"Content-Encoding": packing})


def bomb(size: int) -> Fault:
    """A small packed answer that unpacks to so many bytes."""
    packed = gz.compress(b" " * size)
    return lambda answer, asked: replace(answer, body=packed, headers=answer.headers | {"Content-Encoding": "gzip"})


def moved(to: str, status: int = 301) -> Fault:
    """Sends on to another address."""
    said = {"message": "Moved Permanently", "url": to}
    return lambda answer, asked: _json(status, said, answer.headers | {"Location": to})


def around(status: int = 302) -> Fault:
    """Sends on to where we are."""
    return lambda answer, asked: moved(asked.target, status)(answer, asked)


def elsewhere(status: int = 302) -> Fault:
    """Sends on to another name, which leads inside: to this very machine, where it can be seen who follows."""

    def strike(answer: Answer, asked: Question) -> Answer:
        port = asked.headers["host"].partition(":")[2]
        return moved(f"//localhost:{port}{asked.target}", status)(answer, asked)

    return strike


def downgraded(status: int = 301) -> Fault:
    """Sends on from https to http."""
    return lambda answer, asked: moved(f"http://{asked.headers['host']}{asked.target}", status)(answer, asked)


def circle() -> Fault:
    """The right answer, whose next page is itself."""

    def strike(answer: Answer, asked: Question) -> Answer:
        here = f"http://{asked.headers['host']}{asked.target}"
        return replace(answer, headers=answer.headers | {"Link": f'<{here}>; rel="next"'})

    return strike


def web_page() -> Fault:
    """A web page as if it were the answer, as the network of a hotel sends it."""
    page = b"<!doctype html><html><title>Welcome to our hotel</title></html>"
    return lambda answer, asked: Answer(200, page, {"Content-Type": "text/html"})


def noise() -> Fault:
    """Another protocol altogether."""

    def send(answer: Answer, line: Line) -> None:
        line.put(b"SSH-2.0-OpenSSH_9.2\r\n")
        line.hang_up()

    return lambda answer, asked: replace(answer, send=send)


def refuses(status: int, message: str) -> Fault:
    """A plain refusal: 401, 403, 404, 410, 451 …"""
    return lambda answer, asked: _json(status, {"message": message}, answer.headers)


def change(edit: Callable[[Any], Any]) -> Fault:
    """The right answer with its JSON changed: an unknown value, a ghost, a null body …"""
    return lambda answer, asked: replace(answer, body=json.dumps(edit(json.loads(answer.body))).encode())


def meanwhile(do: Callable[[], object]) -> Fault:
    """The right answer; just after it was made something happens to the repository."""

    def strike(answer: Answer, asked: Question) -> Answer:
        do()
        return answer

    return strike


def _json(status: int, value: object, headers: dict[str, str]) -> Answer:
    return Answer(status, json.dumps(value).encode(), headers | {"Content-Type": "application/json"})
