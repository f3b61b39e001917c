"""What goes into the client and what comes out: where it may ask, an answer, and why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
from pydantic import SecretStr

from onrecord import plain_json
from onrecord.errors import Place, Problem, SourceFailed


@dataclass(frozen=True)
class Access:
    """Where a source may be asked, and as whom.

    `hosts` are written as in an address: `api.github.com`, `git.acme.example:8443`. Nothing else is ever
    asked, not even when an answer points there. `allow_private` permits addresses that are not public, and
    plain http. `ca_file` replaces the usual certificate authorities.
    """

    hosts: tuple[str, ...]
    token: SecretStr | None = None
    scheme: str = "Bearer"
    allow_private: bool = False
    ca_file: Path | None = None
    proxy: str | None = field(default=None, repr=False)  # may hold a password

    def lists(self, url: httpx.URL) -> bool:
        """Say whether the host and port of an address are among `hosts`."""
        return url.netloc in {httpx.URL(f"{url.scheme}://{host}").netloc for host in self.hosts}


@dataclass(frozen=True, eq=False)
class Reply:
    """One answer, read whole and decoded; `url` is where it came from, `headers` ignore case."""

    url: str = field(repr=False)
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """Return the body as plain data.

        Raises `WebError` when the body is no JSON.
        """
        return self._plain

    @cached_property
    def _plain(self) -> Any:
        try:
            return plain_json.read(self.body)
        except (ValueError, RecursionError):
            raise WebError(
                show(self.url),
                "answered with something that is not JSON, or with half of it",
                "Try again later; if it stays so, check that the address is the API's and not a web page.",
                status=self.status,
            ) from None

    @property
    def text(self) -> str:
        """Return the body as text: UTF-8, or Windows-1252 where it is none. Other encodings: decode `body`."""
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.body.decode("cp1252", "replace")

    @cached_property
    def next_url(self) -> str | None:
        """The next page's address as the answer gives it (`Link`, `rel="next"`), or None on the last page."""
        link = httpx.Response(self.status, headers=self.headers).links.get("next", {}).get("url")
        try:
            return urljoin(self.url, link) if link else None
        except ValueError:
            return link  # which nobody is asked for


class WebError(SourceFailed):
    """An answer did not come, or was a refusal: `status` is its number, or None when there was no answer."""

    def __init__(self, where: str, what: str, todo: str, *, status: int | None = None) -> None:
        """Say what went wrong at an address that was made fit to show."""
        super().__init__(Problem(Place(where), what, todo))
        self.status = status


class WaitTooLong(WebError):
    """The host asked for a longer wait than the caller has patience for; `until` is when to go on."""

    def __init__(self, where: str, what: str, until: datetime, *, status: int | None = None) -> None:
        """Say when to go on, in UTC to the second."""
        self.until = until
        super().__init__(where, what, f"Go on after {until:%Y-%m-%d %H:%M:%S} UTC.", status=status)


def show(url: httpx.URL | str) -> str:
    """Return the scheme, host and path of an address: the parts that hold no secret."""
    url = httpx.URL(url)
    return f"{url.scheme}://{url.netloc.decode()}{url.raw_path.partition(b'?')[0].decode()}"
