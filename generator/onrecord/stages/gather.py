"""From a folder to a record: the settings, the log, and what the last pull reported, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from onrecord import config
from onrecord.config import Settings
from onrecord.log.erasing import without
from onrecord.log.keep import looking, redacted
from onrecord.log.pack import Pack, key_of
from onrecord.log.read import Log
from onrecord.log.read import read as read_log
from onrecord.metrics.clock import Tick, tick
from onrecord.model.entry import Entry
from onrecord.record.record import Record, readable
from onrecord.redact import Rules
from onrecord.stages.last_pull import reports

PACK = "build/log"
_LOOKED_THROUGH = "looked through"
"""What the pack keeps entries under that a build itself has looked through for personal data."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A site as it lies on disk."""

    root: Path
    settings: Settings
    log: Log
    pack: Pack = field(default_factory=partial(Pack, None), compare=False)

    @property
    def brought_news(self) -> Mapping[str, datetime | None]:
        """Return when each source last brought news."""
        return {name: state.read_at for name, state in self.log.states.items()}


def open_folder(
    root: Path,
    environment: Mapping[str, str],
    looked: Mapping[str, bytes] = MappingProxyType({}),
    *,
    afresh: bool = False,
) -> Folder:
    """Return the site in a folder, `afresh` without what earlier runs remember of it.

    `looked` has the digests of files that were looked at already, by their paths below the site. Raises
    `OnRecordError` on bad settings, while bad entries are the log's.
    """
    settings = config.read(root, environment)
    pack = _pack(root, settings, afresh=afresh)
    return Folder(root, settings, read_log(root, settings.zone, pack, looked), pack)


def record_of(folder: Folder, now: datetime) -> Record:
    """Return what may be read at a moment, as of the last one at which anything moved."""
    clock = clock_of(folder, now)
    return Record(
        site=folder.settings.site,
        now=clock.at,
        built_at=now,
        until=clock.until,
        entries=tuple(publishable(folder, entry) for entry in readable(folder.log.entries, clock.at)),
        components=dict(sorted(folder.log.components.items(), key=lambda named: (named[1].order, named[0]))),
        voices=folder.log.voices,
        bounds=folder.log.bounds,
        proofs=folder.log.proofs,
        targets=folder.log.targets,
        sources=reports(folder.root, folder.settings, folder.brought_news),
        demo=folder.log.demo is not None,
        as_read={entry.id: (entry, folder.log.digests[entry.id].hex()) for entry in folder.log.entries},
    )


def clock_of(folder: Folder, now: datetime) -> Tick:
    """Return as of when a site is told at a moment, and until when."""
    holds = (component.hold.until for component in folder.log.components.values() if component.hold)
    return tick(folder.log.entries, now, folder.settings.zone, holds)


def publishable(folder: Folder, entry: Entry) -> Entry:
    """Return an entry without what was erased, and without personal data.

    What the machine keeps was looked through as it came in: again only until a pull has done it by newer patterns.
    """
    log = folder.log
    source = entry.source.name if entry.source else ""
    kept = entry is log.pulled.get(source, {}).get(entry.id)
    if not kept or not _was_looked_through(folder, source):
        entry = looked_through(folder, entry)
    return without(entry, log.erased)


def looked_through(folder: Folder, entry: Entry) -> Entry:
    """Return an entry without personal data, as it was found when it was last looked through, if it was."""
    log, rules = folder.log, folder.settings.privacy
    look = partial(_redacted, entry, rules)
    source = entry.source.name if entry.source else ""
    read = (log.authored.get(entry.id), log.overlaid.get(entry.id), log.pulled.get(source, {}).get(entry.id))
    if not any(entry is one for one in read):
        return look()  # the clock or another entry has moved it on: that is not what the digest is of
    found = folder.pack.entry(_LOOKED_THROUGH, key_of(log.digests[entry.id], looking(rules).encode()), look)
    return entry if found == entry else found


def write_pack(folder: Folder) -> None:
    """Keep what was read for the next run, unless it may hold personal data that the next pull will take out."""
    if all(_was_looked_through(folder, source) for source in folder.log.pulled):
        folder.pack.write()


def _pack(root: Path, settings: Settings, *, afresh: bool = False) -> Pack:
    return Pack(root / PACK, settings.zone.key, afresh=afresh)


def _was_looked_through(folder: Folder, source: str) -> bool:
    return folder.log.states[source].looked == looking(folder.settings.privacy)


def _redacted(entry: Entry, rules: Rules) -> Entry:
    return redacted(entry, rules)[0]
