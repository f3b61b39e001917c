"""`onrecord check`: reads everything, says all that is wrong, writes nothing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from onrecord import strict_yaml
from onrecord.errors import Level, Place, Problem, did_you_mean
from onrecord.log.erasing import without
from onrecord.log.keep import redacted
from onrecord.log.written import Written, read_written
from onrecord.model.entry import LINKS_OF, Apology, Entry
from onrecord.model.people import Voice
from onrecord.redact import Rules
from onrecord.stages.gather import Folder, looked_through
from onrecord.stages.holding import held
from onrecord.stages.ruling import ruling
from onrecord.stages.slips import slips
from onrecord.stages.vouching import vouching


def check(folder: Folder, now: datetime) -> tuple[Problem, ...]:
    """Return every problem of a site's entries and lists at a moment, in the order of their places."""
    held_back = {problem for source, state in folder.log.states.items() for problem in held(source, state)}
    loose = {*_loose_ends(folder), *_aliases(folder), *ruling(folder), *held_back}
    return tuple(sorted({*folder.log.problems, *loose, *slips(folder, now), *vouching(folder, now)}))


def shown_as_json(problems: Sequence[Problem]) -> str:
    """Return problems as a JSON list for programs."""
    rows = [
        {**asdict(problem.place), "level": problem.level, "what": problem.what, "todo": problem.todo}
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _loose_ends(folder: Folder) -> Iterator[Problem]:
    """Yield names in people's entries that nothing on record has: components, voices, other entries."""
    ids = [entry.id for entry in folder.log.entries]
    named_so = [*ids, *(alias for entry in folder.log.entries for alias in entry.aliases)]
    for entry in (*folder.log.authored.values(), *folder.log.overlaid.values()):
        path = folder.log.places[entry.id]
        text = (folder.root / path).read_text("utf-8")
        written = read_written(text, path, folder.settings.zone, entry.kind)
        document = written.document
        yield from _unknown("components", entry.components, list(folder.log.components), "component", document)
        for field, named in _other_entries(entry):
            yield from _unknown(field, named, named_so, "entry", document)
        yield from _unknown_voices(entry, folder.log.voices, written)
        if entry.id in folder.log.authored:
            yield from _other_status(entry, document)
        if looked_through(folder, entry) != entry:
            yield from _personal_data(entry, folder.settings.privacy, document)
        if without(entry, folder.log.erased) != entry:
            todo = "take it out of title, raised, venues or wherever it stands in this file"
            yield Problem(Place(path), "this has words that were erased on request; no page shows them", todo)


def _aliases(folder: Folder) -> Iterator[Problem]:
    """Yield older ids that lead nowhere, because an entry has that id now or another one claims it too."""
    owners = {entry.id: entry.id for entry in folder.log.entries}
    for entry in folder.log.entries:
        for alias in entry.aliases:
            owner = owners.setdefault(alias, entry.id)
            if owner != entry.id or alias == entry.id:
                what = f'the alias "{alias}" of "{entry.id}" belongs to "{owner}"'
                yield Problem(Place(folder.log.places[entry.id]), what, "take it out of one of the two")


def _other_status(entry: Entry, document: strict_yaml.Document) -> Iterator[Problem]:
    """Yield that the facts say another status than the newest update, which is where people look first."""
    said = [update.status for update in entry.updates if update.status]
    if said and said[-1] is not entry.status:
        what = f'the status is "{entry.status}", but the newest update says "{said[-1]}"'
        todo = "take this line out, so that the updates decide"
        yield Problem(document.place(["status"]), what, todo, Level.WARNING)


def _other_entries(entry: Entry) -> Iterator[tuple[str, Sequence[str]]]:
    for field in LINKS_OF[entry.kind]:
        yield field.rstrip("_"), getattr(entry, field)


def _unknown(
    field: str, named: Sequence[str], known: Sequence[str], noun: str, document: strict_yaml.Document
) -> Iterator[Problem]:
    for number, name in enumerate(named):
        if name not in known:
            what = f'there is no {noun} "{name}".{did_you_mean(name, known)}'
            todo = "add it to content/components.yml" if noun == "component" else "write the id of an entry on record"
            yield Problem(document.place([field, number]), what, f"{todo}, or take it out; it is published without")


def _unknown_voices(entry: Entry, known: Mapping[str, Voice], written: Written) -> Iterator[Problem]:
    document = written.document
    named = [("author", entry.author)]
    if isinstance(entry, Apology):
        named.append(("signed_by", entry.signed_by))
    for field, name in named:
        if name and name not in known:
            yield _no_voice(document.place([field]), name, known)
    for number, listed in enumerate(document.plain.get("updates", ())):
        name = listed.get("by", "").strip()
        if name and name not in known and "url" not in listed:  # an account at a venue is no voice of ours
            yield _no_voice(document.place(["updates", number, "by"]), name, known)
    for section in written.sections:
        if section.update.by and section.update.by not in known:
            yield _no_voice(section.by, section.update.by, known)


def _personal_data(entry: Entry, rules: Rules, document: strict_yaml.Document) -> Iterator[Problem]:
    counts = redacted(entry, rules)[1]
    if counts:
        kinds = ", ".join(f"{kind} ({count})" for kind, count in sorted(counts.items()))
        todo = (
            "take it out; if it is your own public address or number, list it in site_config.yml under privacy, keep"
        )
        yield Problem(
            Place(document.path), f"there is personal data in this entry, and it is published without: {kinds}", todo
        )


def _no_voice(place: Place, name: str, known: Mapping[str, Voice]) -> Problem:
    meant = next((key for key, voice in known.items() if voice.name.casefold() == name.casefold()), name)
    what = f'"{name}" is not one of the voices.{did_you_mean(meant, list(known))}'
    todo = "add the person to content/voices.yml, so that readers see a name and a role"
    return Problem(place, what, todo, Level.WARNING)
