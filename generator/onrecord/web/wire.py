"""One question and its answer: only to hosts that may be asked, read whole, in bounded time and size."""

import logging
import re
import ssl
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import httpcore
import httpx

from onrecord.web.guard import Guard, NotPublic, open_pool, public
from onrecord.web.refusals import untrusted
from onrecord.web.values import Access, Reply, WebError, show

# The engine's debug log holds whole answers' headers, with addresses and what stands in them.
logging.getLogger("httpcore").setLevel(logging.WARNING)


_FOR_ANYONE = ("user-agent", "accept", "accept-encoding", "content-type")


@dataclass(frozen=True)
class Ask:
    """What is asked, before anything is known of the connection."""

    method: str
    url: httpx.URL
    headers: httpx.Headers
    body: bytes = b""


class Broken(Exception):
    """No whole answer came, and asking again may help; carries the error to tell if it does not."""

    def __init__(self, error: WebError) -> None:
        """Keep the error."""
        super().__init__(error)
        self.error = error


class Wire:
    """A connection that asks once at a time; `requests` counts what was sent."""

    def __init__(self, access: Access, deadline: float, largest: int) -> None:
        """Get ready; `deadline` is in seconds for one answer, `largest` in decoded bytes.

        Raises `WebError` when the token, `ca_file` or proxy cannot be used.
        """
        self.requests = 0
        self._access = access
        self._deadline = deadline
        self._largest = largest
        self._credentials = _credentials(access)
        # Behind a proxy the names are resolved there.
        anywhere = access.allow_private or access.proxy is not None
        self._guard = Guard((lambda address: True) if anywhere else public)
        self._pool = open_pool(access, self._guard)

    def close(self) -> None:
        """Close the connection; the next question opens a new one."""
        self._pool.close()

    def exchange(self, ask: Ask, url: httpx.URL) -> Reply:
        """Send what is asked to `url`, which is its own address or one that its host sent us on to.

        Returns the answer, whatever its status. Raises `Broken` when it did not come whole, `WebError` when
        it may not be asked for or is too large.
        """
        self._admit(ask, url)
        headers = self._headers(ask, url)
        self._guard.give(self._deadline)
        self.requests += 1
        try:
            with self._pool.stream(ask.method, str(url), headers=headers.raw, content=ask.body or None) as answer:
                got = httpx.Headers(answer.headers)
                body = b"".join(_decoded(got, answer.iter_stream(), self._largest))
        except NotPublic:
            raise WebError(
                show(url),
                "the host's address is not on the public internet",
                "If it is a host of your own, set allow_private: true for this source.",
            ) from None
        except _Unfit as error:
            raise WebError(show(url), *error.args) from None
        except (
            httpcore.NetworkError,
            httpcore.ProxyError,
            httpcore.TimeoutException,
            httpcore.ProtocolError,
            zlib.error,
        ) as error:
            raise _failure(url, error) from error
        return Reply(str(url), answer.status, got, body)

    def _headers(self, ask: Ask, url: httpx.URL) -> httpx.Headers:
        headers = ask.headers.copy()
        if url.netloc == ask.url.netloc:
            headers.update(self._credentials)
        else:  # what else the caller says is for the host that it asked, and may be a secret
            headers = httpx.Headers({name: value for name, value in headers.items() if name in _FOR_ANYONE})
        headers["Host"] = url.netloc.decode()
        return headers

    def _admit(self, ask: Ask, url: httpx.URL) -> None:
        plain = url.scheme == "http" and ask.url.scheme == "http" and self._access.allow_private
        if url.userinfo:
            what, todo = "the address holds a name or a password", "Put the secret into the token setting."
        elif url.scheme != "https" and not plain:
            what, todo = "the address is not https", "Use https, or set allow_private for a host of your own."
        elif not self._access.lists(url):
            what, todo = (
                "is not a host that may be asked",
                f"Only these are: {', '.join(self._access.hosts)}.",
            )
        else:
            return
        raise WebError(show(url), what, todo)


class _Unfit(Exception):
    """An answer that nobody should unpack: what is wrong, and what to do."""


def _decoded(headers: httpx.Headers, chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    """Yield the plain body, stopping at `largest` bytes however well it was packed."""
    packing = headers.get("content-encoding", "identity").lower()
    if packing not in ("gzip", "identity"):
        raise _Unfit("the answer is packed in a way that was not asked for", "Try again; if it stays, tell the host.")
    unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    got, began = 0, False
    for chunk in chunks:
        began |= bool(chunk)
        plain = unpack.decompress(chunk, largest - got + 1) if unpack else chunk
        got += len(plain)
        if got > largest:
            raise _Unfit(f"the answer is larger than {largest:,} bytes", "Check that this is the right address.")
        yield plain
    if unpack and began and not unpack.eof:
        raise zlib.error("half a gzip stream")


def _failure(url: httpx.URL, error: Exception) -> WebError | Broken:
    # The engine drops the cause on the way, and keeps it as what it says.
    reason = next(iter(error.args), None)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return untrusted(url, reason)
    if isinstance(error, httpcore.TimeoutException):
        what = "gave no whole answer in time"
    elif isinstance(error, httpcore.ConnectError | httpcore.ProxyError):
        what = "could not be reached"
    else:
        what = "broke off in the middle of its answer"
    return Broken(WebError(show(url), what, "Check the network and the host, then try again."))


def _credentials(access: Access) -> dict[str, str]:
    if access.token is None:
        return {}
    token = access.token.get_secret_value().strip()
    # The engine's own error about such a header would print the token.
    if not re.fullmatch("[!-~]+", token):
        raise WebError(
            ", ".join(access.hosts),
            "the token is empty or holds characters that no token has",
            "Set it again.",
        )
    return {"Authorization": f"{access.scheme} {token}"}
