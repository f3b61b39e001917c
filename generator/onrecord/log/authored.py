"""Entries that people write: front matter for facts, the body for words, dated sections for updates."""

import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from onrecord import strict_yaml
from onrecord.checking import check
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.kinds import CLOSED, FIRST_STATUS, TROUBLE, Kind
from onrecord.model.parts import Update

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DATED = re.compile(r"## +(\d{4}-\d\d-\d\d\b.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TIME = r"\d\d:\d\d(?: ?(?:Z|UTC|[+-]\d\d:\d\d))?"
_HEADING = re.compile(
    rf"(?P<at>(?P<day>\d{{4}}-\d\d-\d\d)(?: {_TIME})?)"
    r"(?: +(?P<status>[\w-]+))?"
    rf"(?:, *next (?P<next>(?:\d{{4}}-\d\d-\d\d ?)?(?:{_TIME})?))?"
    r"(?:, *by (?P<by>[^,]+))?"
)
_HOW = 'write it like "## 2026-11-21 09:10 identified, next 09:45, by ana"'
_UPDATE = TypeAdapter(Update)


def read_authored(text: str, path: str, entry_id: str, zone: ZoneInfo) -> Entry:
    """Return the entry that a Markdown file holds; raises `OnRecordError` with all that is wrong with it.

    Times without a zone are in the site's.
    """
    document, words, line = front_matter(text, path)
    body, sections = _cut(words, line)
    problems: list[Problem] = []
    updates = []
    for section in sections:
        try:
            updates.append(_update(section, path, zone))
        except OnRecordError as error:
            problems.extend(error.problems)
    plain = _completed(document, entry_id, body, updates, problems)
    try:
        entry = check(ENTRIES, document, plain, {"zone": zone})
    except OnRecordError as error:
        raise OnRecordError([*problems, *error.problems]) from None
    if problems:
        raise OnRecordError(problems)
    return entry


def front_matter(text: str, path: str) -> tuple[strict_yaml.Document, str, int]:
    """Return the facts at the top of a file, the words below them, and the line at which the words start."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = _FRONT_MATTER.match(text)
    if found is None:
        todo = 'begin the file with "---", then "kind: …", "title: …", "opened: …", then "---"'
        raise OnRecordError(Problem(Place(path, 1), "this entry has no facts at its top", todo))
    document = strict_yaml.read(found["yaml"], path, first_line=2)
    return document, text[found.end() :], text.count("\n", 0, found.end()) + 1


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    body: str
    line: int


def _cut(words: str, first_line: int) -> tuple[str, list[_Section]]:
    """Return the body without its dated sections, and those sections; code blocks are left whole."""
    kept: list[str] = []
    sections: list[tuple[str, int, list[str]]] = []
    into, fence = kept, ""
    for number, line in enumerate(words.splitlines(keepends=True), first_line):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence):
            fence = ""
        dated = None if fence else _DATED.match(line)
        if dated:
            into = []
            sections.append((dated[1], number, into))
            continue
        if line.startswith("## ") and not fence:
            into = kept
        into.append(line)
    return "".join(kept).strip(), [_Section(head, "".join(body).strip(), line) for head, line, body in sections]


def _update(section: _Section, path: str, zone: ZoneInfo) -> Update:
    found = _HEADING.fullmatch(section.heading.strip())
    place = Place(path, section.line)
    if found is None:
        raise OnRecordError(
            Problem(place, f'this dated heading is not understood: "{section.heading.strip()}"', _HOW)
        )
    promised = found["next"] and found["next"].strip()
    if promised and "-" not in promised[:5]:
        promised = f"{found['day']} {promised}"
    fields = {"at": found["at"], "status": found["status"], "next_update_at": promised, "by": found["by"]}
    plain = {name: value for name, value in fields.items() if value} | {"body": section.body}
    return check(_UPDATE, strict_yaml.Document({}, path, None, section.line), plain, {"zone": zone})


def _completed(
    document: strict_yaml.Document, entry_id: str, body: str, updates: list[Update], problems: list[Problem]
) -> dict[str, Any]:
    """Return the facts with what the file's name, body and sections say about them."""
    plain = dict(document.plain)
    if plain.setdefault("id", entry_id) != entry_id:
        todo = f'take the line out: the id is the name of the file, "{entry_id}"'
        problems.append(Problem(document.place(["id"]), f'the id "{plain["id"]}" is not the name of the file', todo))
        plain["id"] = entry_id
    if body:
        plain["body"] = body
    if updates:
        plain["updates"] = [*plain.get("updates", []), *updates]
    stated = [update for update in updates if update.status]
    if "status" not in plain and plain.get("kind") in set(Kind):
        plain["status"] = (stated[-1].status if stated else None) or FIRST_STATUS[Kind(plain["kind"])]
    if "closed" not in plain and stated and stated[-1].status in CLOSED and plain.get("kind") in TROUBLE:
        plain["closed"] = stated[-1].at
    return plain
