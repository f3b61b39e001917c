"""Slips: what people wrote is allowed, but hardly what they meant."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from onrecord import strict_yaml
from onrecord.errors import Level, Place, Problem
from onrecord.log.read import ENTRIES_FOLDER
from onrecord.log.written import Section, front_matter, read_written
from onrecord.model.entry import Entry
from onrecord.model.kinds import Status
from onrecord.record.record import readable
from onrecord.record.released import passed_over
from onrecord.stages.gather import Folder

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_STATUSES = "|".join(status.replace("_", "[ _]") for status in Status)
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<said>[^\n]*)")
_LIKE_AN_UPDATE = re.compile(
    rf"\b\d{{1,2}}[.:/ ]+(?:\d|{_MONTHS})|\b(?:{_STATUSES})$|\bnext \d|, by \w+$", re.IGNORECASE
)
_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_LINK = re.compile(r"!?\[[^\]\n]*\]\((?P<to>[^)\s]+)")
_WHOLE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_TELLING = 12  # characters: a shorter text stands anywhere by chance
_NEVER_ENTRIES = ("readme.txt", "readme.md")


def slips(folder: Folder, now: datetime) -> Iterator[Problem]:
    """Yield warnings: files that are not read, headings like updates, dead links, wrong times, endless waits."""
    yield from _files_not_read(folder.root)
    yield from _waits_for_nothing(folder, now)
    for entry in (*folder.log.authored.values(), *folder.log.overlaid.values()):
        path = folder.log.places[entry.id]
        text = (folder.root / path).read_text("utf-8")
        document, words, first_line = front_matter(text, path)
        sections = read_written(text, path, folder.settings.zone, entry.kind).sections
        yield from _lost_ends(document)
        yield from _times_to_come(entry, now, document, sections)
        yield from _still_wrong(entry, path)
        for number, line in enumerate(words.split("\n"), first_line):
            place = Place(path, number)
            yield from _heading(line, place)
            yield from _links(line, place)


def _lost_ends(document: strict_yaml.Document) -> Iterator[Problem]:
    """Yield values that lose their end to a comment; a comment that is meant stands on a line of its own."""
    for name, value in document.plain.items():
        after = document.rest_of_line([name])
        if isinstance(value, str) and re.match(r"[ \t]+#", after):
            todo = 'put "quotes" around the whole value, or write the comment on a line of its own'
            yield _slip(document.place([name]), f'what follows the # is not part of "{name}"', todo)


def _times_to_come(
    entry: Entry, now: datetime, document: strict_yaml.Document, sections: Sequence[Section]
) -> Iterator[Problem]:
    if entry.publish_at and entry.publish_at > now:
        return
    todo = "correct the time; to hold an entry back until then, write publish_at"
    if entry.opened > now:
        yield _slip(document.place(["opened"]), '"opened" is still to come, but the entry is published now', todo)
    for update in entry.updates:
        if update.at > now:
            what = f"the update of {update.at:%Y-%m-%d %H:%M} UTC is still to come, but it is published now"
            place = next((part.place for part in sections if part.update == update), document.place(["updates"]))
            yield _slip(place, what, "correct its time, or add it when it is so")


def _still_wrong(entry: Entry, path: str) -> Iterator[Problem]:
    standing = " ".join([entry.title, entry.summary or "", entry.body, *(update.body for update in entry.updates)])
    for correction in entry.corrections:
        if len(correction.was) > _TELLING and correction.was.rstrip(".") in standing:
            what = f'the entry still says what was corrected: "{correction.was[:60]}"'
            yield _slip(Place(path), what, "a correction tells what was wrong: change the text itself too")


def _files_not_read(root: Path) -> Iterator[Problem]:
    for path in sorted((root / ENTRIES_FOLDER).rglob("*")):
        shown = path.relative_to(root).as_posix()
        meant = not path.name.startswith(".") and path.name.lower() not in _NEVER_ENTRIES
        if path.is_file() and meant and path.suffix != ".md":
            yield _slip(Place(shown), "this file is not read", 'an entry\'s file name ends in ".md": rename it')
    for path in sorted((root / "content").glob("*.yaml")):
        shown = path.relative_to(root).as_posix()
        yield _slip(Place(shown), "this file is not read", f"rename it to {path.stem}.yml")


def _waits_for_nothing(folder: Folder, now: datetime) -> Iterator[Problem]:
    if not any(entry.status is Status.FIXED_UNRELEASED for entry in folder.log.entries):
        return
    for entry, release in passed_over(readable(folder.log.entries, now), now):
        path = folder.log.places[entry.id]
        place = Place(path)
        if path.endswith(".md"):
            place = front_matter((folder.root / path).read_text("utf-8"), path)[0].place(["fixed_in"])
        what = (
            f'this is said to be fixed in "{entry.fixed_in}", of which "{entry.released_by}" knows no release, '
            f'while "{release.releases}" is out: it would wait for ever'
        )
        todo = f'write into {ENTRIES_FOLDER}/{entry.id}.md which release has it, like "fixed_in: {release.releases}"'
        yield _slip(place, what, todo)


def _heading(line: str, place: Place) -> Iterator[Problem]:
    found = _HEADING.match(line)
    if found is None:
        return
    said = found["said"].strip()
    dated = _DATED.match(said)
    if (dated and len(found["marks"]) != 2) or (not dated and _LIKE_AN_UPDATE.search(said)):
        todo = 'an update begins with two #, like "## 2026-11-21 09:10 identified, by ana"; this is only text'
        yield _slip(place, f'this heading looks like an update: "{said}"', todo)


def _links(line: str, place: Place) -> Iterator[Problem]:
    for found in _LINK.finditer(line):
        if not _WHOLE.match(found["to"]):
            todo = 'write a whole address, "https://…"; to link another entry, name its id under "related"'
            yield _slip(place, f'readers cannot follow this link: "{found["to"]}"', todo)


def _slip(place: Place, what: str, todo: str) -> Problem:
    return Problem(place, what, todo, Level.WARNING)
