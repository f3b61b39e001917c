"""A site at rest: nothing that it is made from has moved, so only what tells of this run is written.

What is trusted for that, and what is not: docs/design/rest.md.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from onrecord.config import Settings
from onrecord.errors import Problem
from onrecord.file import File
from onrecord.language import Language
from onrecord.model.parts import Part
from onrecord.model.scalars import Moment
from onrecord.record import addresses
from onrecord.record.run import Run
from onrecord.site_folder import Published, standing, way, write_over
from onrecord.stages.built import Built, Options
from onrecord.stages.last_pull import reports
from onrecord.stages.scan import Leaks
from onrecord.whole import write_whole

if TYPE_CHECKING:  # a site at rest reads no log, and does without what does
    from onrecord.record.record import Record
    from onrecord.stages.gather import Folder

WORK = "build"
REST = f"{WORK}/rest.json"
_HOME = addresses.file_of(addresses.HOME)


class Rest(Part):
    """What a build leaves for the next one: of what it made the site, until when that holds, and what it said."""

    inputs: str
    out: str
    built_at: Moment
    until: Moment
    entries: int
    left_out: int
    brought_news: Mapping[str, Moment | None]
    read: tuple[str, ...]
    home: tuple[str, ...]
    problems: tuple[Problem, ...]


_REST = TypeAdapter(Rest)


def rested(root: Path, settings: Settings, out: Path, now: datetime, options: Options) -> Built | None:
    """Write what tells of this run if nothing else would change; return nothing where a build has to see to it."""
    kept = _kept(root)
    if kept is None or options.clean or options.dry_run:
        return None
    if not options.inputs or (options.inputs.digest, way(root, out)) != (kept.inputs, kept.out):
        return None
    if not kept.built_at <= now < kept.until:
        return None
    run = Run(settings.site, now, kept.entries, reports(root, settings, kept.brought_news))
    if not _can_rest(run) or run.read_from != kept.read:
        return None
    total = standing(out, root / WORK, but_for=(_HOME, addresses.BUILD))
    if total is None:
        return None
    home = _joined(kept.home, _lines(run, settings))
    files = [File(_HOME, home.encode()), File(addresses.BUILD, run.facts())]
    changed = write_over(files, out, Leaks(options.secrets))
    return Built(Published(len(changed), 0, total, changed), kept.entries, kept.left_out, out, kept.problems)


def forget(root: Path) -> None:
    """Let the next build find out everything: a site that is being written is not the one that was left."""
    (root / REST).unlink(missing_ok=True)


def keep(folder: "Folder", options: Options, record: "Record", built: Built) -> None:
    """Leave for the next build what this one found, unless it could not tell by that whether the site still holds."""
    run = record.run
    home = _cut((built.out / _HOME).read_text("utf-8"), _lines(run, folder.settings))
    if options.inputs is None or record.until is None or home is None or not _can_rest(run):
        return
    if not options.inputs.stand(folder.root, folder.settings, options.deploy_url):
        return  # something was written while this build read
    kept = Rest(
        inputs=options.inputs.digest,
        out=way(folder.root, built.out),
        built_at=run.at,
        until=record.until,
        entries=built.entries,
        left_out=built.left_out,
        brought_news=folder.brought_news,
        read=run.read_from,
        home=home,
        problems=built.problems,
    )
    with suppress(PydanticSerializationError):  # a problem with a file whose name is no text
        write_whole(folder.root / REST, kept.model_dump_json().encode())


def _kept(root: Path) -> Rest | None:
    path = root / REST
    try:
        return _REST.validate_json(path.read_bytes()) if path.is_file() else None
    except ValidationError:
        return None  # torn, or another version's: a build finds all of it out again


def _can_rest(run: Run) -> bool:
    """Tell whether what a run says has its one place on the home page: what failed is said elsewhere, and louder."""
    return not run.demo and not any(source.failed for source in run.sources)


def _lines(run: Run, settings: Settings) -> list[str]:
    """Return what the home page says of a run, in the order in which it does."""
    language = Language(settings.site.languages[0], settings.zone)
    return [line for line in (run.as_of(language), run.read(language)) if line]


def _cut(page: str, lines: Sequence[str]) -> tuple[str, ...] | None:
    """Return the pieces of a page between some lines; nothing where they are not there once, in this order."""
    pieces = []
    for line in lines:
        if page.count(line) != 1:
            return None
        piece, _, page = page.partition(line)
        pieces.append(piece)
    return (*pieces, page)


def _joined(pieces: Sequence[str], lines: Sequence[str]) -> str:
    return "".join(chain.from_iterable(zip(pieces, (*lines, ""), strict=True)))
