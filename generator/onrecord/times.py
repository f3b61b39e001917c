"""Times in HTML: printed for people, and told to programs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from onrecord import words
from onrecord.model.scalars import write_moment

_HERE = Markup('<time datetime="%s" data-here="%s">%s</time>')


def stamped(moment: datetime, said: str) -> Markup:
    """Return words that tell a time."""
    return _stamped(write_moment(moment), said)


def _stamped(stamp: str, said: str) -> Markup:
    # Filled in by Markup itself, it takes three times as long. A stamp is digits and signs that need no escaping.
    return words.ours(f'<time datetime="{stamp}">{escape(said)}</time>')


def here(said: str, start: datetime, end: datetime, zone: ZoneInfo) -> Markup:
    """Return a time that readers act by, as it is printed; our script puts their own beside it where it differs.

    A day without a time, which is said without a colon, has no other.
    """
    stamp = start.astimezone(zone).isoformat(timespec="seconds")
    return _HERE % (stamp, write_moment(end), said) if ":" in said else _stamped(stamp, said)
