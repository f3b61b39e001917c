"""The server: who may ask, how often, and the right answers with all that surrounds them."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from tests.local_host import Asked, LocalHost
from tests.local_host.clock import epoch
from tests.local_host.faults import Answer

from .answers import VERSIONS, Refused, Said, answer, as_served, link_header
from .repository import Repository
from .shapes import Json


class LocalGitHub(LocalHost):
    """A strict GitHub for one repository, in a `with` block.

    `url` is the API's address and `repository` what is in it. With a `token`, that one has 5,000 requests an
    hour; without any a client has 60. `quota` sets another number.
    `private` hides the repository from who has no token. `formerly` are older names of the repository.
    """

    def __init__(
        self,
        *,
        issues: Iterable[Json] = (),
        comments: Iterable[Json] = (),
        releases: Iterable[Json] = (),
        repo: str = "acme/app",
        token: str | None = None,
        quota: int | None = None,
        private: bool = False,
        formerly: tuple[str, ...] = (),
        **how: Any,
    ) -> None:
        super().__init__(**how)
        self.repository = Repository(repo, self.clock, issues, comments, releases)
        self._token = token
        self._quota = quota
        self._private = private
        self._formerly = formerly
        self._windows: dict[str | None, tuple[datetime, int]] = {}

    def right(self, asked: Asked) -> Answer:
        """Return the right answer; every one but a 304 counts against the quota."""
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
        seen = f"{asked.token} {asked.target} ".encode() + body
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
