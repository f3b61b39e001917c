"""One item of a feed, whatever the format: what On Record takes from it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from onrecord.model.scalars import check_url

_LONGEST = 2000  # characters of an address


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed says about one piece of news.

    `key` is what tells it from others for ever; `title` and `summary` are lines, `body` is Markdown.
    """

    key: str
    title: str
    link: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    body: str = ""
    summary: str = ""
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    lang: str | None = None


def absolute(base: str, address: str) -> str | None:
    """Return a web address, made absolute, or nothing when it is none that may be linked to."""
    try:
        found = check_url(urljoin(base, address.strip()).replace(" ", "%20"))
    except ValueError:
        return None
    return found if len(found) <= _LONGEST else None
