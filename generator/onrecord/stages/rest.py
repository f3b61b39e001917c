"""A site at rest: nothing that it is made from has moved, so only what tells of this run is written.

What is trusted for that, and what is not: docs/design/rest.md.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from io import FileIO
from itertools import chain
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from onrecord import our_code, plugins
from onrecord.config import FILE, Settings
from onrecord.errors import Problem
from onrecord.file import File
from onrecord.language import Language
from onrecord.model.parts import Part
from onrecord.model.scalars import Moment
from onrecord.record import addresses
from onrecord.record.record import Record
from onrecord.record.run import Run
from onrecord.site_folder import Published, standing, way, write_over
from onrecord.stages.built import Built, Options
from onrecord.stages.gather import Folder, read_at_of, reports
from onrecord.stages.scan import Leaks
from onrecord.whole import write_whole

WORK = "build"
REST = f"{WORK}/rest.json"
_GIT = ".git"  # the record is a checkout of its own in the workflow, of which git keeps other things each time
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


def inputs_of(root: Path, settings: Settings, deploy_url: str | None) -> str | None:
    """Return a digest of all that a site is made from, but for the clock; nothing where that cannot be told.

    Templates of a site's own, and others' outputs, may show anywhere what moves with each run.
    """
    own = root / "templates"
    if (own.is_dir() and own != our_code.OURS) or not plugins.all_ours():
        return None
    written = (root / FILE).read_bytes()
    told = (settings, written, deploy_url, our_code.digest(), our_code.installed())
    digest = sha256(repr(told).encode(errors="surrogatepass"))
    for folder in (root / "content", our_code.OURS):
        for path, content in _files(str(folder)):
            if content is None:
                return None
            digest.update(f"\0{path}\0{len(content)}\0".encode(errors="surrogateescape"))
            digest.update(content)
    return digest.hexdigest()


def rested(root: Path, settings: Settings, out: Path, now: datetime, options: Options) -> Built | None:
    """Write what tells of this run if nothing else would change; return nothing where a build has to see to it."""
    kept = _kept(root)
    if kept is None or options.clean or options.dry_run:
        return None
    if (options.inputs, way(root, out)) != (kept.inputs, kept.out):
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


def keep(folder: Folder, options: Options, record: Record, built: Built) -> None:
    """Leave for the next build what this one found, unless it could not tell by that whether the site still holds."""
    run = record.run
    home = _cut((built.out / _HOME).read_text("utf-8"), _lines(run, folder.settings))
    if options.inputs is None or record.until is None or home is None or not _can_rest(run):
        return
    if options.inputs != inputs_of(folder.root, folder.settings, options.deploy_url):
        return  # something was written while this build read
    kept = Rest(
        inputs=options.inputs,
        out=way(folder.root, built.out),
        built_at=run.at,
        until=record.until,
        entries=built.entries,
        left_out=built.left_out,
        brought_news=read_at_of(folder),
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


def _files(folder: str) -> Iterator[tuple[str, bytes | None]]:
    """Yield every file below a folder with what it holds, in a stable order; nothing where that cannot be told."""
    left = [folder] if Path(folder).is_dir() else []
    while left:
        with os.scandir(left.pop()) as found:
            there = sorted((each for each in found if each.name != _GIT), key=lambda each: each.name)
        for each in there:
            if each.is_dir(follow_symlinks=False):
                left.append(each.path)
            else:
                yield each.path[len(folder) :], _content(each) if each.is_file(follow_symlinks=False) else None


def _content(file: os.DirEntry[str]) -> bytes | None:
    try:
        with FileIO(file.path) as opened:
            return opened.readall()
    except OSError:
        return None  # whoever reads the log says what is wrong with it
