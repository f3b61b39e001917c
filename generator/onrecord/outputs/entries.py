"""Every entry's own page, at the same address for ever, and the same entry for programs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from onrecord import json_ld, metrics
from onrecord.file import AnyFile, File, Planned
from onrecord.model.entry import LINKS_OF, Announcement, Entry, Note, Raisable, write_entry
from onrecord.model.kinds import CLOSED, TROUBLE, Status
from onrecord.model.parts import Update
from onrecord.model.people import Account, Voice
from onrecord.press import Picture, Press
from onrecord.record import addresses
from onrecord.record.conversation import Aside, asides
from onrecord.record.record import Record
from onrecord.record.speakers import speaker
from onrecord.sharing import pictures_of_entries
from onrecord.states import STATES


@dataclass(frozen=True, slots=True)
class Step:
    """One official statement on the line through time, with who made it and from which account, if that is known."""

    anchor: str
    update: Update
    who: Voice
    account: Account | None
    state: str
    tone: str


SAME_BREATH = timedelta(minutes=2)


class Entries:
    """The pages of the entries."""

    name: ClassVar[str] = "entries"

    def files(self, record: Record, press: Press) -> Iterator[AnyFile]:
        """Yield a page and a JSON file for each entry."""
        by_id = {entry.id: entry for entry in record.entries}
        back = _links_back(record.entries)
        pictures = pictures_of_entries(record, press)
        yield from {picture.file.path: picture.file for picture in pictures.values()}.values()
        for entry in record.entries:
            links = [by_id[other] for other in sorted({*_links(entry), *back.get(entry.id, ())}) if other in by_id]
            picture = pictures.get(entry.id)
            make = partial(_page, entry, links, picture, record, press)
            yield press.plan(addresses.entry_page(entry.id), _key(entry, links, picture, record, press), make)
            yield Planned(
                addresses.entry_json(entry.id), press.key(record.digests[entry.id]), partial(write_entry, entry)
            )


def _key(entry: Entry, links: list[Entry], picture: Picture | None, record: Record, press: Press) -> str:
    """Return the key of an entry's page: it shows other entries too, and its picture."""
    release = record.releases.get(entry.id)
    shown = [entry, *links, *([release] if release else []), *record.fixed_in.get(entry.id, ())]
    return press.key_of(record, shown, len(links), picture and picture.url)


def _page(entry: Entry, links: list[Entry], picture: Picture | None, record: Record, press: Press) -> File:
    opened = entry.opened.astimezone(ZoneInfo(record.site.timezone))
    withdrawn = entry.status is Status.WITHDRAWN
    description = _description(entry, press)
    line = _conversation(entry, _line(entry, record, press))
    return press.page(
        addresses.entry_page(entry.id),
        "entry.html",
        title=entry.title,
        description=description,
        active=addresses.LOG,
        json_address=addresses.entry_json(entry.id),
        json_ld=json_ld.of_entry(entry, record, press, description, picture),
        picture=picture,
        record=record,
        entry=entry,
        withdrawn=withdrawn,
        month_address=addresses.month_page(opened.year, opened.month),
        month_title=press.language.month(opened.year, opened.month),
        line=line,
        others_spoke=any(isinstance(turn, Aside) for turn in line),
        standing_promise=metrics.promise(entry, record.now),
        is_note=isinstance(entry, Note | Announcement),
        waits_for_us=_waits_for_us(entry),
        pace=_pace(entry, press) if entry.kind in TROUBLE and not withdrawn else [],
        links=links,
        components=[(name, record.components[name]) for name in entry.components if name in record.components],
    )


def _waits_for_us(entry: Entry) -> bool:
    """Tell whether someone raised it and no word of ours answers them yet."""
    raised = isinstance(entry, Raisable) and metrics.was_raised(entry)
    return raised and entry.is_open and not any(update.official and update.body for update in entry.updates)


def _description(entry: Entry, press: Press) -> str:
    state = STATES[entry.status].words
    said = press.language.say(state) if state else ""
    told = entry.summary or entry.body or _last_words(entry)
    return (press.plain(told, 160) if told else "") or said or entry.title


def _last_words(entry: Entry) -> str:
    return next((update.body for update in reversed(entry.updates) if update.body), "")


def _line(entry: Entry, record: Record, press: Press) -> list[Step]:
    steps: list[Step] = []
    closed = False
    for number, update in enumerate(entry.updates):
        state, tone = _said_of(update.status, closed, press)
        closed = update.status in CLOSED if update.status else closed
        if steps and not update.body and update.at - steps[-1].update.at <= SAME_BREATH and not steps[-1].state:
            # A tracker closes an issue a moment after the answer that says so: to readers it is one statement.
            steps[-1] = replace(steps[-1], state=state, tone=tone)
        else:
            steps.append(Step(addresses.update_anchor(entry, number), update, *speaker(update, record), state, tone))
    return steps


def _conversation(entry: Entry, steps: list[Step]) -> list[Step | Aside]:
    """Return one line through time: our own steps, and what others said before, between and after them."""
    others = asides(entry, [step.update.at for step in steps])
    return sorted([*others, *steps], key=lambda turn: turn.at if isinstance(turn, Aside) else turn.update.at)


def _said_of(status: Status | None, was_closed: bool, press: Press) -> tuple[str, str]:
    if status is None:
        return "", ""
    state = STATES[status]
    reopened = was_closed and status not in CLOSED
    return press.language.say("Reopened") if reopened else state.words and press.language.say(state.words), state.tone


def _pace(entry: Entry, press: Press) -> list[tuple[str, timedelta]]:
    pace, raised = metrics.pace(entry), metrics.was_raised(entry)
    acknowledged = pace.acknowledged if pace.acknowledged != pace.answered else None
    named = [
        (press.language.say("Acknowledged after"), acknowledged if raised else None),
        (press.language.say("Answered after"), pace.answered if raised else None),
        (press.language.say("Fixed after"), pace.fixed),
    ]
    return [(name, span) for name, span in named if span is not None]


def _links(entry: Entry) -> Iterable[str]:
    return (other for field in LINKS_OF[entry.kind] for other in getattr(entry, field))


def _links_back(entries: Iterable[Entry]) -> dict[str, set[str]]:
    back: dict[str, set[str]] = {}
    for entry in entries:
        for other in _links(entry):
            back.setdefault(other, set()).add(entry.id)
    return back
