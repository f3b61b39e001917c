"""From a folder to a record: the settings, the log, and what the last pull reported, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from onrecord import config
from onrecord.config import Settings
from onrecord.log.erasing import without
from onrecord.log.keep import looking, redacted
from onrecord.log.read import Log
from onrecord.log.read import read as read_log
from onrecord.model.entry import Entry
from onrecord.model.parts import Part
from onrecord.model.scalars import Line, Moment, Slug
from onrecord.record.record import Record, SourceReport, readable
from onrecord.whole import write_whole

LAST_PULL = "build/pull.json"
"""How the last pull went: it belongs to this run and is no part of the record."""


class PulledSource(Part):
    """How the last pull of one source went."""

    name: Slug
    title: Line
    read_at: Moment | None = None
    failed: Annotated[str, Field(max_length=2000)] | None = None


class LastPull(Part):
    """When the last pull was, and how each source fared."""

    at: Moment
    sources: tuple[PulledSource, ...] = ()


_LAST_PULL = TypeAdapter(LastPull)


@dataclass(frozen=True, slots=True)
class Folder:
    """A site as it lies on disk."""

    root: Path
    settings: Settings
    log: Log


def open_folder(root: Path, environment: Mapping[str, str]) -> Folder:
    """Return the site in a folder; raises `OnRecordError` on bad settings, while bad entries are the log's."""
    settings = config.read(root, environment)
    return Folder(root, settings, read_log(root, settings.zone))


def record_of(folder: Folder, now: datetime) -> Record:
    """Return what may be read at a moment."""
    return Record(
        site=folder.settings.site,
        now=now,
        entries=tuple(publishable(folder, entry) for entry in readable(folder.log.entries, now)),
        components=dict(sorted(folder.log.components.items(), key=lambda named: (named[1].order, named[0]))),
        voices=folder.log.voices,
        bounds=folder.log.bounds,
        proofs=folder.log.proofs,
        targets=folder.log.targets,
        sources=_reports(folder),
        demo=folder.log.demo is not None,
    )


def publishable(folder: Folder, entry: Entry) -> Entry:
    """Return an entry without what was erased, and without personal data.

    What the machine keeps was looked through as it came in: again only until a pull has done it by newer patterns.
    """
    log, rules = folder.log, folder.settings.privacy
    source = entry.source.name if entry.source else ""
    kept = entry is log.pulled.get(source, {}).get(entry.id)
    if not kept or log.states[source].looked != looking(rules):
        entry = redacted(entry, rules)[0]
    return without(entry, log.erased)


def _reports(folder: Folder) -> tuple[SourceReport, ...]:
    last = read_last_pull(folder.root)
    fared = {source.name: source for source in last.sources} if last else {}
    reports = []
    for name, source in folder.settings.sources.items():
        state, run = folder.log.states.get(name), fared.get(name)
        failed = run.failed if run else None
        reports.append(
            SourceReport(
                name=name,
                title=source.title,
                address=source.address,
                read_at=(run.read_at if run else None) or (state.read_at if state else None),
                failed=failed,
                failed_at=last.at if last and failed else None,
            )
        )
    return tuple(reports)


def read_last_pull(root: Path) -> LastPull | None:
    """Return how the last pull went, or nothing when none was made here."""
    path = root / LAST_PULL
    try:
        return _LAST_PULL.validate_json(path.read_bytes()) if path.is_file() else None
    except ValidationError:
        return None  # a run that broke off, or another version: it is no part of the record


def write_last_pull(root: Path, last: LastPull) -> None:
    """Keep how a pull went for the build that follows."""
    write_whole(root / LAST_PULL, f"{last.model_dump_json(indent=1)}\n".encode())
