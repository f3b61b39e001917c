"""IP addresses."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from onrecord.redact.spans import Span

# `/28`: a network, not a person; `/32` is one address.
_V4 = re.compile(
    r"(?<![A-Za-z0-9_.])\d{1,3}(?:\.\d{1,3}){3}(?![A-Za-z0-9_]|[.+-][A-Za-z0-9_]|/(?!32\b)\d{1,2}(?![\w/.-]))"
)
# Global unicast only (2000::/3): `a::b` is far more often a path in a program.
_V6 = re.compile(
    r"(?<![A-Za-z0-9_:.])[23][0-9a-f]{3}:[0-9a-f:]{3,35}(?:(?:\d{1,3}\.){3}\d{1,3})?(?![A-Za-z0-9_:])", re.I
)
_RESOLVERS = frozenset({"1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9"})
_VERSION_BEFORE = re.compile(
    r"(?:[\w)]/|[-@=~^<>]\s?|\b(?:v|ver|versions?|release|build|firmware)\b[.:=]?\s{0,2})$", re.I
)
_ADDRESS_BEFORE = re.compile(
    r"(?:(?:\b|_|(?-i:(?<=[a-z])(?=[IA])))(?:ips?|ipv4|addr(?:ess|esse|esses)?|adresse?|adres|src|dst|peer|ping)\b"
    r"[^\n\d]{0,20}"
    r"|(?:\b|_)(?:\w{0,12}host|client|server|remote|from)[\"']?\s?[=:]\s?[\"']?)$",
    re.I,
)
_DOTS, _COLONS = 3, 2  # at least, in an address
_BEFORE = 40  # characters of context
_SMALL = 32  # versions count from small numbers; one address in 4,096 has only such


def addresses(text: str) -> Iterator[Span]:
    """Yield IP addresses that lead to somebody: no private, reserved or example ones, no version numbers."""
    for found in _V4.finditer(text) if text.count(".") >= _DOTS else ():
        if _leads_somewhere(found[0]) and not _is_version(text, found):
            yield found.span()
    for found in _V6.finditer(text) if text.count(":") >= _COLONS else ():
        if _leads_somewhere(found[0]):
            yield found.span()


def _leads_somewhere(written: str) -> bool:
    try:
        address = IPv6Address(written) if ":" in written else IPv4Address(written)
    except AddressValueError:
        return False
    return address.is_global and not address.is_multicast and written not in _RESOLVERS


def _is_version(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    if _ADDRESS_BEFORE.search(before):
        return False
    return bool(_VERSION_BEFORE.search(before)) or max(map(int, found[0].split("."))) < _SMALL
