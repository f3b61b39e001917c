"""Overlays: a person's file with the id of a pulled entry changes only the fields that it names, in groups too.

Updates, corrections and what others wrote join by time, and venues are added. A status, said with `as_of` or by a
dated section, holds until the source tells of a newer one. Pulling again never touches the file, and the pulled file
never learns of it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from onrecord.checking import check
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.authored import checked, own_id
from onrecord.log.pulled import SourceState
from onrecord.log.written import Written, front_matter, read_written
from onrecord.model.entry import Entry
from onrecord.model.kinds import CLOSED
from onrecord.model.parts import Correction, Post, Update, Venue
from onrecord.model.scalars import Moment

_MOMENT: TypeAdapter[Moment] = TypeAdapter(Moment)
_JOINED: dict[str, TypeAdapter[Any]] = {
    "updates": TypeAdapter(tuple[Update, ...]),
    "corrections": TypeAdapter(tuple[Correction, ...]),
    "venues": TypeAdapter(tuple[Venue, ...]),
    "others": TypeAdapter(tuple[Post, ...]),
}


def read_overlay(text: str, path: str, base: Entry, zone: ZoneInfo) -> Entry:
    """Return a pulled entry with a person's file laid over it; raises `OnRecordError` with all that is wrong."""
    written = read_written(text, path, zone, base.kind)
    problems = list(written.problems)
    own_id(written.document, base.id, problems)
    plain = dict(written.document.plain)
    said = _statuses(plain, written, zone, problems)
    merged = _laid(plain, base.model_dump(by_alias=True, exclude_defaults=True))
    if written.body:
        merged["body"] = written.body
    for field in (known for known in _JOINED if known in type(base).model_fields):
        joined = _joined(field, base, plain, written, zone, problems)
        merged[field] = joined if field == "venues" else sorted(joined, key=lambda part: part.at)
    merged |= _standing(base, said, plain)
    return checked(
        written.document, {name: value for name, value in merged.items() if value is not None}, zone, problems
    )


def _laid(over: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts with others over them; what is a group in both keeps the parts that are not named."""
    groups = {
        name: {**base[name], **value}
        for name, value in over.items()
        if isinstance(value, Mapping) and isinstance(base.get(name), Mapping)
    }
    return {**base, **over, **groups}


def _statuses(
    plain: dict[str, Any], written: Written, zone: ZoneInfo, problems: list[Problem]
) -> list[tuple[datetime, Any]]:
    """Return what the file says about where the matter stands, with the time of each, oldest first."""
    said = [(update.at, update.status) for update in written.updates if update.status]
    status, as_of = plain.pop("status", None), plain.pop("as_of", None)
    document = written.document
    if status is not None and as_of is None:
        todo = 'add a line "as_of: …" with the time at which that was so: newer news from the source then wins'
        problems.append(Problem(document.place(["status"], of_key=True), "this status has no time", todo))
    elif status is not None:
        try:
            said.append((check(_MOMENT, document, as_of, {"zone": zone}, below=["as_of"]), status))
        except OnRecordError as error:
            problems.extend(error.problems)
    return sorted(said, key=lambda stated: stated[0])


def _joined(
    field: str, base: Entry, plain: Mapping[str, Any], written: Written, zone: ZoneInfo, problems: list[Problem]
) -> tuple[Any, ...]:
    listed: tuple[Any, ...] = ()
    try:
        listed = check(_JOINED[field], written.document, plain.get(field, ()), {"zone": zone}, below=[field])
    except OnRecordError as error:
        problems.extend(error.problems)
    own = written.updates if field == "updates" else ()
    return _once((*getattr(base, field), *listed, *own))


def _once(parts: Iterable[Any]) -> tuple[Any, ...]:
    kept: list[Any] = []
    for part in parts:
        if part not in kept:
            kept.append(part)
    return tuple(kept)


def _standing(base: Entry, said: list[tuple[datetime, Any]], plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return the status and the end of the matter: the newest word counts, whoever said it."""
    upstream = max([base.closed or base.opened, *(update.at for update in base.updates if update.status)])
    if not said or said[-1][0] < upstream:
        return {}
    at, status = said[-1]
    if status not in CLOSED:
        reopened = (
            {"reopened_at": _reopened(base, at)} if base.status in CLOSED and hasattr(base, "reopened_at") else {}
        )
        return {"status": status, "closed": None, **reopened}
    ended_before = base.closed if base.status in CLOSED else None
    return {"status": status, "closed": plain.get("closed") or ended_before or at}


def _reopened(base: Entry, at: datetime) -> tuple[datetime, ...]:
    return tuple(sorted({*getattr(base, "reopened_at", ()), at}))


def no_base(name: str, states: Mapping[str, SourceState], text: str, path: str) -> Problem | None:
    """Return what became of the entry that a file adds words to, or nothing for an entry of people's own."""
    source = max((known for known in states if name.startswith(f"{known}-")), key=len, default=None)
    if source is None or "kind" in front_matter(text, path)[0].plain:
        return None
    held = states[source].held.get(name)
    if held:
        what = f'this file adds words to "{name}", which is held for review: {held}'
        return Problem(Place(path, 1), what, "mend it at the source, then pull again")
    what = f'this file adds words to "{name}", which is not on record: "{source}" never brought it, or lost it'
    todo = f'look at the number, or run "onrecord pull {source} --full"; for an entry of your own, add "kind: …"'
    return Problem(Place(path, 1), what, todo)
