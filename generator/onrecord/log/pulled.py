"""Entries that the machine pulled: one JSON file each, and one `state.json` per source."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from onrecord import strict_yaml
from onrecord.checking import check
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.model.entry import ENTRIES, Entry, write_entry
from onrecord.model.parts import Part
from onrecord.model.scalars import Id, Line, Moment
from onrecord.whole import write_whole

FOLDER = "content/record/pulled"
"""Where the machine writes; people write everywhere else."""

FORMAT = 1
"""Raised when an older On Record could not read what a newer one writes."""

NEWER = "a newer On Record wrote this"
_UPDATE = "update On Record, then run this again"
_UNHEARD = {"extra_forbidden", "union_tag_invalid", "enum", "literal_error"}
"""Errors of words that we do not know; nobody but the machine writes here, so another one did."""


class SourceState(Part):
    """How far a source has been read, and which entries are held for review.

    `read_at` is the time of the last pull that brought news: a pull without news writes nothing. `looked` tells by
    which patterns and rules personal data was taken out of all that is on record.
    """

    format: Annotated[int, Field(le=FORMAT)] = FORMAT
    read_at: Moment | None = None
    marks: Mapping[str, str] = Field({})
    held: Mapping[Id, Line] = Field({})
    looked: str = ""


_STATE = TypeAdapter(SourceState)


def read_pulled(data: bytes, path: str) -> Entry:
    """Return the entry in a pulled file; raises `OnRecordError` when it is not as the machine wrote it."""
    try:
        return ENTRIES.validate_json(data)
    except ValidationError as error:
        raise OnRecordError(_where_broken(ENTRIES, data, path, error)) from None


def read_state(data: bytes, path: str) -> SourceState:
    """Return how far a source has been read; raises `OnRecordError` on a file that is not whole."""
    try:
        return _STATE.validate_json(data)
    except ValidationError as error:
        if newer := newer_format(error, path):
            raise OnRecordError(newer) from None
        raise OnRecordError(_where_broken(_STATE, data, path, error)) from None


def newer_format(error: ValidationError, path: str) -> Problem | None:
    """Return that a file of the machine's has a `format` which we do not know yet, if that is what is wrong."""
    newer = any(detail["type"] == "less_than_equal" for detail in error.errors())
    return Problem(Place(path), NEWER, _UPDATE) if newer else None


def _where_broken(kind: TypeAdapter[Any], data: bytes, path: str, found: ValidationError) -> list[Problem]:
    # JSON is YAML, so the reader of YAML finds the line of what is wrong.
    try:
        document = strict_yaml.read(data.decode("utf-8", "replace"), path)
        check(kind, document, document.plain, {})
    except OnRecordError as error:
        if all(detail["type"] in _UNHEARD for detail in found.errors()):
            first = error.problems[0]
            return [Problem(first.place, f"{NEWER}: {first.what}", _UPDATE)]
        todo = 'the machine writes this file: restore it, or delete it and run "onrecord pull --full"'
        return [Problem(problem.place, problem.what, todo) for problem in error.problems]
    return [Problem(Place(path), "this file is not whole", 'delete it and run "onrecord pull --full"')]


def entry_file(source: str, entry: Entry) -> str:
    """Return where a pulled entry is kept, below the site."""
    return f"{FOLDER}/{source}/{entry.opened.year}/{entry.id}.json"


def state_file(source: str) -> str:
    """Return where a source's state is kept, below the site."""
    return f"{FOLDER}/{source}/state.json"


def write_pulled(root: Path, source: str, entries: Iterable[Entry], known: Mapping[str, Entry]) -> int:
    """Write entries that are new or differ from what is known, and return how many files changed."""
    changed = 0
    for entry in entries:
        before = known.get(entry.id)
        if before != entry or not (root / entry_file(source, entry)).exists():
            write_one(root, source, entry, before, write_entry(entry))
            changed += 1
    return changed


def write_one(root: Path, source: str, entry: Entry, before: Entry | None, written: bytes) -> None:
    """Write an entry, as `write_entry` has it, in the place of what it was before, which may lie in another year."""
    path = root / entry_file(source, entry)
    write_whole(path, written)
    if before and (moved := root / entry_file(source, before)) != path:
        moved.unlink(missing_ok=True)


def remove_pulled(root: Path, source: str, entries: Iterable[Entry]) -> None:
    """Delete the files of entries."""
    for entry in entries:
        (root / entry_file(source, entry)).unlink(missing_ok=True)


def write_state(root: Path, source: str, state: SourceState) -> None:
    """Write how far a source has been read."""
    text = state.model_dump_json(exclude_defaults=True, indent=1)
    write_whole(root / state_file(source), f"{text}\n".encode())
