"""The small checked types that fields are made of: moments, days, ids, lines and addresses.

A moment is written `YYYY-MM-DD[ HH:MM[:SS][ ±ZZ:ZZ | Z | UTC]]`. Without a zone it means the zone that
the reader passes as `context={"zone": ZoneInfo(...)}`; one that a clock change makes unclear is refused.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from pkgutil import get_data
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)

from onrecord.errors import did_you_mean
from onrecord.model.hosts import disguised

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[ T](?P<time>\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(?P<zone>Z|UTC|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_AS_WE_WRITE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
"""Most that is read is what we wrote, and a record has many moments."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EXAMPLE = 'write a time like "2026-11-21 09:30", "2026-11-21 09:30 +01:00" or "2026-11-21"'

LONGEST_LINE, LONGEST_TEXT = 400, 65_536
"""How many characters a `Line` and a `Text` may have."""

RESERVED_IDS = frozenset({"index", "latest", "feed", "page"})
"""Names that the archive uses; years and months are reserved by their shape."""


def read_moment(value: object, info: ValidationInfo) -> datetime:
    """Return the moment that a person or a machine wrote, in UTC, to the second."""
    if isinstance(value, str) and _AS_WE_WRITE.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass  # which is said below, in words
    if isinstance(value, datetime):
        if value.tzinfo is UTC and not value.microsecond:
            return value
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot come from code; {_EXAMPLE}")
        return value.astimezone(UTC).replace(microsecond=0)
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"this is not a time: {_EXAMPLE}")
    written = _wall_clock(found["day"], found["time"] or "00:00")
    try:
        return _placed(written, found["zone"], (info.context or {}).get("zone", UTC)).astimezone(UTC)
    except OverflowError:
        raise ValueError(f"there is no such time in any zone: {_EXAMPLE}") from None


def _wall_clock(day: str, time: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{day} {time}").replace(microsecond=0)
    except ValueError:
        raise ValueError(f"there is no such day or time: {_EXAMPLE}") from None


def _placed(written: datetime, zone: str | None, site_zone: tzinfo) -> datetime:
    if zone in ("Z", "UTC"):
        return written.replace(tzinfo=UTC)
    if zone:
        hours, minutes = int(zone[1:3]), int(zone[4:6])
        if hours > 14 or minutes > 59:
            raise ValueError(f"there is no zone {zone}; {_EXAMPLE}")
        offset = timedelta(hours=hours, minutes=minutes)
        return written.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset))
    return _in_site_zone(written, site_zone)


def _in_site_zone(written: datetime, zone: tzinfo) -> datetime:
    first, second = written.replace(tzinfo=zone, fold=0), written.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == written
    happens = "happens twice" if exists else "does not exist"
    real = (moment.astimezone(UTC).astimezone(zone) for moment in (first, second))
    choices = " or ".join(f'"{moment.isoformat(" ", "minutes")}"' for moment in real)
    raise ValueError(f"this time {happens} in {zone}, because clocks change: write {choices}")


def write_moment(moment: datetime) -> str:
    """Return a moment as the record keeps it: `2026-11-21T09:30:00Z`."""
    at = moment.astimezone(UTC)
    # A page says a dozen, and `isoformat` takes twice as long.
    return "%04d-%02d-%02dT%02d:%02d:%02dZ" % (at.year, at.month, at.day, at.hour, at.minute, at.second)  # noqa: UP031


def read_day(value: object) -> date:
    """Return the day that a person or a machine wrote as `YYYY-MM-DD`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise ValueError('this is not a day: write one like "2026-11-30"')


PLAIN_URL = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+(?:/[A-Za-z0-9._~%/?#=&+,;:@!$'()*-]*)?", re.ASCII
)
"""What nearly every address is; that it needs no closer look is held by a test."""


def check_url(value: str) -> str:
    """Return a web address that may be linked to: http or https, an honest host, no user and no odd characters."""
    return value if PLAIN_URL.fullmatch(value) and "xn--" not in value else check_odd_url(value)


def check_odd_url(value: str) -> str:
    """Return a web address that may be linked to, whatever it looks like."""
    host = _host(value)
    if not host or re.search(r"[\s\\<>\"\[\]\x00-\x1f\x7f-\x9f]", value) or not _visible(value):
        raise ValueError('this is not a web address: write one like "https://example.com/page"')
    if disguised(host):
        what = "the name of the host mixes letters that only look alike"
        raise ValueError(f"{what}: it may pass itself off as another; look up the real address and copy that")
    return value


def _host(value: str) -> str | None:
    """Return the host of a web address without a user, if the text is one."""
    try:
        parts = urlsplit(value)
        fine = parts.scheme in ("http", "https") and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return None
    return parts.hostname if fine else None


def _visible(value: str) -> bool:
    return value.isascii() or not any(unicodedata.category(sign) in ("Cf", "Co", "Cs", "Cn") for sign in value)


def check_contact(value: str) -> str:
    """Return an address by which people are reached: a mail address with `mailto:`, or a page."""
    if not re.fullmatch(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+", value):
        try:
            return check_url(value)
        except ValueError:
            raise ValueError(
                'this reaches nobody: write one like "mailto:security@example.com" or "https://example.com/report"'
            ) from None
    return value


def check_id(value: str) -> str:
    """Return an id that is also a safe folder name, or say what an id looks like."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,120}", value) or value.endswith("."):
        raise ValueError(
            f'"{value}" cannot be an id: use small letters, digits and ". _ -", like "2026-11-late-mail"'
        )
    if value in RESERVED_IDS or re.fullmatch(r"\d{4}(-\d\d)?", value):
        what = f'"{value}" cannot be an id, because a page of the site has that name'
        raise ValueError(f'{what}: use a longer one, like "2026-11-late-mail"')
    return value


_OF_THE_MACHINE = "localtime"


@cache
def _zones() -> tuple[str, ...]:
    """Return the names of all time zones: Python's own list opens 600 files, and has what a machine calls its own."""
    return tuple((get_data("tzdata", "zones") or b"").decode().split())


def check_zone(value: str) -> str:
    """Return the name of a time zone, or say what one looks like."""
    if value not in _zones() and value not in available_timezones() - {_OF_THE_MACHINE}:  # which may be newer
        names = {name.lower(): name for name in _zones()}
        near = did_you_mean(value, list(names)).split('"')
        meant = f' Did you mean "{names[near[1]]}"?' if len(near) > 1 else ""
        raise ValueError(f'there is no time zone "{value}".{meant}: write one like "Europe/Berlin" or "UTC"')
    return value


_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
_SLUG = r"^[a-z0-9][a-z0-9-]{0,60}$"
_LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_COLOUR = r"^#[0-9a-fA-F]{6}$"
FORMS = {
    _LINE: ("has a line break or a control character in it", "write it in one line"),
    _SLUG: ("is not a short name", 'use small letters, digits and "-", like "card-payments"'),
    _LANGUAGE: ("is not a language", 'write its code, like "en" or "pt-BR"'),
    _COLOUR: ("is not a colour", 'write one like "#1f4fd1", in quotes'),
}
"""What a text that lacks the form of its type is, and what to do, by the pattern of that form."""


Moment = Annotated[
    datetime,
    BeforeValidator(read_moment),
    PlainSerializer(write_moment, when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["2026-11-21 09:30", "2026-11-21 09:30 +01:00"]}),
]
Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(check_url)]
Contact = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(check_contact)]
Id = Annotated[str, StringConstraints(max_length=121), AfterValidator(check_id)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE, pattern=_LINE)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Slug = Annotated[str, StringConstraints(pattern=_SLUG)]
Language = Annotated[str, StringConstraints(pattern=_LANGUAGE)]
Colour = Annotated[str, StringConstraints(pattern=_COLOUR)]
Zone = Annotated[str, AfterValidator(check_zone)]
