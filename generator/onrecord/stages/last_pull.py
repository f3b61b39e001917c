"""How the last pull went, from a pull to the builds that follow: it belongs to a run and is no part of the record."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from onrecord.config import Settings
from onrecord.model.parts import Part
from onrecord.model.scalars import Line, Moment, Slug
from onrecord.record.run import SourceReport
from onrecord.whole import write_whole

LAST_PULL = "build/pull.json"


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


def reports(root: Path, settings: Settings, brought_news: Mapping[str, datetime | None]) -> tuple[SourceReport, ...]:
    """Return how each source fared in the last pull; of one that was not asked then, when it last brought news."""
    last = read_last_pull(root)
    fared = {source.name: source for source in last.sources} if last else {}
    found = []
    for name, source in settings.sources.items():
        run = fared.get(name)
        failed = run.failed if run else None
        found.append(
            SourceReport(
                name=name,
                title=source.title,
                address=source.address,
                read_at=(run.read_at if run else None) or brought_news.get(name),
                failed=failed,
                failed_at=last.at if last and failed else None,
            )
        )
    return tuple(found)


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
