"""`onrecord update`, `resolve` and `withdraw`: one more dated section, at the end of an entry's file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from onrecord.errors import Level, OnRecordError, Place, Problem, did_you_mean
from onrecord.log.editing import with_field, with_item, with_section, written_time
from onrecord.log.written import front_matter
from onrecord.model.entry import STATUSES, Entry
from onrecord.model.kinds import CLOSED, FIXED, TROUBLE, Kind, Status, UpdateKind
from onrecord.model.parts import Update
from onrecord.model.scalars import Moment
from onrecord.stages.asking import Ask, Question
from onrecord.stages.change import Change, OpenFile, open_file, refuse_earlier
from onrecord.stages.gather import Folder
from onrecord.states import advice
from onrecord.words import plain

_ENDS = {**dict.fromkeys(TROUBLE, Status.RESOLVED), Kind.MAINTENANCE: Status.COMPLETED}
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)
_NAME = re.compile(r"[^,\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person adds, as it was typed: nothing of it is checked yet."""

    words: str = ""
    status: str = ""
    next_update: str = ""
    by: str = ""
    kind: str = ""


def update(folder: Folder, entry_id: str, said: Said, at: datetime, ask: Ask | None = None) -> Change:
    """Return the file of an entry with an update; without words, a person is asked for it.

    Raises `OnRecordError` for what makes no sense, as all functions here do.
    """
    file = open_file(folder, entry_id)
    questions = [
        _words("What do you tell readers?"),
        ("status", Question("Where does it stand now, if that changed?", STATUSES[file.entry.kind])),
        ("next_update", Question('When will you say more, like "09:45"?')),
        _speaker(folder),
    ]
    return amended(file, said, at, ask, questions)


def resolve(folder: Folder, entry_id: str, said: Said, at: datetime, ask: Ask | None = None) -> Change:
    """Return the file of an entry with an update that says that it is over."""
    file = open_file(folder, entry_id)
    kind, status = file.entry.kind, file.entry.status
    if kind not in _ENDS:
        todo = f'to add words to it, use "onrecord update"; to take it back, "onrecord withdraw {entry_id}"'
        raise _senseless(file, f"this is an entry of the kind {kind}, which has nothing to resolve", todo)
    if status in CLOSED:
        todo = f'to add words, use "onrecord update {entry_id}"; with --status {STATUSES[kind][0]} it is open again'
        raise _senseless(file, f'this is over already: its status is "{status}"', todo)
    questions = [_words("How did it end?"), _speaker(folder)]
    return amended(file, replace(said, status=_ENDS[kind]), at, ask, questions)


def withdraw(folder: Folder, entry_id: str, said: Said, at: datetime, ask: Ask | None = None) -> Change:
    """Return the file of an entry with an update that says that it was wrong, and why."""
    file = open_file(folder, entry_id)
    if file.entry.status is Status.WITHDRAWN:
        todo = f'to add words, use "onrecord update {entry_id}"; its page stays in any case'
        raise _senseless(file, "this is withdrawn already", todo)
    said = replace(said, status=Status.WITHDRAWN)
    return amended(
        file, said, at, ask, [_words("Why is it withdrawn? Its page stays and says so."), _speaker(folder)]
    )


def _words(question: str) -> tuple[str, Question]:
    return "words", Question(question, needed=True)


def _speaker(folder: Folder) -> tuple[str, Question]:
    return "by", Question("Who says it?", tuple(folder.log.voices))


def _senseless(file: OpenFile, what: str, todo: str) -> OnRecordError:
    return OnRecordError(Problem(Place(file.path), what, todo))


def amended(
    file: OpenFile, said: Said, at: datetime, ask: Ask | None = None, questions: Sequence[tuple[str, Question]] = ()
) -> Change:
    """Return the file of an entry with what was said; without words, a person is asked the questions."""
    at = at.replace(second=0, microsecond=0)  # a heading tells the minute
    refuse_earlier(file, at, max([file.entry.opened, *(update.at for update in file.entry.updates)]))
    if ask and not said.words:
        for field, question in questions:
            if not getattr(said, field):
                attempt = partial(_with_answer, file, said, at, field)
                said = replace(said, **{field: ask(replace(question, attempt=attempt))})
    text = _with_update(file, said, at)
    return file.change(text, tuple(_still_asked(file, text)))


def _still_asked(file: OpenFile, text: str) -> Iterator[Problem]:
    """Yield that readers of what is now fixed are told to do what they were told before."""
    document, after = front_matter(text, file.path)[0], file.read(text)
    if after.status in FIXED and file.entry.status not in FIXED and "do_now" in document.plain and advice(after):
        what = f'it is fixed, and readers are still told what to do now: "{plain(advice(after), 60)}"'
        todo = "change it to what people still have to do, or take it out"
        yield Problem(document.place(["do_now"]), what, todo, Level.WARNING)


def _with_answer(file: OpenFile, said: Said, at: datetime, field: str, answer: str) -> str:
    return _with_update(file, replace(said, **{field: answer}), at)


def _with_update(file: OpenFile, said: Said, at: datetime) -> str:
    """Return the text of the file with what was said, read again and found to say just that."""
    zone = file.folder.settings.zone
    promised = _promised(said.next_update, at, zone) if said.next_update else None
    problems = [*_unsaid(file.entry, said), *([promised] if isinstance(promised, Problem) else [])]
    if problems:
        raise OnRecordError(problems)
    added = Update(
        at=at,
        status=Status(said.status) if said.status else None,
        body=re.sub(r"\r\n?", "\n", said.words).strip(),
        by=said.by.strip() or None,
        kind=UpdateKind(said.kind) if said.kind else None,
        next_update_at=promised if isinstance(promised, datetime) else None,
    )
    text = with_section(file.text, _heading(added, zone), added.body)
    try:
        text = _facts_following(file, text, added)
        entry = file.read(text)
    except OnRecordError:
        entry = file.entry
    if entry.updates != (*file.entry.updates, added) or (added.status and entry.status is not added.status):
        todo = 'begin headings in it with "###", and close every code block ("```") in the file'
        raise _senseless(file, "this would not be read as one update", todo)
    return text


def _unsaid(entry: Entry, said: Said) -> Iterator[Problem]:
    statuses = STATUSES[entry.kind]
    if not said.words.strip():
        yield Problem(Place("TEXT"), "the words are missing", f'write them in quotes after "{entry.id}"')
    if said.status and said.status not in statuses:
        what = f'the status cannot be "{said.status}".{did_you_mean(said.status, statuses)}'
        yield Problem(Place("--status"), what, f"use one of: {', '.join(statuses)}")
    if said.by and not _NAME.fullmatch(said.by):
        yield Problem(Place("--by"), "this is not a name", "write one from content/voices.yml, without a comma")


def _promised(typed: str, at: datetime, zone: ZoneInfo) -> datetime | Problem:
    today = written_time(at, zone)[:10]
    try:
        moment = _MOMENT.validate_python(typed if "-" in typed[:5] else f"{today} {typed}", context={"zone": zone})
    except ValidationError as error:
        what, _, todo = str(error.errors()[0]["ctx"]["error"]).partition(": ")
        return Problem(Place("--next-update"), f'"{typed}": {what}', f'{todo}; "09:45" is today')
    if moment.replace(second=0) <= at:
        what = f'"{typed}" is not after {written_time(at, zone)}'
        return Problem(Place("--next-update"), what, f'write its day too, like "{today} 23:45"')
    return moment.replace(second=0)


def _heading(said: Update, zone: ZoneInfo) -> str:
    heading = written_time(said.at, zone)
    for word in (said.kind, said.status):
        heading += f" {word}" if word else ""
    if said.next_update_at:
        promised = written_time(said.next_update_at, zone)
        heading += f", next {promised.removeprefix(f'{heading[:10]} ')}"
    return heading + (f", by {said.by}" if said.by else "")


def _facts_following(file: OpenFile, text: str, said: Update) -> str:
    """Return a text whose facts do not contradict its newest update: what they say goes before it."""
    facts, before = front_matter(text, file.path)[0].plain, file.entry
    now = written_time(said.at, file.folder.settings.zone)
    if "updated" in facts:
        text = with_field(text, file.path, "updated", now)
    if file.base or not said.status:  # over a pulled entry, the newest word on the status counts anyway
        return text
    if "status" in facts:
        text = with_field(text, file.path, "status", said.status)
    if "closed" in facts and (before.is_open or said.status not in CLOSED):
        text = with_field(text, file.path, "closed", now if said.status in CLOSED else "")
    if not before.is_open and said.status not in CLOSED and before.kind in TROUBLE:
        text = _counted_as_reopened(file, text, said.at)
    return text


def _counted_as_reopened(file: OpenFile, text: str, at: datetime) -> str:
    # The updates tell of a reopening by themselves only when they told of the end too.
    zone, known = file.folder.settings.zone, getattr(file.read(text), "reopened_at", ())
    if at in known:
        return text
    if "reopened_at" in front_matter(text, file.path)[0].plain:
        return with_item(text, file.path, "reopened_at", written_time(at, zone))
    return with_field(text, file.path, "reopened_at", [written_time(moment, zone) for moment in (*known, at)])
