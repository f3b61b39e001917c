"""`onrecord correct`: what an entry said, what it says instead, and why, in its facts."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.editing import with_item, written_time
from onrecord.model.kinds import Weight
from onrecord.stages.asking import Ask, Question
from onrecord.stages.change import Change, open_file, refuse_earlier
from onrecord.stages.gather import Folder


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as it was typed, in the order in which people write it."""

    by: str = ""
    was: str = ""
    now: str = ""
    why: str = ""
    weight: str = ""


_QUESTIONS = {
    "was": Question("What did it say?", needed=True),
    "now": Question("What does it say instead?", needed=True),
    "why": Question("Why was it wrong?", needed=True),
    "by": Question("Who corrects it?"),
}


def correct(folder: Folder, entry_id: str, said: Corrected, at: datetime, ask: Ask | None = None) -> Change:
    """Return the file of an entry with one more correction; what is missing, a person is asked for.

    The words themselves are left for a person to change. Raises `OnRecordError` for what makes no sense.
    """
    file = open_file(folder, entry_id)
    at = at.replace(second=0, microsecond=0)
    refuse_earlier(file, at, file.entry.opened)
    if ask and not (said.was and said.now and said.why):
        for field, question in _QUESTIONS.items():
            if not getattr(said, field):
                choices = tuple(folder.log.voices) if field == "by" else ()
                said = replace(said, **{field: ask(replace(question, choices=choices))})
    missing = [field for field in ("was", "now", "why") if not getattr(said, field).strip()]
    if missing:
        raise OnRecordError(
            Problem(Place(f"--{field}"), "this is missing", _QUESTIONS[field].words) for field in missing
        )
    typed = {name: value for name, value in asdict(said).items() if value}
    item = {"at": written_time(at, folder.settings.zone), **typed}
    if said.weight == Weight.FACT:
        del item["weight"]
    text = with_item(file.text, file.path, "corrections", item)
    file.read(text)
    return file.change(text)
