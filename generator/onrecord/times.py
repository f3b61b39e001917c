"""Times in HTML: printed for people, and told to programs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from onrecord.model.scalars import write_moment

_TIME = Markup('<time datetime="%s">%s</time>')
_HERE = Markup('<time datetime="%s" data-here="%s">%s</time>')


def stamped(moment: datetime, said: str) -> Markup:
    """Return words that tell a time."""
    return _TIME % (write_moment(moment), said)


def here(said: str, start: datetime, end: datetime, zone: ZoneInfo) -> Markup:
    """Return a time that readers act by, as it is printed; our script puts their own beside it where it differs.

    A day without a time, which is said without a colon, has no other.
    """
    stamp = start.astimezone(zone).isoformat(timespec="seconds")
    return _HERE % (stamp, write_moment(end), said) if ":" in said else _TIME % (stamp, said)
