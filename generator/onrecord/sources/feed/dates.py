"""Dates as feeds write them: RFC 3339 and W3CDTF, RFC 822 and what people take for it."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d))?)?"
    r"(?:[T ]+(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
    r" ?(?:Z|UTC|GMT|(?P<sign>[+-])(?P<ahead>\d\d):?(?P<minutes>\d\d)?)?)?",
    re.ASCII | re.IGNORECASE,
)
_LONGEST = 100
# PHP's zero date has the year -0001; a comment in brackets is allowed anywhere and says nothing.
_NO_YEAR = re.compile(r"[ ,]-\d{4}[ T]")
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_COLON_IN_ZONE = re.compile(r"([+-]\d\d):(\d\d)$")


def read_date(text: str) -> datetime | None:
    """Return the moment that a feed's date means, in UTC to the second, or nothing when it means none.

    A date without a time is its first second; one without a zone, or with a name that nobody knows, is UTC.
    """
    text = " ".join(text.split())
    if not 4 <= len(text) <= _LONGEST or not text.isascii():
        return None
    try:
        found = _ISO.fullmatch(text)
        return _from_iso(found) if found else _from_mail(text)
    except (ValueError, OverflowError):
        return None


def _from_iso(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second, ahead, minutes = (
        int(found[name] or least)
        for name, least in zip(
            ("year", "month", "day", "hour", "minute", "second", "ahead", "minutes"),
            (0, 1, 1, 0, 0, 0, 0, 0),
            strict=True,
        )
    )
    # 24:00 is midnight at the end of a day, and 60 is a leap second: both are moments.
    moment = datetime(year, month, day, tzinfo=UTC) + timedelta(hours=_in(hour, 24), minutes=_in(minute, 59))
    offset = timedelta(hours=_in(ahead, 23), minutes=_in(minutes, 59))
    moment += timedelta(seconds=min(_in(second, 60), 59))
    return moment + offset if found["sign"] == "-" else moment - offset


def _in(number: int, most: int) -> int:
    if number > most:
        raise ValueError(f"{number} is more than {most}")
    return number


def _from_mail(text: str) -> datetime | None:
    if _NO_YEAR.search(text):
        return None
    while text != (told := _COMMENT.sub(" ", text)):  # they nest
        text = told
    text = _COLON_IN_ZONE.sub(r"\1\2", text.strip().replace(" ,", ","))
    try:
        found = parsedate_tz(text if ":" in text else f"{text} 00:00")
    except (IndexError, TypeError):  # the library's own slips on texts that are no dates
        return None
    if found is None:
        return None
    year, month, day, hour, minute, second, *_, offset = found
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC) - timedelta(seconds=offset or 0)
