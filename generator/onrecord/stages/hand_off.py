"""`onrecord hand-off`: that a matter was passed to a team, on its entry, and nothing private with it."""

from dataclasses import dataclass
from datetime import datetime

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.editing import with_field, written_time
from onrecord.log.triage import read_rules
from onrecord.model.entry import Raisable
from onrecord.model.kinds import UpdateKind
from onrecord.redact import redact
from onrecord.stages.amend import Said, amended
from onrecord.stages.asking import Ask, Question
from onrecord.stages.change import Change, OpenFile, open_file
from onrecord.stages.gather import Folder
from onrecord.triage import triage


@dataclass(frozen=True, slots=True)
class HandedOff:
    """What a person says about a hand-off, as it was typed; without a team, the one that the rules name."""

    team: str = ""
    words: str = ""
    ref: str = ""
    by: str = ""


def hand_off(folder: Folder, entry_id: str, handed: HandedOff, at: datetime, ask: Ask | None = None) -> Change:
    """Return the file of an entry with its hand-off, and with an update that tells readers of it.

    Raises `OnRecordError` for what makes no sense, and for personal data: a repository never forgets it.
    """
    file = open_file(folder, entry_id)
    if not isinstance(file.entry, Raisable):
        what = f"this is an entry of the kind {file.entry.kind}: nobody raised it who could be looked after"
        raise OnRecordError(Problem(Place(file.path), what, 'to say more about it, use "onrecord update"'))
    team = " ".join((handed.team or _team(file, ask)).split())
    ref, words = " ".join(handed.ref.split()), handed.words or f"We passed this on to {team}."
    _refuse_private(folder, {"TEAM": team, "--ref": ref, "TEXT": words})
    change = amended(file, Said(words, by=handed.by, kind=UpdateKind.HANDOFF), at)
    when = written_time(at, folder.settings.zone)
    facts = {"to": team, "at": when} | ({"ref": ref} if ref else {})
    text = with_field(change.after, file.path, "handoff", facts)
    file.read(text)
    return file.change(text)


def _team(file: OpenFile, ask: Ask | None) -> str:
    rules, _ = read_rules(file.folder.root)
    if team := triage(file.entry, rules).team:
        return team
    teams = tuple(dict.fromkeys(rule.then.team for rule in rules.rules if rule.then.team))
    if ask:
        return ask(Question("Which team takes it over?", teams, needed=True))
    todo = f'write its name after "{file.entry.id}"'
    raise OnRecordError(Problem(Place("TEAM"), "no rule says which team takes it over", todo))


def _refuse_private(folder: Folder, typed: dict[str, str]) -> None:
    found = {where: redact(text, folder.settings.privacy).counts for where, text in typed.items()}
    todo = "leave it out: the team has it where it works; your own public number goes to privacy, keep"
    problems = [
        Problem(Place(where), f"there is personal data in it: {', '.join(sorted(counts))}", todo)
        for where, counts in found.items()
        if counts
    ]
    if problems:
        raise OnRecordError(problems)
