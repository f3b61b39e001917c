"""How what was pulled from a repository stands on record: by which id, and how it leaves."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from onrecord.contracts import Known
from onrecord.errors import Place, Problem, SourceFailed
from onrecord.model.entry import Entry
from onrecord.model.kinds import Status, UpdateKind
from onrecord.model.parts import Update

Number = Annotated[int, Field(ge=0, lt=10**15)]
"""What tells a row from all others of its list."""

GONE = "Withdrawn: it is no longer to be found at the source."


def entry_id(source: str, number: int) -> str:
    """Return the id of the entry that a row with a number makes."""
    return f"{source}-{number}"


def number(source: str, entry_id: str) -> int | None:
    """Return the number of the row that an entry was made of, or nothing when its id tells none."""
    tail = entry_id.removeprefix(f"{source}-")
    return int(tail) if tail.isascii() and tail.isdecimal() else None


def lives(entry: Entry | None) -> bool:
    """Tell whether an entry is on record and not withdrawn."""
    return entry is not None and entry.status is not Status.WITHDRAWN


def withdrawn(entry: Entry, at: datetime, why: str) -> Entry:
    """Return an entry without its words but for the title, and with an update that says why."""
    news = Update(at=at, status=Status.WITHDRAWN, kind=UpdateKind.NOTE, body=why)
    told = {"others": ()} if hasattr(entry, "others") else {}
    return entry.model_copy(update={"status": Status.WITHDRAWN, "body": "", "updates": (news,), **told})


def fetched(entry: Entry, now: datetime) -> Entry:
    """Return an entry that was seen to differ now."""
    if entry.source is None or entry.source.fetched_at == now:
        return entry
    return entry.model_copy(update={"source": entry.source.model_copy(update={"fetched_at": now})})


def refuse_to_lose_all(known: Known, place: str, todo: str) -> None:
    """Raise `SourceFailed` when nothing was found but something is on record: an empty answer proves nothing."""
    count = sum(map(lives, known.entries.values()))
    if count:
        what = f"nothing to be found any more of {count} on record, so nothing was changed"
        raise SourceFailed(Problem(Place(place), what, todo))
