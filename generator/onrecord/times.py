"""Times in HTML: printed for people, and told to programs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from onrecord import words
from onrecord.model.scalars import write_moment


def stamped(moment: datetime, said: str) -> Markup:
    """Return words that tell a time."""
    return words.ours(f'<time datetime="{write_moment(moment)}">{escape(said)}</time>')


def here(said: str, start: datetime, end: datetime, zone: ZoneInfo) -> Markup:
    """Return a time that readers act by, as it is printed; our script puts their own beside it where it differs.

    A day without a time, which is said without a colon, has no other.
    """
    stamp = start.astimezone(zone).isoformat(timespec="seconds")
    until = f' data-here="{write_moment(end)}"' if ":" in said else ""
    return words.ours(f'<time datetime="{stamp}"{until}>{escape(said)}</time>')
