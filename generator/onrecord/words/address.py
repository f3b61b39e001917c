"""Which addresses a link from outside may have."""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

_WEB = re.compile(r"(https?)://([^/?#@:\s]{1,760})(:[0-9]{1,5})?([/?#].*)?", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_MAIL = re.compile(r"mailto:[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.IGNORECASE | re.ASCII)
_KEPT = "!#$%&'()*+,-./:;=?@_~"


class Address(NamedTuple):
    """Where a link leads: the address in ASCII, and its host as browsers resolve it (empty for mail)."""

    url: str
    host: str


def address(href: str) -> Address | None:
    """Return the address that a link from outside may have, or None if it may have none.

    Only absolute `http`, `https` and plain `mailto` addresses; no user name, backslash, bracket or control
    character. A host in other letters is written as browsers ask for it (`xn--…`), so that look-alikes show.
    """
    if _MAIL.fullmatch(href):
        return Address(href, "")
    found = _WEB.fullmatch(href)
    if not found or not href.isprintable() or any(sign in href for sign in "\\[]"):
        return None
    scheme, name, port, rest = found.groups(default="")
    host = _ascii(unquote(name)).lower()
    if not _HOST.fullmatch(host):
        return None
    return Address(f"{scheme.lower()}://{host}{port}{quote(rest, safe=_KEPT)}", host)


def _ascii(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
