"""Entries that people write: the file's name is the id, its facts and updates say the rest."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from onrecord import strict_yaml
from onrecord.checking import check
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.written import Written, read_written
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.kinds import CLOSED, FIRST_STATUS, TROUBLE, Kind
from onrecord.model.parts import Update
from onrecord.model.scalars import check_id

_UPDATES = TypeAdapter(tuple[Update, ...])


def read_authored(text: str, path: str, entry_id: str, zone: ZoneInfo) -> Entry:
    """Return the entry that a Markdown file holds; raises `OnRecordError` with all that is wrong with it.

    Times without a zone are in the site's.
    """
    written = read_written(text, path, zone)
    problems = list(written.problems)
    plain = _completed(written, zone)
    plain["id"] = own_id(written.document, entry_id, problems)
    return checked(written.document, plain, zone, problems)


def checked(document: strict_yaml.Document, plain: dict[str, Any], zone: ZoneInfo, problems: list[Problem]) -> Entry:
    """Return plain data as an entry; raises `OnRecordError` with what was found before and what is found now."""
    try:
        entry = check(ENTRIES, document, plain, {"zone": zone})
    except OnRecordError as error:
        raise OnRecordError([*problems, *error.problems]) from None
    if problems:
        raise OnRecordError(problems)
    return entry


def _completed(written: Written, zone: ZoneInfo) -> dict[str, Any]:
    """Return the facts with what the body and the updates say about them."""
    plain = dict(written.document.plain)
    if written.body:
        plain["body"] = written.body
    listed = plain.get("updates", [])
    if written.updates and isinstance(listed, list):
        plain["updates"] = [*listed, *written.updates]
    if plain.get("kind") in list(Kind):
        updates = sorted((*_listed(written, zone), *written.updates), key=lambda update: update.at)
        for field, value in _told_by(updates, Kind(plain["kind"])).items():
            plain.setdefault(field, value)
    return plain


def _listed(written: Written, zone: ZoneInfo) -> tuple[Update, ...]:
    """Return the updates that the facts list; what is wrong with them is told when the whole entry is checked."""
    try:
        return check(_UPDATES, written.document, written.document.plain.get("updates", ()), {"zone": zone})
    except OnRecordError:
        return ()


def _told_by(updates: Sequence[Update], kind: Kind) -> dict[str, Any]:
    """Return what the updates, oldest first, tell about the whole: its status, its end, its reopenings."""
    status, closed, reopened = FIRST_STATUS[kind], None, []
    for update in updates:
        if update.status in CLOSED:
            closed = closed or update.at
        elif update.status and closed:
            closed = None
            reopened.append(update.at)
        status = update.status or status
    told: dict[str, Any] = {"status": status}
    if closed and kind in TROUBLE | {Kind.MAINTENANCE}:
        told["closed"] = closed
    if reopened and kind in TROUBLE:
        told["reopened_at"] = reopened
    return told


def own_id(document: strict_yaml.Document, entry_id: str, problems: list[Problem]) -> str:
    """Return the id, which is the name of the file; of one that cannot be an id, say so and return another."""
    written = document.plain.get("id", entry_id)
    if written != entry_id:
        todo = f'take the line out: the id is the name of the file, "{entry_id}"'
        problems.append(Problem(document.place(["id"]), f'the id "{written}" is not the name of the file', todo))
    try:
        return check_id(entry_id)
    except ValueError as error:
        what, _, todo = str(error).partition(": ")
        problems.append(Problem(Place(document.path), what, f"rename the file: {todo}"))
        return "renamed"
