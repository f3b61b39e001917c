"""A host: what was asked, which fault strikes, and the wire."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from onrecord.web import Clock

from .clock import HandClock
from .faults import Answer, Fault, Rule

HERE = "127.0.0.1"


@dataclass(frozen=True)
class Asked:
    """One request as it came in; `target` is path and query as sent, names of headers are in lower case."""

    method: str
    target: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    at: datetime

    @property
    def token(self) -> str | None:
        return self.headers.get("authorization", "").partition(" ")[2] or None


class LocalHost:
    """A host on 127.0.0.1, in a `with` block; each kind of host says in `right` what it answers when all is well.

    With `tls` it is asked by https, and shows that context's certificate.
    `log` holds every request, `most_at_once` how many were in work together.
    """

    def __init__(self, *, clock: Clock | None = None, port: int = 0, tls: SSLContext | None = None) -> None:
        self.clock = clock or HandClock()
        self.log: list[Asked] = []
        self.most_at_once = 0
        self.closing = Event()
        self._tls = tls
        self._rules: list[Rule] = []
        self._lock = Lock()
        self._counting = Lock()  # of its own, or whoever waits for an answer would not be counted
        self._at_once = 0
        self._server = self._listen(port)
        self.url = f"{'https' if tls else 'http'}://{HERE}:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._serve()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._stop()

    @property
    def host(self) -> str:
        """The host and port, as a client's list of hosts wants them."""
        return urlsplit(self.url).netloc

    def right(self, asked: Asked) -> Answer:
        """Return the right answer."""
        raise NotImplementedError

    def fault(self, fault: Fault, *, at: str = "*", method: str = "*", nth: int = 1, times: int = 1) -> None:
        """Let a fault strike requests whose path fits a pattern: `times` of them, from the `nth` on."""
        self._rules.append(Rule(fault, at, method, nth, times))

    def mend(self) -> None:
        """Let no fault strike any more."""
        self._rules.clear()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Let whoever comes meanwhile be refused."""
        self._stop()
        with socket.socket() as kept:  # so that no other program gets the port
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            kept.bind((HERE, self._server.server_port))
            yield
        self._server = self._listen(self._server.server_port)
        self._serve()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count who is in work at once."""
        with self._counting:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._counting:
                self._at_once -= 1

    def respond(self, asked: Asked) -> Answer:
        """Note a request and return its answer, after the faults."""
        with self._lock:
            self.log.append(asked)
            said = self.right(asked)
            for rule in self._rules:
                if rule.strikes(asked.method, asked.path):
                    said = rule.fault(said, asked)
            return said

    def _listen(self, port: int) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer((HERE, port), type("Bound", (_Handler,), {"there": self}))
        if self._tls:
            server.socket = self._tls.wrap_socket(server.socket, server_side=True)
        return server

    def _serve(self) -> None:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def _stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    there: LocalHost
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer takes 40 ms

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(
            method=self.command,
            target=self.path,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=json.loads(raw) if raw else {},
            at=self.there.clock.now(),
        )
        with self.there.counted():
            said = self.there.respond(asked)
        # Whoever asks in turn has seen no byte of this answer yet, so cannot have asked again.
        try:
            said.send(said, self)
        except OSError:
            self.close_connection = True  # the client had enough

    do_POST = do_PATCH = do_GET  # noqa: N815 (the library's names)

    def head(self, answer: Answer, **headers: str) -> None:
        self.send_response(answer.status)
        for name, value in (answer.headers | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def put(self, data: bytes) -> None:
        self.wfile.write(data)

    def wait(self, seconds: float) -> None:
        if self.there.closing.wait(seconds):
            raise OSError

    def hang_up(self) -> None:
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""
