"""What others said about an entry, and where: counted and linked, never quoted, a line for each stretch of time."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from onrecord.model.entry import Entry, Incident, Raisable
from onrecord.model.kinds import TROUBLE, Status
from onrecord.model.parts import MOST_POSTS, Post, Venue
from onrecord.venues import Address, post_at, recognise

_EACH = 3  # of more places between two words of ours, one line tells


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said, as far as that is known; the time where each of several has its own."""

    name: str = ""
    url: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """What others did from a moment on: raised it, were heard at other places too, or wrote, so many times.

    `at_least` says that some may not have been counted.
    """

    what: Literal["raised", "elsewhere", "wrote"]
    at: datetime
    count: int
    places: tuple[Place, ...]
    at_least: bool = False


def asides(entry: Entry, turns: Sequence[datetime]) -> tuple[Aside, ...]:
    """Return what others said, oldest first, and what was said between two of our own `turns` as few lines.

    What was said at the moment of a turn stands before it. Only trouble is talked about; of what was withdrawn
    nothing is told.
    """
    if entry.kind not in TROUBLE or entry.status is Status.WITHDRAWN:
        return ()
    found = [*_raised(entry), *_elsewhere(entry, turns), *_wrote(entry, turns)]
    return tuple(sorted(found, key=lambda aside: aside.at))


def besides(entry: Entry, origin: Venue | None) -> tuple[Venue, ...]:
    """Return where else an entry is in public: each place once, however it is spelled.

    Left out are those that its line through time links to. `origin` is where it was pulled from.
    """
    on_the_line = _timed(entry) if entry.kind in TROUBLE else ()
    named = {venue.name for venue in on_the_line if not venue.url}
    everywhere = (*entry.venues, *([origin] if origin else []))
    venues = [venue for venue in everywhere if venue.url or venue.name not in named]
    return _once(venues, {*_linked(entry), *(venue.url for venue in on_the_line if venue.url)})


def _raised(entry: Entry) -> Iterator[Aside]:
    if isinstance(entry, Raisable) and (raised := entry.raised):
        where = (Place(raised.venue or "", raised.url),) if raised.venue or raised.url else ()
        yield Aside("raised", raised.at, raised.count, where)


def _elsewhere(entry: Entry, turns: Sequence[datetime]) -> Iterator[Aside]:
    timed = sorted((venue.at, venue.name, venue.url or "") for venue in _timed(entry) if venue.at)
    for _, stretch in groupby(timed, key=lambda place: bisect_left(turns, place[0])):
        found = tuple(stretch)
        for several in [found] if len(found) > _EACH else [(one,) for one in found]:
            places = tuple(Place(name, url or None, at) for at, name, url in several)
            yield Aside("elsewhere", several[0][0], len(several), places)


def _wrote(entry: Entry, turns: Sequence[datetime]) -> Iterator[Aside]:
    posts = entry.others if isinstance(entry, Raisable | Incident) else ()
    for _, stretch in groupby(posts, key=lambda post: bisect_left(turns, post.at)):
        found = tuple(stretch)
        yield Aside("wrote", found[0].at, len(found), _venues_of(found), at_least=len(posts) >= MOST_POSTS)


def _venues_of(posts: Iterable[Post]) -> tuple[Place, ...]:
    """Return each venue once, with the first post there."""
    found: dict[str, Place] = {}
    for post in posts:
        address = None if post.venue or not post.url else recognise(post.url)
        name = post.venue or (address.venue if isinstance(address, Address) else "")
        if name or post.url:
            found.setdefault(name, Place(name, post.url))
    return tuple(found.values())


def _timed(entry: Entry) -> tuple[Venue, ...]:
    timed = [venue for venue in entry.venues if venue.at]
    return _once(timed, _linked(entry)) if timed else ()


def _linked(entry: Entry) -> set[str]:
    """Return the addresses that the words of an entry link to anyway."""
    raised = entry.raised.url if isinstance(entry, Raisable) and entry.raised else None
    return {url for url in (raised, *(update.url for update in entry.updates)) if url}


def _once(venues: Iterable[Venue], linked: set[str]) -> tuple[Venue, ...]:
    """Return each venue once, but for those that are linked to."""
    left = [venue for venue in venues if venue.url not in linked]
    if not left:
        return ()  # nearly always: to understand an address takes its time
    told = {post_at(url) for url in linked}
    found: dict[object, Venue] = {}
    for venue in left:
        found.setdefault(post_at(venue.url) if venue.url else (venue.name, venue.at), venue)
    return tuple(venue for name, venue in found.items() if name not in told)
