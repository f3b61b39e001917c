"""The small checked types that fields are made of: moments, days, ids, lines and addresses.

A moment is written `YYYY-MM-DD[ HH:MM[:SS][ ±ZZ:ZZ | Z | UTC]]`. Without a zone it means the zone that
the reader passes as `context={"zone": ZoneInfo(...)}`; one that a clock change makes unclear is refused.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[ T](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})? ?(?P<zone>Z|UTC|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EXAMPLE = 'write a time like "2026-11-21 09:30", "2026-11-21 09:30 +01:00" or "2026-11-21"'

RESERVED_IDS = frozenset({"index", "latest", "feed", "page"})
"""Names that the archive uses; years and months are reserved by their shape."""


def read_moment(value: object, info: ValidationInfo) -> datetime:
    """Return the moment that a person or a machine wrote, in UTC, to the second."""
    if isinstance(value, datetime):
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
        return datetime.fromisoformat(f"{day} {time}")
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
    choices = " or ".join(f'"{moment.isoformat(" ", "minutes")}"' for moment in (first, second))
    raise ValueError(f"this time {happens} in {zone}, because clocks change: write {choices}")


def write_moment(moment: datetime) -> str:
    """Return a moment as the record keeps it: `2026-11-21T09:30:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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


def check_url(value: str) -> str:
    """Return a web address that may be linked to: http or https, a host, no user and no odd characters."""
    try:
        parts = urlsplit(value)
        fine = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        fine = False
    if not fine or re.search(r"[\s\\<>\"\[\]\x00-\x1f\x7f-\x9f]", value):
        raise ValueError('this is not a web address: write one like "https://example.com/page"')
    return value


def check_id(value: str) -> str:
    """Return an id that is also a safe folder name, or say what an id looks like."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,120}", value) or value.endswith("."):
        raise ValueError('an id is small letters, digits and ". _ -", like "app-1423" or "2026-11-late-mail"')
    if value in RESERVED_IDS or re.fullmatch(r"\d{4}(-\d\d)?", value):
        raise ValueError(f'the id "{value}" is reserved for a page of the archive: choose a longer one')
    return value


Moment = Annotated[
    datetime,
    BeforeValidator(read_moment),
    PlainSerializer(write_moment, when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["2026-11-21 09:30", "2026-11-21 09:30 +01:00"]}),
]
Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(check_url)]
Id = Annotated[str, StringConstraints(max_length=121), AfterValidator(check_id)]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=r"^[^\n\r]*$")
]
Text = Annotated[str, StringConstraints(max_length=65_536)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
