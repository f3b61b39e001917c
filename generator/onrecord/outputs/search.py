"""The search page, and the index behind it: in shards, so that a build with news makes only a small one anew."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from onrecord.file import AnyFile, Planned
from onrecord.language import Language, mark
from onrecord.model.entry import Entry
from onrecord.model.kinds import CLOSED, FIXED, Kind, Status
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record
from onrecord.states import KIND_WORDS, STATES

LATELY = "lately"
THIS_YEAR = "this-year"
BEFORE = "before"
LONG = 1_000
"""Entries: of a record that has more, what was opened lately has a shard of its own."""

FIRST_WORDS = 60
"""How many words are searched of what was said about an entry, and as many of what was answered."""

_STANDINGS = {
    "open": (mark("Still open"), frozenset(Status) - CLOSED - {Status.SCHEDULED}),
    "planned": (mark("Planned"), frozenset({Status.SCHEDULED})),
    "fixed": (mark("Fixed or done"), FIXED | {Status.COMPLETED}),
    "unfixed": (mark("Not to be fixed"), frozenset({Status.WONT_FIX, Status.EXTERNAL})),
}
"""What a customer tells entries apart by; the rest, like news, is found by its kind."""

Option = tuple[str, str, list[str]]
"""One of a list to choose from: its name in the address, its words, and the filters of which one must hold."""


class Search:
    """The search page and its index."""

    name: ClassVar[str] = "search"

    def files(self, record: Record, press: Press) -> Iterator[AnyFile]:
        """Yield the page and the files of each shard that has entries; nothing for a site without search."""
        if press.index is None:
            return
        shards = _shards(record, press.language)
        statuses = {entry.status for entry in record.entries}
        title = press.language.say("Search")
        yield press.page(
            addresses.SEARCH,
            "search.html",
            title=title,
            description=press.language.say("Look for your problem in everything on record."),
            shards=list(shards),
            kinds=_kinds(record, press.language),
            components=_components(record),
            standings=_standings(record, press.language),
            looks=[(status, STATES[status]) for status in Status if status in statuses],
            lists=_lists(record, press.language),
        )
        same = press.key(record.cast)
        for name, entries in shards.items():
            documents = [_planned(entry, same, record, press) for entry in entries]
            yield from press.index(name, documents, name == next(iter(shards)), addresses.search_shard(name))


def _shards(record: Record, language: Language) -> dict[str, list[Entry]]:
    """Return the entries by shard, by the day on which each was opened: most of what moves is in the first one.

    Only a long record has one for this month and the one before: a reader loads a piece of each.
    """
    first = record.today.replace(day=1)
    since = (first - timedelta(days=1)).replace(day=1) if len(record.entries) > LONG else None
    by_name: dict[str, list[Entry]] = {LATELY: [], THIS_YEAR: [], BEFORE: []}
    for entry in record.entries:
        day = entry.opened.astimezone(language.zone).date()
        this_year = THIS_YEAR if day.year >= first.year else BEFORE
        by_name[LATELY if since and day >= since else this_year].append(entry)
    return {name: entries for name, entries in by_name.items() if entries}


def _planned(entry: Entry, same: str, record: Record, press: Press) -> Planned:
    """Return the document of an entry: its key is the entry's digest, and that of all that is the `same` for each."""
    path = addresses.entry_page(entry.id).removesuffix("/") + ".html"
    return Planned(path, record.digests[entry.id] + same, partial(_document, entry, record, press))


def _document(entry: Entry, record: Record, press: Press) -> bytes:
    names = [record.components[name].name for name in entry.components if name in record.components]
    page = press.text(
        "search_entry.html",
        entry=entry,
        said=[
            *_facts(entry, press),
            _first_words(_told(entry), press),
            _first_words(_answers(entry), press),
            *names,
            press.language.say(KIND_WORDS[entry.kind]),
        ],
        filters=[
            f"kind-{entry.kind}",
            f"status-{entry.status}",
            *(["open"] if entry.status in _STANDINGS["open"][1] else []),
            *(f"component-{name}" for name in sorted(set(entry.components))),
        ],
    )
    return f"{page}\n".encode()


def _facts(entry: Entry, press: Press) -> Iterator[str]:
    for name in ("symptom", "summary"):
        if said := getattr(entry, name, None):
            yield said
    if do_now := getattr(entry, "do_now", None):
        yield press.plain(do_now)
    if affects := getattr(entry, "affects", None):
        yield " ".join((*affects.versions, *affects.platforms))


def _told(entry: Entry) -> Iterator[str]:
    raised = getattr(entry, "raised", None)
    yield from (text for text in (raised and (raised.quote or raised.paraphrase), entry.body) if text)


def _answers(entry: Entry) -> Iterator[str]:
    return (update.body for update in entry.updates if update.official and update.body)


def _first_words(texts: Iterator[str], press: Press) -> str:
    found: list[str] = []
    for text in texts:
        found += press.plain(text).split()
        if len(found) >= FIRST_WORDS:
            break
    return " ".join(found[:FIRST_WORDS])


def _kinds(record: Record, language: Language) -> list[Option]:
    there = {entry.kind for entry in record.entries}
    return [(kind, language.say(KIND_WORDS[kind]), [f"kind-{kind}"]) for kind in Kind if kind in there]


def _components(record: Record) -> list[Option]:
    there = {name for entry in record.entries for name in entry.components}
    return [(name, each.name, [f"component-{name}"]) for name, each in record.components.items() if name in there]


def _standings(record: Record, language: Language) -> list[Option]:
    there = {entry.status for entry in record.entries}
    return [
        (name, language.say(said), [f"status-{status}" for status in Status if status in statuses & there])
        for name, (said, statuses) in _STANDINGS.items()
        if statuses & there
    ]


def _lists(record: Record, language: Language) -> list[tuple[str, str]]:
    """Return the pages that lead to everything without a search, by their names."""
    found: list[tuple[str, str, Any]] = [
        (language.say("Known issues"), addresses.KNOWN, True),
        (language.say("News"), addresses.NEWS, record.news),
        (language.say("Planned work"), addresses.MAINTENANCE, record.maintenance),
        (language.say("Everything on record"), addresses.LOG, True),
    ]
    return [(name, address) for name, address, there in found if there]
