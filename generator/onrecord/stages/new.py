"""`onrecord new`: an entry from the template of its kind, with what a person says of it filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from onrecord.errors import OnRecordError, Place, Problem, did_you_mean
from onrecord.log.authored import read_authored
from onrecord.log.editing import Value, empty_fields, with_field, with_parts, written_time
from onrecord.log.naming import free_id, slug
from onrecord.log.read import ENTRIES_FOLDER
from onrecord.log.written import front_matter
from onrecord.model.entry import KINDS, Entry
from onrecord.model.kinds import Kind
from onrecord.our_code import OURS
from onrecord.stages.asking import Ask, Question, problems_of
from onrecord.stages.change import Change, page_address
from onrecord.stages.gather import Folder
from onrecord.stages.given import given_fields, typed_value
from onrecord.strict_yaml import decoded

_MISSING = re.compile(r'add a line "(\w+): …"(?: below "(\w+)")?')


def new(
    folder: Folder,
    kind: str,
    title: str,
    given: Sequence[str],
    at: datetime,
    ask: Ask | None = None,
    *,
    template: str = "",
) -> Change:
    """Return the file of a new entry; a person is asked for what is needed and for what the template leaves empty.

    `given` are `FIELD=VALUE`, with dots into groups: `affected.count=12`. The template is the kind's, if none is
    named. Raises `OnRecordError` when something that is needed is missing, or when the file could not be read as it
    would be written.
    """
    if ask and not kind:
        kind = ask(Question("What is it?", tuple(Kind), needed=True, attempt=_kind))
    known = _kind(kind)
    fields = {"title": title.strip(), **given_fields(known, given)}
    words, entry_id = fields.pop("body", ""), fields.pop("id", "")
    now = {"kind": known.value, "opened": written_time(at, folder.settings.zone)}
    draft = _begun(folder, known, template or known).filled(now)
    if draft.wrong:
        raise OnRecordError(draft.wrong)
    draft = draft.filled(fields).worded(words).named(entry_id)
    if ask and not draft.wrong:
        draft = _asked(draft, ask).named(entry_id)
    if problems := draft.problems:
        raise OnRecordError(_as_typed(problem) for problem in problems)
    return Change(draft.path, None, draft.text, page_address(folder, draft.entry_id), _hint(draft))


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry that is not written yet, and the template that it begins from."""

    folder: Folder
    kind: Kind
    template: str
    text: str
    entry_id: str

    @property
    def facts(self) -> Mapping[str, Any]:
        return front_matter(self.text, self.template)[0].plain

    @property
    def path(self) -> str:
        return f"{ENTRIES_FOLDER}/{str(self.facts['opened'])[:4]}/{self.entry_id}.md"

    @property
    def problems(self) -> tuple[Problem, ...]:
        return problems_of(self.read)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields that every entry of the kind needs and that this one has not yet."""
        return tuple(name for problem in self.problems if (name := _missing(problem)))

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """Return the problems that are more than a missing answer."""
        return tuple(problem for problem in self.problems if not _missing(problem))

    def read(self) -> Entry:
        return read_authored(self.text, self.template, self.entry_id, self.folder.settings.zone)

    def filled(self, fields: Mapping[str, Value]) -> "_Draft":
        text = self.text
        for name, value in fields.items():
            if isinstance(value, Mapping):
                text = with_parts(text, self.template, name, value)
            else:
                text = with_field(text, self.template, name, value)
        return replace(self, text=text)

    def named(self, wanted: str) -> "_Draft":
        """Return the draft with the id that a person wants, or else with one made of its day and its title."""
        taken, facts = _taken(self.folder), self.facts
        if wanted in taken:
            todo = "choose another, or leave it out: the day and the title make one"
            raise OnRecordError(Problem(Place("--set id"), f'the id "{wanted}" is taken', todo))
        words = slug(str(facts.get("title", "")), str(facts.get("lang", "en"))) or self.kind
        return replace(self, entry_id=wanted or free_id(str(facts["opened"])[:10], words, taken))

    def worded(self, words: str) -> "_Draft":
        """Return the draft with these words below its facts, if there are any, in the place of the template's."""
        rest = front_matter(self.text, self.template)[1]
        return replace(self, text=f"{self.text.removesuffix(rest)}{words.strip()}\n") if words.strip() else self


def _kind(typed: str) -> Kind:
    if typed not in list(Kind):
        what = f'the kind cannot be "{typed}".{did_you_mean(typed, list(Kind))}' if typed else "the kind is missing"
        raise OnRecordError(Problem(Place("KIND"), what, f"use one of: {', '.join(Kind)}"))
    return Kind(typed)


def _begun(folder: Folder, kind: Kind, template: str) -> _Draft:
    """Return a template as a draft: the site's own goes first."""
    path = f"templates/notes/{template}.md"
    own = folder.root / path
    data = own.read_bytes() if own.is_file() else (OURS / "notes" / f"{template}.md").read_bytes()
    text = decoded(data, path).removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n")
    return _Draft(folder, kind, path, f"{text}\n", entry_id=kind.value)


def _taken(folder: Folder) -> set[str]:
    """Return every id that is in use, also by a file that cannot be read."""
    files = {path.stem for path in (folder.root / ENTRIES_FOLDER).rglob("*.md")}
    return files.union(*({entry.id, *entry.aliases} for entry in folder.log.entries))


def _asked(draft: _Draft, ask: Ask) -> _Draft:
    """Return the draft with the answers to what is needed and to what its text names and leaves empty."""
    fields = {field.alias or name: field for name, field in KINDS[draft.kind].model_fields.items()}
    empty = empty_fields(draft.text, draft.template)
    for name in (*empty, *(name for name in draft.missing if name not in empty)):
        words = empty.get(name) or getattr(fields.get(name), "description", "") or name
        known = _known(draft.folder, name)
        answer = ask(Question(words, known, name in draft.missing, partial(_must_fit, draft, name, known)))
        draft = draft.filled(_one(draft.kind, name, answer)) if answer else draft
    return draft


def _one(kind: Kind, name: str, answer: str) -> dict[str, Value]:
    """Return one answer as the field that it fills, or as the part of a group: `raised.paraphrase`."""
    group, _, part = name.partition(".")
    value = typed_value(kind, name.split("."), answer)
    return {group: {part: value}} if part else {group: value}


def _known(folder: Folder, name: str) -> tuple[str, ...]:
    """Return what may be chosen from, for a field that names something the site has a list of."""
    lists = {"components": folder.log.components, "author": folder.log.voices, "signed_by": folder.log.voices}
    return tuple(lists.get(name, ()))


def _must_fit(draft: _Draft, name: str, known: Sequence[str], answer: str) -> None:
    """Raise what an answer would add to what is wrong so far."""
    before = {problem.what for problem in draft.problems}
    value = typed_value(draft.kind, name.split("."), answer)
    filled = draft.filled(_one(draft.kind, name, answer))
    problems = [problem for problem in filled.problems if problem.what not in before]
    for word in [value] if isinstance(value, str) else value:
        if known and word not in known:
            what = f'there is no "{word}".{did_you_mean(str(word), known)}'
            problems.append(Problem(Place(name), what, f"use one of: {', '.join(known)}"))
    if problems:
        raise OnRecordError(problems)


def _hint(draft: _Draft) -> str:
    if draft.read().draft:
        return 'Write the words into the file. It is on no page until you take out the line "draft: true".'
    return f"Say more: onrecord update {draft.entry_id}"


def _as_typed(problem: Problem) -> Problem:
    # The file is not there yet: what can be mended is the command.
    missing = _missing(problem)
    return replace(problem, place=Place("--set"), todo=f"add --set {missing}=…" if missing else problem.todo)


def _missing(problem: Problem) -> str:
    """Return the field that a problem says is missing, as it is set: `affected.count`; nothing for other problems."""
    found = _MISSING.fullmatch(problem.todo)
    return "" if found is None else f"{found[2]}.{found[1]}" if found[2] else found[1]
