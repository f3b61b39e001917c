"""What was fixed and waits for its version is over as soon as an announcement releases that version."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from onrecord.model.entry import Announcement, Entry, Raisable
from onrecord.model.kinds import Status

_Releases = Mapping[str, Sequence[Announcement]]


def released(entries: Sequence[Entry], now: datetime) -> tuple[Entry, ...]:
    """Return the entries, of which those whose version is out are resolved; `closed` stays the time of the fix.

    Versions are the same whatever their capitals, and with a "v" before the number or without. An announcement
    from another source than the one in `released_by` is about something else that has the same number.
    """
    releases: dict[str, list[Announcement]] = {}
    for entry in entries:
        if isinstance(entry, Announcement) and entry.releases and _is_out(entry, now):
            releases.setdefault(_version(entry.releases), []).append(entry)
    return tuple(_with_release(entry, releases) for entry in entries)


def _is_out(entry: Announcement, now: datetime) -> bool:
    return entry.status is not Status.WITHDRAWN and entry.opened <= now


def _with_release(entry: Entry, releases: _Releases) -> Entry:
    if not isinstance(entry, Raisable) or entry.status is not Status.FIXED_UNRELEASED or not entry.fixed_in:
        return entry
    found = releases.get(_version(entry.fixed_in), ())
    moments = [release.opened for release in found if _may_release(release, entry)]
    if not moments:
        return entry
    at = entry.released_at or min(moments)
    fixed = entry.closed or _said_fixed(entry) or at
    facts = {
        "status": Status.RESOLVED,
        "released_at": at,
        "closed": max(fixed, entry.opened),
        "updated": max(entry.changed, at),
    }
    return entry.model_copy(update=facts)


def _may_release(release: Announcement, entry: Raisable) -> bool:
    return not (entry.released_by and release.source) or release.source.name == entry.released_by


def _said_fixed(entry: Entry) -> datetime | None:
    said: Iterable[datetime] = (update.at for update in entry.updates if update.status is Status.FIXED_UNRELEASED)
    return max(said, default=None)


def _version(name: str) -> str:
    return re.sub(r"^v(?=\d)", "", name.casefold())
