"""What the figures need of the words on a matter: read once, and told as bytes to whoever wants to keep it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from onrecord import plain_json
from onrecord.metrics.pace import Pace, first_answer, pace, raised_at
from onrecord.metrics.promises import promises_due
from onrecord.model.entry import Entry, Raisable
from onrecord.venues import Address, recognise

_TICK = timedelta(microseconds=1)


class Facts(NamedTuple):
    """How fast a matter was answered, how long we were silent, which promises were kept, and whether in its place.

    `in_place` is absent where there is no answer, or no place is known.
    """

    pace: Pace
    silence: timedelta
    promises: tuple[bool, ...]
    in_place: bool | None


def facts_of(entry: Entry, now: datetime) -> Facts:
    """Return the facts of a matter at a moment; once it is settled they are the same at any other."""
    return Facts(pace(entry), silence(entry, now), tuple(promises_due(entry, now)), _in_place(entry))


def is_settled(entry: Entry, now: datetime) -> bool:
    """Tell whether the clock alone changes none of the facts of a matter."""
    return not entry.is_open and entry.closed is not None and entry.closed <= now


def silence(entry: Entry, now: datetime) -> timedelta:
    """Return the longest time without a public word of ours while an entry was open, from when it was raised."""
    end = now if entry.is_open else entry.closed or entry.changed
    said = [update.at for update in entry.updates if update.official and update.at <= end]
    moments = sorted([min(raised_at(entry), end), *said, end])
    return max(later - sooner for sooner, later in pairwise(moments))


def _in_place(entry: Entry) -> bool | None:
    """Tell whether a matter was answered where it was raised; what names no place was said on this site."""
    raised = entry.raised if isinstance(entry, Raisable) else None
    if raised is None or raised.venue is None or (answer := first_answer(entry)) is None:
        return None
    if (answer.venue or "").casefold() == raised.venue.casefold():
        return True
    platform = _platform(raised.url)
    return bool(platform) and platform == _platform(answer.url)


def _platform(url: str | None) -> str:
    """Return the platform of an address, where one is recognised: people spell the name of a venue as they like."""
    address = recognise(url) if url else None
    return address.platform if isinstance(address, Address) else ""


def told(facts: Iterable[Facts]) -> bytes:
    """Return facts as bytes."""
    rows = [
        (*(_ticks(length) for length in (*_lengths(one.pace), one.silence)), one.promises, one.in_place)
        for one in facts
    ]
    return plain_json.write(rows)


def understood(told: bytes) -> Sequence[Facts]:
    """Return the facts that were told."""
    return [
        Facts(Pace(_length(acknowledged), _length(answered), _length(fixed)), silence * _TICK, tuple(kept), in_place)
        for acknowledged, answered, fixed, silence, kept, in_place in plain_json.read(told)
    ]


def _lengths(pace: Pace) -> tuple[timedelta | None, ...]:
    return pace.acknowledged, pace.answered, pace.fixed


def _ticks(length: timedelta | None) -> int | None:
    return None if length is None else length // _TICK


def _length(ticks: int | None) -> timedelta | None:
    return None if ticks is None else ticks * _TICK
