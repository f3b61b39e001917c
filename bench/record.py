"""A made-up record of any size, always the same, spread as real issues are.

The tables were read off the 306 issues of the corpus `github-issues` once, at equal steps from the least to the most;
where the last of them is far out, it is lower, so that the mean is the real one too. The corpus covers two months, so
how a record grows over years is a guess: each year brings half as much again as the one before it, for six years.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bench.words import drawn, line, text
from onrecord.model.entry import Announcement, Entry, Incident, Issue, KnownIssue, Maintenance
from onrecord.model.kinds import Kind, Status, UpdateKind
from onrecord.model.parts import Post, Raised, SourceRef, Update, Venue

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
"""The moment at which a made-up record is looked at."""

SOURCE, REPO, VENUE = "app", "acme/app", "GitHub"
COMPONENTS = {f"part-{number}": weight for number, weight in enumerate((26, 23, 15, 15, 8, 8, 7, 6, 6, 6, 5, 3), 1)}
"""Parts of the product, and how often an issue is about one beside the others."""
VOICES = ("ana", "ben", "cem", "dora")

_AGE_YEARS = (0.0, 0.23, 0.49, 0.78, 1.11, 1.49, 1.94, 2.49, 3.21, 4.22, 6.0)
_TITLE = (14, 36, 41, 46, 50, 54, 58, 63, 69, 79, 111)
_BODY = (10, 62, 168, 340, 536, 729, 1040, 1270, 1549, 2385, 5215)
_ANSWER = (2, 18, 28, 43, 53, 66, 82, 96, 115, 131, 157, 178, 205, 243, 304, 356, 440, 566, 737, 1262, 1960)
_ANSWERS = (0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 5, 6, 8, 12, 31)
_OTHERS = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 5, 17)
_DAYS_TO_CLOSE = (0.001, 0.27, 1.3, 3.4, 8.2, 18, 41, 78, 194, 441, 1450)
_HOURS_TO_ANSWER = (0.01, 0.12, 0.49, 1.3, 3.4, 6.5, 14, 74, 593, 2706, 11290)
_PARTS_OF_AN_ISSUE = (62, 28, 9, 1)
_BY_US, _FIXED_IN, _KNOWN = 0.11, 0.055, 0.05
_BY_HAND = 100
"""Of so many entries one is written by people; the issues cannot tell, as they are all pulled."""


def entries(count: int) -> Iterator[Entry]:
    """Yield a record of so many entries, oldest first."""
    for number in range(1, count + 1):
        yield entry(number, NOW - _age((number - 0.5) / count))


def entry(number: int, opened: datetime) -> Entry:
    """Return the entry with a number; nothing but that and its moment decides what it says."""
    random = Random(f"entry {number}")
    opened = opened.replace(microsecond=0)
    return _by_hand(random, number, opened) if number % _BY_HAND == 0 else _pulled(random, number, opened)


def is_by_hand(entry: Entry) -> bool:
    """Tell whether people wrote an entry."""
    return entry.source is None


def _age(place: float) -> timedelta:
    steps = (1 - place) * (len(_AGE_YEARS) - 1)
    below = min(int(steps), len(_AGE_YEARS) - 2)
    years = _AGE_YEARS[below] + (steps - below) * (_AGE_YEARS[below + 1] - _AGE_YEARS[below])
    return timedelta(days=years * 365.25)


def _pulled(random: Random, number: int, opened: datetime) -> Entry:
    url = f"https://github.com/{REPO}/issues/{number}"
    lasts = timedelta(days=drawn(random, _DAYS_TO_CLOSE))
    known = random.random() < _KNOWN
    if opened + lasts >= NOW and not known:  # what is open goes on record only if it is marked as known
        lasts = (NOW - opened) * random.random()
    closed = opened + lasts if opened + lasts < NOW else None
    by_us = random.random() < _BY_US
    said = [*_answers(random, url, opened, closed or NOW)]
    status = Status.RESOLVED if closed else Status.INVESTIGATING if said or by_us else Status.REPORTED
    if closed:
        said.append(Update(at=closed, status=status, venue=VENUE, kind=UpdateKind.CLOSE))
    facts: dict[str, Any] = {
        "id": f"{SOURCE}-{number}",
        "title": line(random, drawn(random, _TITLE)),
        "status": status,
        "components": _components(random),
        "opened": opened,
        "closed": closed,
        "updates": tuple(said),
        "venues": (Venue(name=VENUE, url=url),),
        "source": SourceRef(name=SOURCE, url=url, fetched_at=closed or opened),
        "others": tuple(_others(random, url, opened, closed or NOW)),
        "fixed_in": f"5.{number % 40}" if closed and random.random() < _FIXED_IN else None,
    }
    if by_us:
        facts["body"] = text(random, drawn(random, _BODY))
    else:
        facts["raised"] = Raised(at=opened, venue=VENUE, url=url)
    return KnownIssue(kind=Kind.KNOWN_ISSUE, **facts) if known else Issue(kind=Kind.ISSUE, **facts)


def _answers(random: Random, url: str, opened: datetime, until: datetime) -> Iterator[Update]:
    at = opened + timedelta(hours=drawn(random, _HOURS_TO_ANSWER))
    for _ in range(round(drawn(random, _ANSWERS))):
        if not opened < at < until:
            at = opened + (until - opened) * random.random()
        yield Update(
            at=at,
            body=text(random, drawn(random, _ANSWER)),
            by=random.choice(VOICES),
            venue=VENUE,
            url=f"{url}#issuecomment-{random.randrange(10**8)}",
            kind=UpdateKind.ANSWER,
        )
        at += (until - at) * random.random()


def _others(random: Random, url: str, opened: datetime, until: datetime) -> Iterator[Post]:
    for _ in range(round(drawn(random, _OTHERS))):
        at = opened + (until - opened) * random.random()
        yield Post(at=at, venue=VENUE, url=f"{url}#issuecomment-{random.randrange(10**8)}")


def _components(random: Random) -> tuple[str, ...]:
    (many,) = random.choices(range(len(_PARTS_OF_AN_ISSUE)), _PARTS_OF_AN_ISSUE)
    return tuple(sorted(set(random.choices(list(COMPONENTS), list(COMPONENTS.values()), k=many))))


def _by_hand(random: Random, number: int, opened: datetime) -> Entry:
    kind = (Incident, Maintenance, Announcement)[number // _BY_HAND % 3]
    opened = opened.replace(second=0) - 3 * _STEP
    facts: dict[str, Any] = {
        "id": f"{opened:%Y-%m-%d}-by-hand-{number}",
        "title": line(random, drawn(random, _TITLE)),
        "components": _components(random),
        "opened": opened,
        "author": random.choice(VOICES),
        "body": text(random, drawn(random, _BODY)),
    }
    if kind is Announcement:
        return Announcement(kind=Kind.ANNOUNCEMENT, status=Status.PUBLISHED, **facts)
    said = tuple(
        Update(
            at=opened + step * _STEP,
            status=status,
            body=text(random, drawn(random, _ANSWER)),
            by=random.choice(VOICES),
        )
        for step, status in enumerate(_STEPS[kind], 1)
    )
    facts |= {"status": said[-1].status, "closed": said[-1].at, "updates": said}
    if kind is Incident:
        return Incident(kind=Kind.INCIDENT, **facts)
    return Maintenance(kind=Kind.MAINTENANCE, scheduled_for=opened, scheduled_until=said[-1].at, **facts)


_STEP = timedelta(minutes=40)
_STEPS = {
    Incident: (Status.INVESTIGATING, Status.IDENTIFIED, Status.RESOLVED),
    Maintenance: (Status.IN_PROGRESS, Status.VERIFYING, Status.COMPLETED),
}
