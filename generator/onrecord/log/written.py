"""A file that a person wrote: facts on top, words below, and dated sections among them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from onrecord import strict_yaml
from onrecord.checking import check
from onrecord.errors import OnRecordError, Place, Problem, did_you_mean
from onrecord.model.entry import STATUSES
from onrecord.model.kinds import Kind, UpdateKind
from onrecord.model.parts import Update

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DATED = re.compile(r" {0,3}##[ \t]*(\d{4}-\d\d-\d\d.*)")
_SECTION = re.compile(r" {0,3}##?[ \t]")
_FENCE = re.compile(r" {0,3}(?:(`{3,})[^`]*|(~{3,}).*)", re.DOTALL)
_TIME = r"\d\d:\d\d(?: ?(?:Z|UTC|[+-]\d\d:\d\d))?"
_SAID_AS = (UpdateKind.ACK, UpdateKind.ANSWER, UpdateKind.HANDOFF, UpdateKind.NOTE)  # what closes says its status
_HEADING = re.compile(
    rf"(?P<at>(?P<day>\d{{4}}-\d\d-\d\d)(?: {_TIME})?)"
    rf"(?: +(?P<kind>{'|'.join(_SAID_AS)})(?![\w-]))?"
    r"(?: +(?P<status>[\w-]+))?"
    rf"(?: *, *next(?: update)?:? (?P<next>\d{{4}}-\d\d-\d\d(?: {_TIME})?|{_TIME}))?"
    r"(?: *, *by +(?P<by>[^,]+))?"
)
_PHRASE = re.compile(rf"\d{{4}}-\d\d-\d\d(?: {_TIME})? +([A-Za-z]+(?: [A-Za-z]+)+)(?: *,.*)?")
_HOW = 'write it like "## 2026-11-21 09:10 identified, next 09:45, by ana"'
_UPDATE = TypeAdapter(Update)


@dataclass(frozen=True, slots=True)
class Section:
    """A dated section: the update that it holds, where it begins, and where it names who speaks."""

    update: Update
    place: Place
    by: Place


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a file: its facts as they are, its words, its sections oldest first, and what is wrong."""

    document: strict_yaml.Document
    body: str
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]

    @property
    def updates(self) -> tuple[Update, ...]:
        """Return the updates of the dated sections, oldest first."""
        return tuple(section.update for section in self.sections)


def read_written(text: str, path: str, zone: ZoneInfo, kind: Kind | None = None) -> Written:
    """Return what stands in a file; raises `OnRecordError` when its facts cannot be told from its words.

    Times without a zone are in the site's. `kind` is what the file is about where its facts do not say.
    """
    document, words, line = front_matter(text, path)
    body, dated = _cut(words, line)
    said = document.plain.get("kind")
    kind = Kind(said) if said in list(Kind) else kind
    problems: list[Problem] = []
    sections = []
    for section in dated:
        try:
            sections.append(_section(section, path, zone, STATUSES[kind] if kind else ()))
        except OnRecordError as error:
            problems.extend(error.problems)
    if body and "body" in document.plain:
        todo = "keep one of them: the words below the facts are the body"
        problems.append(Problem(document.place(["body"], of_key=True), "there are two bodies", todo))
    oldest_first = sorted(sections, key=lambda section: section.update.at)
    return Written(document, body, tuple(oldest_first), tuple(problems))


def front_matter(text: str, path: str) -> tuple[strict_yaml.Document, str, int]:
    """Return the facts at the top of a file, the words below them, and the line at which the words start."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = _FRONT_MATTER.match(text)
    if found is None and text.startswith("---\n"):
        todo = 'put a line "---" between the facts and the words'
        raise OnRecordError(Problem(Place(path, 1), "the facts that begin here never end", todo))
    if found is None:
        todo = 'begin the file with "---", then "kind: …", "title: …", "opened: …", then "---"'
        raise OnRecordError(Problem(Place(path, 1), "this entry has no facts at its top", todo))
    document = strict_yaml.read(found["yaml"], path, first_line=2)
    return document, text[found.end() :], text.count("\n", 0, found.end()) + 1


@dataclass(frozen=True, slots=True)
class _Dated:
    heading: str
    body: str
    line: int
    column: int


def _cut(words: str, first_line: int) -> tuple[str, list[_Dated]]:
    """Return the body without its dated sections, and those sections; code blocks are left whole."""
    kept: list[str] = []
    sections: list[tuple[str, int, int, list[str]]] = []
    into, fence = kept, ""
    for number, line in enumerate(words.split("\n"), first_line):
        fence = _fence_after(line, fence)
        dated = None if fence else _DATED.match(line)
        if dated:
            into = []
            sections.append((dated[1].strip(), number, dated.start(1) + 1, into))
            continue
        if not fence and _SECTION.match(line):
            into = kept
        into.append(line)
    return _trimmed(kept), [_Dated(head, _trimmed(body), line, column) for head, line, column, body in sections]


def _fence_after(line: str, fence: str) -> str:
    """Return the marks of the code block that is open after a line, as CommonMark says."""
    if fence:
        closing = line.strip()
        return "" if set(closing) == {fence[0]} and len(closing) >= len(fence) else fence
    found = _FENCE.fullmatch(line)
    return (found[1] or found[2]) if found else ""


def _trimmed(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _section(section: _Dated, path: str, zone: ZoneInfo, statuses: Sequence[str]) -> Section:
    found = _HEADING.fullmatch(section.heading)
    place = Place(path, section.line)
    if found is None:
        phrase = _PHRASE.fullmatch(section.heading)
        if phrase and statuses:
            what = f'the status cannot be "{phrase[1]}".{did_you_mean(phrase[1], statuses)}'
            raise OnRecordError(Problem(place, what, f"use one of: {', '.join(statuses)}"))
        raise OnRecordError(Problem(place, f'this dated heading is not understood: "{section.heading}"', _HOW))
    promised = found["next"] and found["next"].strip()
    if promised and "-" not in promised[:5]:
        promised = f"{found['day']} {promised}"
    fields = {
        "at": found["at"],
        "kind": found["kind"],
        "status": found["status"],
        "next_update_at": promised,
        "by": found["by"],
    }
    plain = {name: value for name, value in fields.items() if value} | {"body": section.body}
    problems = []
    if found["status"] and statuses and found["status"] not in statuses:
        what = f'the status cannot be "{plain.pop("status")}".{did_you_mean(found["status"], [*statuses, *_SAID_AS])}'
        problems.append(Problem(place, what, f"use one of: {', '.join(statuses)}"))
    try:
        update = check(_UPDATE, strict_yaml.Document({}, path, None, section.line), plain, {"zone": zone})
    except OnRecordError as error:
        problems += [_in_heading(problem) for problem in error.problems]
    if problems:
        raise OnRecordError(problems)
    return Section(update, place, replace(place, column=section.column + max(found.start("by"), 0)))


def _in_heading(problem: Problem) -> Problem:
    # Whoever wrote the heading never saw the names of its fields.
    what = problem.what.removeprefix('"at": ').replace('"next_update_at"', '"next"').replace('"at"', "its time")
    return replace(problem, what=f"in this dated heading: {what}")
