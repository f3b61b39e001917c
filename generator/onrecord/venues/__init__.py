"""What an address says by itself: which platform, which place, whose account, and which post it names.

Nothing is asked of anybody: no network, no disk. A platform is a row in `table.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from string import Formatter
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from pydantic import TypeAdapter, ValidationError

from onrecord.errors import Place, Problem
from onrecord.model.hosts import plain
from onrecord.model.scalars import Url
from onrecord.venues.clicks import SHORTENERS, cleaned
from onrecord.venues.forms import Form, Platform, Target, one_of
from onrecord.venues.table import PLATFORMS

_URL: TypeAdapter[str] = TypeAdapter(Url)
_PORTS = {"http": 80, "https": 443}
_SHOWN = 80  # characters of a bad address


class Names(StrEnum):
    """What an address names: one post; a page that many posts share; another address; or nothing that was said."""

    POST = "post"
    SHARED = "shared"
    ANOTHER = "another"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Address:
    """An address, understood. `url` is its canonical spelling: two spellings of one post have the same.

    `platform` is a word of `voices.yml`, or empty where none is recognised, and `venue` what readers call the place.
    `account` is whose post it is, if the address says so: never whose post a comment stands below.
    """

    url: str
    names: Names
    venue: str
    platform: str = ""
    account: str | None = None


def recognise(typed: str) -> Address | Problem:
    """Return what an address says, also on a host that is not known, or what is wrong with it."""
    try:
        url = _URL.validate_python(typed)
    except ValidationError as error:
        return _refused(typed, str(error.errors()[0].get("ctx", {}).get("error", "this address is too long")))
    parts = urlsplit(url)
    target = _target(parts)
    if imitated := _imitated(target.host):
        what = f"the name of this host only looks like one of {imitated.name}"
        return _refused(typed, f"{what}: open {imitated.name} yourself, look for the post there and copy its address")
    home = _home(target.host)
    for platform in [home] if home else [platform for platform in PLATFORMS if platform.anywhere]:
        if found := _at(platform, target, parts):
            return found
    return _elsewhere(cleaned(parts, target.host), target.host, home)


def post_at(url: str) -> str:
    """Return what is the same for every spelling of the address of one post, and of no other."""
    address = recognise(url)
    return (address.url if isinstance(address, Address) else url).partition("://")[2]


def _elsewhere(url: str, host: str, home: Platform | None) -> Address:
    """Return what an address says that has no form that is known."""
    if home:
        return Address(url, Names.NOTHING, home.name, home.slug)
    if host in SHORTENERS:
        return Address(url, Names.ANOTHER, host)
    names = Names.NOTHING if url.partition("://")[2] == host else Names.POST
    return Address(url, names, host)


def _target(parts: SplitResult) -> Target:
    host = (parts.hostname or "").rstrip(".")
    host += f":{parts.port}" if parts.port not in (None, _PORTS[parts.scheme]) else ""
    return Target(
        host=host,
        path=re.sub("/+", "/", unquote(parts.path)).rstrip("/"),
        query=dict(reversed(parse_qsl(parts.query, keep_blank_values=True))),
        fragment=unquote(parts.fragment),
    )


@lru_cache(maxsize=256)  # most addresses of a record have the same few hosts
def _home(host: str) -> Platform | None:
    return next((platform for platform in PLATFORMS if _lives(platform, host)), None)


def _lives(platform: Platform, host: str) -> bool:
    return host in platform.hosts or host.endswith(tuple(f".{own}" for own in platform.hosts))


def _imitated(host: str) -> Platform | None:
    """Return the platform that a host looks like and is not."""
    if host.isascii() and "xn--" not in host:
        return None
    return next((known for known in PLATFORMS if _lives(known, plain(host))), None)


def _at(platform: Platform, target: Target, parts: SplitResult) -> Address | None:
    """Return what an address says at a platform, or nothing when it has none of its forms."""
    # Below a host of its own, "www" is no place; elsewhere it may be another one.
    host = target.host.removeprefix("www.") if _lives(platform, target.host) else target.host
    if one_of(platform.leads_on, target):
        return Address(cleaned(parts, target.host), Names.ANOTHER, platform.name, platform.slug)
    for names, forms in ((Names.POST, platform.posts), (Names.SHARED, platform.shared)):
        for form in forms:
            if (named := form.found(target)) is not None:
                return _told(platform, form, target, names, {"host": host, "home": host, **named})
    if one_of(platform.pages, target):
        return Address(cleaned(parts, target.host), Names.NOTHING, platform.name, platform.slug)
    return None


def _told(platform: Platform, form: Form, target: Target, names: Names, named: Mapping[str, str]) -> Address:
    url, venue = form.written(named), _filled(platform.venue, named) or platform.name
    for comment in platform.comments:
        below = {**named, **(comment.found(target) or {})}
        if "comment" in below and (more := comment.written(below)):
            url += more.replace("?", "&") if "?" in url else more
            return Address(url, names, venue, platform.slug)
    account = None if "comment" in named else _filled(platform.account, named)
    return Address(url, names, venue, platform.slug, account)


def _filled(pattern: str, named: Mapping[str, str]) -> str | None:
    needed = {name for _, name, _, _ in Formatter().parse(pattern) if name}
    return pattern.format_map(named) if pattern and needed <= named.keys() else None


def _refused(typed: str, why: str) -> Problem:
    what, _, todo = why.partition(": ")
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in typed[:_SHOWN].strip())
    return Problem(Place(shown or "URL"), what, todo or "shorten it to what the platform itself shows")
