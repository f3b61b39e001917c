"""The server: who may ask, how often, what was asked, and which fault strikes."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from onrecord.web import Clock

from .answers import VERSIONS, Refused, Said, answer, as_served, epoch, link_header
from .clock import HandClock
from .faults import Answer, Fault, Rule
from .repository import Repository
from .shapes import Json


@dataclass(frozen=True)
class Asked:
    """One request as it came in; names of headers are in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Json
    at: datetime

    @property
    def token(self) -> str | None:
        return self.headers.get("authorization", "").partition(" ")[2] or None


class LocalGitHub:
    """A strict GitHub for one repository, in a `with` block.

    `url` is the API's address and `repository` what is in it. With a `token`, that one has 5,000 requests an
    hour; without any a client has 60. `quota` sets another number.
    With `tls` it is asked by https, and shows that context's certificate.
    `private` hides the repository from who has no token. `formerly` are older names of the repository.
    `log` holds every request, `most_at_once` how many were in work together.
    """

    def __init__(
        self,
        *,
        issues: Iterable[Json] = (),
        comments: Iterable[Json] = (),
        releases: Iterable[Json] = (),
        repo: str = "acme/app",
        token: str | None = None,
        clock: Clock | None = None,
        quota: int | None = None,
        private: bool = False,
        formerly: tuple[str, ...] = (),
        port: int = 0,
        tls: SSLContext | None = None,
    ) -> None:
        self.clock = clock or HandClock()
        self.repository = Repository(repo, self.clock, issues, comments, releases)
        self.log: list[Asked] = []
        self.most_at_once = 0
        self.closing = Event()
        self._token = token
        self._quota = quota
        self._private = private
        self._formerly = formerly
        self._rules: list[Rule] = []
        self._windows: dict[str | None, tuple[datetime, int]] = {}
        self._lock = Lock()
        self._at_once = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (_Handler,), {"github": self}))
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_port}"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def host(self) -> str:
        """The host and port, as a client's list of hosts wants them."""
        return urlsplit(self.url).netloc

    def fault(self, fault: Fault, *, at: str = "*", method: str = "*", nth: int = 1, times: int = 1) -> None:
        """Let a fault strike requests whose path fits a pattern: `times` of them, from the `nth` on."""
        self._rules.append(Rule(fault, at, method, nth, times))

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count who is in work at once."""
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def respond(self, asked: Asked, target: str) -> Answer:
        """Note a request and return its answer, after the faults."""
        with self._lock:
            self.log.append(asked)
            right = self._right(asked, target)
            for rule in self._rules:
                if rule.strikes(asked.method, asked.path):
                    right = rule.fault(right, self.clock.now())
            return right

    def _right(self, asked: Asked, target: str) -> Answer:
        known = self._token is not None and asked.token == self._token
        version = asked.headers.get("x-github-api-version", "")
        headers = {
            "x-github-media-type": "github.v3; format=json",
            "Content-Type": "application/json; charset=utf-8",
        }
        try:
            self._admit(asked, version, known=known)
            headers |= self._count(asked.token)
            said = self._said(asked)
        except Refused as refused:
            moved = {"Location": self.url + refused.location} if refused.location else {}
            more = {"url": moved["Location"]} if moved else {}
            body = json.dumps(refused.value | more | {"status": str(refused.status)}).encode()
            return Answer(refused.status, body, headers | self._quota_headers(asked.token) | moved)
        headers["x-github-api-version-selected"] = version
        if said.links:
            tail = asked.path.removeprefix("/repos/" + self.repository.name).removeprefix(self._by_id)
            headers["Link"] = link_header(said.links, f"{self.url}{self._by_id}{tail}")
        body = json.dumps(as_served(said.value, self.url, version), ensure_ascii=False).encode()
        if asked.method != "GET":
            return Answer(said.status, body, headers)
        seen = f"{asked.token} {target} ".encode() + body
        headers["ETag"] = f'W/"{hashlib.sha256(seen).hexdigest()}"'
        if asked.headers.get("if-none-match") == headers["ETag"]:
            return Answer(304, b"", headers | (self._uncount(asked.token) if known else {}))
        return Answer(said.status, body, headers)

    @property
    def _by_id(self) -> str:
        return f"/repositories/{self.repository.id}"

    def _admit(self, asked: Asked, version: str, *, known: bool) -> None:
        if not asked.headers.get("user-agent"):
            raise Refused(403, "Request forbidden by administrative rules. Please make sure to have a User-Agent.")
        if version not in VERSIONS:
            raise Refused(400, f"X-GitHub-Api-Version: {version!r} is not a supported version")
        accept = asked.headers.get("accept", "*/*")
        if "json" not in accept and "*/*" not in accept:
            raise Refused(415, "Unsupported 'Accept' header: Must accept 'application/json'.")
        if asked.token and not known:
            raise Refused(401, "Bad credentials")
        if self._private and not known:
            raise Refused(404, "Not Found")
        if asked.method != "GET" and not known:
            raise Refused(401, "Requires authentication")

    def _said(self, asked: Asked) -> Said:
        if asked.path == "/rate_limit":
            headers = self._uncount(asked.token)
            core = {name: int(headers[f"x-ratelimit-{name}"]) for name in ("limit", "remaining", "used", "reset")}
            return Said({"resources": {"core": core, "search": core}, "rate": core})
        for name in self._formerly:
            if asked.path.startswith(f"/repos/{name}/"):
                there = self._by_id + asked.path.removeprefix(f"/repos/{name}")
                query = urlsplit(link_header((("", asked.query),), there)[1:].partition(">")[0]).query
                raise Refused(301, "Moved Permanently", location=f"{there}?{query}" if query else there)
        for prefix in (f"/repos/{self.repository.name}", self._by_id):
            if asked.path.startswith(f"{prefix}/"):
                tail = asked.path.removeprefix(prefix)
                return answer(self.repository, asked.method, tail, asked.query, asked.body)
        raise Refused(404, "Not Found")

    def _limit(self, token: str | None) -> int:
        return self._quota if self._quota is not None else 5000 if token else 60

    def _count(self, token: str | None) -> dict[str, str]:
        reset, used = self._window(token)
        if used >= self._limit(token):
            raise Refused(403, "API rate limit exceeded for 127.0.0.1.")
        self._windows[token] = (reset, used + 1)
        return self._quota_headers(token)

    def _uncount(self, token: str | None) -> dict[str, str]:
        reset, used = self._window(token)
        self._windows[token] = (reset, used - 1)
        return self._quota_headers(token)

    def _window(self, token: str | None) -> tuple[datetime, int]:
        now = self.clock.now()
        reset, used = self._windows.get(token, (now, 0))
        return (reset, used) if now < reset else (now + timedelta(hours=1), 0)

    def _quota_headers(self, token: str | None) -> dict[str, str]:
        reset, used = self._window(token)
        return {
            "x-ratelimit-limit": str(self._limit(token)),
            "x-ratelimit-remaining": str(max(self._limit(token) - used, 0)),
            "x-ratelimit-used": str(used),
            "x-ratelimit-reset": str(epoch(reset)),
            "x-ratelimit-resource": "core",
        }


class _Handler(BaseHTTPRequestHandler):
    github: LocalGitHub
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer takes 40 ms

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=json.loads(raw) if raw else {},
            at=self.github.clock.now(),
        )
        with self.github.counted():
            right = self.github.respond(asked, self.path)
            try:
                right.send(right, self)
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
        if self.github.closing.wait(seconds):
            raise OSError

    def hang_up(self) -> None:
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""
