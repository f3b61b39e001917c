"""The announcements that release versions: what was fixed in one waits for it, and is over as soon as it is out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from onrecord.model.entry import Announcement, Entry, FixNote, Raisable
from onrecord.model.kinds import Status, UpdateKind
from onrecord.model.parts import Update

_Releases = Mapping[str, Sequence[Announcement]]


def released(entries: Sequence[Entry], now: datetime) -> tuple[Entry, ...]:
    """Return the entries, of which those whose version is out are resolved; `closed` stays the time of the fix.

    Versions are the same whatever their capitals, and with a "v" before the number or without. An announcement
    from another source than the one in `released_by` is about something else that has the same number.
    """
    releases = _releases(entries, now)
    return tuple(_with_release(entry, releases) for entry in entries)


def releases_of(entries: Sequence[Entry], now: datetime) -> dict[str, Announcement]:
    """Return the announcement of the version that carries a fix, by the id of what was fixed or says so."""
    releases = _releases(entries, now)
    found = ((entry.id, _release_of(entry, releases)) for entry in entries)
    return {entry_id: release for entry_id, release in found if release}


def _releases(entries: Sequence[Entry], now: datetime) -> _Releases:
    releases: dict[str, list[Announcement]] = {}
    for entry in entries:
        if isinstance(entry, Announcement) and entry.releases and _is_out(entry, now):
            releases.setdefault(_version(entry.releases), []).append(entry)
    return releases


def _release_of(entry: Entry, releases: _Releases) -> Announcement | None:
    if isinstance(entry, Raisable):
        version, source = entry.fixed_in, entry.released_by
    elif isinstance(entry, FixNote):
        version, source = entry.version, None
    else:
        return None
    found = [release for release in releases.get(_version(version or ""), ()) if _may_release(release, source)]
    return min(found, key=lambda release: (release.opened, release.id), default=None)


def passed_over(entries: Iterable[Entry], now: datetime) -> Iterator[tuple[Raisable, Announcement]]:
    """Yield what will wait for its release for ever, each with the release of its source that went past its version.

    A release goes past a version of its line: 6.3.0, 6.3.2 and 6.4 pass 6.3, and 6.3.2 passes 6.3.1, but 7.0 passes
    neither, since an older line may still be kept. Only plain numbers can be compared.
    """
    everything = sorted(entries, key=lambda entry: (entry.opened, entry.id))
    releases = [entry for entry in everything if isinstance(entry, Announcement) and _is_out(entry, now)]
    for entry in everything:
        if isinstance(entry, Raisable) and entry.status is Status.FIXED_UNRELEASED and entry.released_by:
            past = (release for release in releases if _goes_past(release, entry))
            if release := next(past, None):
                yield entry, release


def _goes_past(release: Announcement, entry: Raisable) -> bool:
    wanted, out = _numbers(entry.fixed_in or ""), _numbers(release.releases or "")
    ours = release.source is not None and release.source.name == entry.released_by
    out += (0,) * (len(wanted) - len(out)) if out else ()
    return ours and bool(wanted) and out >= wanted and out[: len(wanted) - 1] == wanted[:-1]


def _numbers(version: str) -> tuple[int, ...]:
    name = _version(version)
    return tuple(map(int, name.split("."))) if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})*", name, re.ASCII) else ()


def _is_out(entry: Announcement, now: datetime) -> bool:
    return entry.status is not Status.WITHDRAWN and entry.opened <= now


def _with_release(entry: Entry, releases: _Releases) -> Entry:
    if not isinstance(entry, Raisable) or entry.status is not Status.FIXED_UNRELEASED:
        return entry
    release = _release_of(entry, releases)
    if release is None:
        return entry
    at = entry.released_at or release.opened
    fixed = entry.closed or _said_fixed(entry) or at
    facts = {
        "status": Status.RESOLVED,
        "released_at": at,
        "closed": max(fixed, entry.opened),
        "updates": _told(entry.updates, at, release),
    }
    return entry.model_copy(update=facts)


def _may_release(release: Announcement, source: str | None) -> bool:
    return not (source and release.source) or release.source.name == source


def _said_fixed(entry: Entry) -> datetime | None:
    said: Iterable[datetime] = (update.at for update in entry.updates if update.status is Status.FIXED_UNRELEASED)
    return max(said, default=None)


def _told(updates: Sequence[Update], at: datetime, release: Announcement) -> tuple[Update, ...]:
    """Return the updates with one more, without words, for the release; a fix in what was out already is just one."""
    fixed = tuple(
        update.model_copy(update={"status": Status.RESOLVED})
        if update.status is Status.FIXED_UNRELEASED and update.at >= at
        else update
        for update in updates
    )
    if fixed != updates:
        return fixed
    where = next(iter(release.venues), None)
    out = Update(
        at=at,
        status=Status.RESOLVED,
        venue=where.name if where else None,
        url=where.url if where else None,
        kind=UpdateKind.NOTE,
    )
    return tuple(sorted((*updates, out), key=lambda update: update.at))


def _version(name: str) -> str:
    return re.sub(r"^v(?=\d)", "", name.casefold())
