"""Times in HTML: printed for people, and told to programs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from onrecord.model.scalars import write_moment

_HERE = Markup('<time datetime="%s" data-here="%s">%s</time>')


def stamped(moment: datetime, said: str) -> Markup:
    """Return words that tell a time."""
    return _time(write_moment(moment), said)


def here(said: str, start: datetime, end: datetime, zone: ZoneInfo) -> Markup:
    """Return a time that readers act by, as it is printed; our script puts their own beside it where it differs.

    A day without a time, which is said without a colon, has no other.
    """
    stamp = start.astimezone(zone).isoformat(timespec="seconds")
    return _HERE % (stamp, write_moment(end), said) if ":" in said else _time(stamp, said)


def _time(stamp: str, said: str) -> Markup:
    # In one piece: there are ten on a page, and to fill in what Markup holds looks at each value twice.
    return Markup(f'<time datetime="{stamp}">{escape(said)}</time>')  # noqa: S704
