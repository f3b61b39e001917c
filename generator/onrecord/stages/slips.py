"""Slips: what people wrote is allowed, but hardly what they meant."""

import re
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import Level, Place, Problem
from onrecord.log.read import ENTRIES_FOLDER
from onrecord.log.written import front_matter
from onrecord.model.kinds import Status
from onrecord.stages.gather import Folder

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_STATUSES = "|".join(status.replace("_", "[ _]") for status in Status)
_HEADING = re.compile(r" {0,3}##[ \t]+(?P<said>[^\n]*)")
_LIKE_AN_UPDATE = re.compile(
    rf"\b\d{{1,2}}[.:/ ]+(?:\d|{_MONTHS})|\b(?:{_STATUSES})$|\bnext \d|, by \w+$", re.IGNORECASE
)
_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_LINK = re.compile(r"!?\[[^\]\n]*\]\((?P<to>[^)\s]+)")
_WHOLE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_NEVER_ENTRIES = ("readme.txt", "readme.md")


def slips(folder: Folder) -> Iterator[Problem]:
    """Yield warnings about files that are not read, headings that look like updates, and links that lead nowhere."""
    yield from _files_not_read(folder.root)
    for entry_id in (*folder.log.authored, *folder.log.overlaid):
        path = folder.log.places[entry_id]
        words, first_line = front_matter((folder.root / path).read_text("utf-8"), path)[1:]
        for number, line in enumerate(words.split("\n"), first_line):
            place = Place(path, number)
            yield from _heading(line, place)
            yield from _links(line, place)


def _files_not_read(root: Path) -> Iterator[Problem]:
    for path in sorted((root / ENTRIES_FOLDER).rglob("*")):
        shown = path.relative_to(root).as_posix()
        meant = not path.name.startswith(".") and path.name.lower() not in _NEVER_ENTRIES
        if path.is_file() and meant and path.suffix != ".md":
            yield _slip(Place(shown), "this file is not read", 'an entry\'s file name ends in ".md": rename it')
    for path in sorted((root / "content").glob("*.yaml")):
        shown = path.relative_to(root).as_posix()
        yield _slip(Place(shown), "this file is not read", f"rename it to {path.stem}.yml")


def _heading(line: str, place: Place) -> Iterator[Problem]:
    found = _HEADING.match(line)
    if found and not _DATED.match(found["said"]) and _LIKE_AN_UPDATE.search(found["said"].strip()):
        todo = 'an update begins like "## 2026-11-21 09:10 identified, by ana"; as it is, this is a part of the story'
        yield _slip(place, f'this heading looks like an update: "{found["said"].strip()}"', todo)


def _links(line: str, place: Place) -> Iterator[Problem]:
    for found in _LINK.finditer(line):
        if not _WHOLE.match(found["to"]):
            todo = 'write a whole address, "https://…"; to link another entry, name its id under "related"'
            yield _slip(place, f'readers cannot follow this link: "{found["to"]}"', todo)


def _slip(place: Place, what: str, todo: str) -> Problem:
    return Problem(place, what, todo, Level.WARNING)
