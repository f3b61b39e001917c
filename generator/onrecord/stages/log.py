"""`onrecord log`: what somebody said elsewhere, known by its address; once each, however it is spelled."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.editing import with_field, with_item, with_parts, written_time
from onrecord.log.read import ENTRIES_FOLDER
from onrecord.model.entry import Entry, Raisable
from onrecord.model.kinds import TROUBLE, Kind
from onrecord.model.people import Voice
from onrecord.stages.asking import Ask, Question
from onrecord.stages.change import Change, OpenFile, open_file, page_address
from onrecord.stages.gather import Folder
from onrecord.stages.new import new
from onrecord.venues import Address, Names, post_at, recognise

_OFFERED = 9  # entries among which a person may choose at once
_WHEN = (
    "It counts as said now: if it was said earlier, write that time into the file, or give it with --at next time."
)


@dataclass(frozen=True, slots=True)
class About:
    """What a person says about the addresses, as it was typed: the entry they belong to, or a title for a new one."""

    entry: str = ""
    title: str = ""
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """An address that is on record already, and where."""

    url: str
    path: str
    page: str
    hint: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Which addresses are on record, and which are new, by what they are about; `unread` files may hold more."""

    standing: tuple[Standing, ...]
    matters: tuple[tuple[Address, ...], ...]
    unread: tuple[str, ...]


def plan(folder: Folder, typed: Sequence[str], about: About) -> Plan:
    """Return what there is to do for addresses; raises `OnRecordError` with everything that is wrong with them.

    With an entry or a title, all that is new is about one matter; else each address is a matter of its own.
    """
    if about.entry:
        _refuse_more(about)
        open_file(folder, about.entry)
    found: dict[str, Address] = {}
    for address in _fit(folder, typed, about):
        found.setdefault(post_at(address.url), address)
    known = {post_at(url): entry for entry in folder.log.entries for url in _addresses(entry)}
    chosen = bool(about.entry or about.title)
    standing = {post for post, one in found.items() if post in known and not (one.names is Names.SHARED and chosen)}
    fresh = tuple(address for post, address in found.items() if post not in standing)
    return Plan(
        standing=tuple(_standing(folder, found[post], known[post]) for post in found if post in standing),
        matters=((fresh,) if chosen else tuple((address,) for address in fresh)) if fresh else (),
        unread=tuple(sorted({p.place.path for p in folder.log.problems if p.place.path.startswith(ENTRIES_FOLDER)})),
    )


def log(
    matter: Sequence[Address], about: About, now: datetime, folder: Folder, at: datetime, ask: Ask | None = None
) -> Change:
    """Return the file of the entry that a matter belongs to, or of a new issue, with every address of it.

    `at` is when it was said there, `now` when it is logged. Without a title and a person to ask, the new issue is a
    draft. Raises `OnRecordError` for what makes no sense.
    """
    entry = about.entry
    if ask and not entry and not about.title:
        entry = ask(_which(folder, matter))
    zone = folder.settings.zone
    told = _Told(written_time(at, zone), known=written_time(at, zone) != written_time(now, zone))
    if entry:
        change = _joined(open_file(folder, entry), matter, told)
    else:
        title = about.title or ("" if ask else f"Raised on {matter[0].venue}")
        facts = _facts(matter, told, written_time(now, zone), draft=not about.title and not ask)
        change = new(folder, Kind.ISSUE, title, (*facts, *about.given), at, ask, template="log")
    return change if told.known else replace(change, hint=f"{change.hint}\n{_WHEN}".strip())


def _facts(matter: Sequence[Address], told: "_Told", logged_at: str, *, draft: bool) -> Iterator[str]:
    """Yield the facts of a new issue, as they would be typed after `--set`."""
    first, *more = matter
    yield from (f"raised.at={told.at}", f"raised.venue={first.venue}", f"raised.url={first.url}")
    yield f"logged_at={logged_at}"
    if more:
        yield from (f"raised.count={len(matter)}", f"venues={json.dumps([told.venue(one) for one in more])}")
    if draft:
        yield "draft=true"


@dataclass(frozen=True, slots=True)
class _Told:
    """When something was said elsewhere; not really known when nobody told."""

    at: str
    known: bool

    def venue(self, address: Address) -> dict[str, str]:
        return {"name": address.venue, "url": address.url, **({"at": self.at} if self.known else {})}


def _refuse_more(about: About) -> None:
    for option, given in (("--title", about.title), ("--set", about.given)):
        if given:
            todo = 'leave it out; to change what an entry says, use "onrecord update" or "correct", or open its file'
            raise OnRecordError(Problem(Place(option), "this is for a new entry, and --entry names one", todo))


def _fit(folder: Folder, typed: Sequence[str], about: About) -> Iterator[Address]:
    """Yield the addresses that can be logged; raises `OnRecordError` once, with all others."""
    found = [(text, recognise(text)) for text in typed]
    problems = [one if isinstance(one, Problem) else _unfit(folder, text, one, about) for text, one in found]
    if any(problems):
        raise OnRecordError(problem for problem in problems if problem)
    yield from (one for _, one in found if isinstance(one, Address))


def _unfit(folder: Folder, typed: str, address: Address, about: About) -> Problem | None:
    if address.names is Names.ANOTHER:
        todo = "open it, and log the address that the browser shows then"
        return Problem(Place(typed), "this only leads on to another address", todo)
    if address.names is Names.NOTHING:
        what = f"this is a page of {address.venue}, but no post that we could tell from others"
        todo = "open the post itself and copy its address, or the one of the comment"
        return Problem(Place(typed), what, todo)
    voice = _ours(folder, address)
    if voice and not about.entry:
        todo = "say with --entry ID what it answers; to log what somebody said below it, give the address of that"
        return Problem(Place(typed), f"this is a post of our own: {voice.name}", todo)
    return None


def _ours(folder: Folder, address: Address) -> Voice | None:
    account = address.account
    voices = folder.log.voices.values()
    return next((one for one in voices if account and one.speaks_as(address.platform, account)), None)


def _addresses(entry: Entry) -> Iterator[str]:
    """Yield every public address that an entry has."""
    raised = entry.raised.url if isinstance(entry, Raisable) and entry.raised else None
    source = entry.source.url if entry.source else None
    places = (*(venue.url for venue in entry.venues), *(update.url for update in entry.updates))
    yield from (url for url in (raised, source, *places) if url)


def _standing(folder: Folder, address: Address, entry: Entry) -> Standing:
    hint = f"{address.url} is on record already."
    if address.names is Names.SHARED:
        hint += (
            f" Many people write there: count one more with --entry {entry.id}, or give another matter its --title."
        )
    return Standing(address.url, folder.log.places[entry.id], page_address(folder, entry.id), hint)


def _which(folder: Folder, matter: Sequence[Address]) -> Question:
    trouble = [entry for entry in folder.log.entries if entry.kind in TROUBLE and entry.is_open]
    latest = sorted(trouble, key=lambda entry: (entry.changed, entry.id), reverse=True)[:_OFFERED]
    words = f"{matter[0].url}\nWhich entry is it about, if there is one?"
    return Question(words, tuple(entry.id for entry in latest), attempt=partial(open_file, folder))


def _joined(file: OpenFile, matter: Sequence[Address], told: _Told) -> Change:
    """Return the file of an entry with the addresses of a matter, and with the number of people who raised it."""
    text, path, entry = file.text, file.path, file.entry
    others = [address for address in matter if not _ours(file.folder, address)]
    first = None
    if isinstance(entry, Raisable) and others:
        count = str(len(others) + (entry.raised.count if entry.raised else 0))
        if entry.raised:
            text = with_parts(text, path, "raised", {"count": count})
        else:
            first = others[0]
            raised = {"at": told.at, "venue": first.venue, "url": first.url}
            text = with_field(text, path, "raised", raised | ({"count": count} if count != "1" else {}))
    listed = {venue.url for venue in entry.venues}
    for address in matter:
        if address is not first and address.url not in listed:
            text = with_item(text, path, "venues", told.venue(address))
    file.read(text)
    return file.change(text)
