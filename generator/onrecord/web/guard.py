"""The wire: connections only to addresses that may be asked, and an end to every wait.

httpx cannot be told either, so this is httpx's own engine, httpcore, with a network backend of ours. The
name is resolved once and the connection goes to the very address that was checked, so a second, different
answer of the name service (DNS rebinding) changes nothing; TLS still checks the name.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpcore
import httpx

from onrecord.web.values import Access, WebError

NAT64 = ipaddress.ip_network("64:ff9b::/96")
NAT64_INSIDE = ipaddress.ip_network("64:ff9b:1::/48")
IDLE = 20.0  # seconds without a byte


class NotPublic(Exception):
    """A name led to an address that is not on the public internet."""


Resolve = Callable[[str, int], list[str]]
"""Returns the addresses of a host; raises `OSError` or `UnicodeError` when it has none."""


def resolved(host: str, port: int) -> list[str]:
    """Return what the machine's name service says."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Guard(httpcore.NetworkBackend):
    """Makes connections for one pool: only to addresses that are allowed, and none outlives the time it was given."""

    def __init__(self, allows: Callable[[str], bool], resolve: Resolve = resolved) -> None:
        """Get ready; no time is given yet."""
        self._allows = allows
        self._resolve = resolve
        self._wire = httpcore.SyncBackend()
        self._end = 0.0

    def give(self, seconds: float) -> None:
        """Give all connections together so many seconds from now."""
        self._end = time.monotonic() + seconds

    def left(self, timeout: float | None = None) -> float:
        """Return the seconds that one step may take.

        Raises httpcore's `ReadTimeout` when none are left.
        """
        if (left := self._end - time.monotonic()) <= 0:
            raise httpcore.ReadTimeout
        return min(left, IDLE if timeout is None else timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers."""
        refusal = httpcore.ConnectError()
        for address in self._addresses(host, port):
            try:
                stream = self._wire.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refusal = httpcore.ConnectError(*error.args)
            else:
                return _Stream(stream, self)
        raise refusal

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(*error.args) from error
        if not all(map(self._allows, found)):
            raise NotPublic
        return found


class _Stream(httpcore.NetworkStream):
    """A connection whose every step is cut at the guard's end."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._guard.left(timeout))
        return _Stream(secured, self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def public(address: str) -> bool:
    """Say whether an IP address is on the public internet, also when an older one is wrapped in it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if wrapped:
            return public(str(wrapped))
        if ip.is_site_local or ip.is_reserved or ip in NAT64_INSIDE:
            return False
    return ip.is_global and not ip.is_multicast


def open_pool(access: Access, guard: Guard) -> httpcore.ConnectionPool:
    """Return a pool of one connection, with the certificate authorities and the proxy of the access.

    Raises `WebError` when either cannot be used.
    """
    authorities = httpx.create_ssl_context(verify=_own(access.ca_file) or True, trust_env=False)
    if access.proxy is None:
        return httpcore.ConnectionPool(ssl_context=authorities, max_connections=1, network_backend=guard)
    proxy = _proxy(access.proxy)
    return httpcore.HTTPProxy(
        proxy_url=str(proxy.url),
        proxy_auth=proxy.raw_auth,
        ssl_context=authorities,
        max_connections=1,
        network_backend=guard,
    )


def _proxy(address: str) -> httpx.Proxy:
    try:
        proxy = httpx.Proxy(address)
        if proxy.url.scheme in ("http", "https"):
            return proxy
    except (ValueError, httpx.InvalidURL):
        pass
    # The address is not shown: it may hold a password.
    raise WebError("proxy", "is not an address of an http proxy", "Write http://host:port.")


def _own(ca_file: Path | None) -> ssl.SSLContext | None:
    try:
        return ssl.create_default_context(cafile=ca_file) if ca_file else None
    except OSError as error:
        what = f"cannot be used as a list of certificates: {error.strerror}"
        raise WebError(str(ca_file), what, "Name a file with certificates in PEM form in ca_file.") from None
