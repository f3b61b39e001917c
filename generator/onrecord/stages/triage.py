"""`onrecord triage`: what waits for a word of ours, who is to give it, and why."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.errors import OnRecordError, Place, Problem, did_you_mean
from onrecord.language import Language
from onrecord.log.read import ENTRIES_FOLDER
from onrecord.log.triage import read_rules
from onrecord.model.entry import Entry, Raisable
from onrecord.model.triage import Route, Rules
from onrecord.stages.change import page_address
from onrecord.stages.gather import Folder, publishable, record_of
from onrecord.triage import Need, Waiting, trials, waiting
from onrecord.venues import Address, recognise

_ANSWER = "answer"
_STEPS = {
    Need.PROMISE_OVERDUE: "say more, as promised",
    Need.NEW: _ANSWER,
    Need.UNANSWERED: _ANSWER,
    Need.CLOSED_IN_SILENCE: _ANSWER,
    Need.FIX_LATE: "fix",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An entry that waits, as the team is told of it; `tried` says how each rule fared, up to the one that decides.

    `waited` is how long ago it was raised, as people say it.
    """

    waiting: Waiting
    page: str
    venue: str
    url: str | None
    waited: str
    hours: float
    owner: str
    tried: tuple[str, ...]

    @property
    def entry(self) -> Entry:
        """Return the entry."""
        return self.waiting.entry

    @property
    def needs(self) -> str:
        """Return what it waits for, in words."""
        return ", ".join(self.waiting.needs) or "nothing"

    @property
    def impact(self) -> str:
        """Return how much it hurts, if anything says so, and whether only a rule does."""
        impact = self.waiting.decision.impact
        return f"{impact}{'' if self.entry.impact else ' (by rule)'}" if impact else ""

    @property
    def who(self) -> str:
        """Return what is to be done next, and by whom: `answer, hand off to Refunds: Inés Moreno`."""
        decision = self.waiting.decision
        handed = self.entry.handoff if isinstance(self.entry, Raisable) else None
        steps = [words for need, words in _STEPS.items() if need in self.waiting.needs]
        if decision.route is Route.HAND_OFF:
            steps = [words for words in steps if words != _ANSWER]  # the team says what there is to say
        if handed:
            steps.append(f"with {handed.to}")
        elif decision.team and isinstance(self.entry, Raisable):
            steps.append(f"hand off to {decision.team}")
        return ": ".join(part for part in (", ".join(dict.fromkeys(steps)), self.owner) if part) or "–"


def rows(folder: Folder, now: datetime, only: Sequence[str] = ()) -> tuple[Row, ...]:
    """Return what waits, drafts too; or the entries of some ids, whether they wait or not.

    Raises `OnRecordError` for rules that cannot be read, and for an id that no entry has.
    """
    rules, _ = read_rules(folder.root)
    entries = {entry.id: entry for entry in _entries(folder, now)}
    if unknown := [name for name in only if name not in entries]:
        raise OnRecordError(_unknown(name, list(entries)) for name in unknown)
    zone = folder.settings.zone
    chosen = [entries[name] for name in only] or entries.values()
    found = waiting(chosen, rules, now, folder.log.targets, zone, every=bool(only))
    return tuple(_row(folder, one, rules, now) for one in found)


def as_json(found: Sequence[Row]) -> str:
    """Return rows as a JSON list for programs: times in UTC, ages in hours."""
    return json.dumps([_plain(row) for row in found], ensure_ascii=False, indent=1)


def as_lines(found: Sequence[Row], *, explain: bool = False) -> Iterator[str]:
    """Yield a line for each row, and below it how the rules fared."""
    for row in found:
        decision = row.waiting.decision
        where = f" ({row.venue})" if row.venue else ""
        hurts = f"{row.waited}, {row.impact}" if row.impact else row.waited
        yield (
            f"{row.needs}: {row.entry.id}{where} “{row.entry.title}”, {hurts}; "
            f"{row.who}; {decision.why}; {row.url or row.page}"
        )
        if explain:
            yield from (f"    {line}" for line in row.tried)


def _entries(folder: Folder, now: datetime) -> Iterator[Entry]:
    """Yield what may be read now, and drafts: what was logged without a title waits too."""
    yield from record_of(folder, now).entries
    drafts = (entry for entry in folder.log.entries if entry.draft)
    yield from (publishable(folder, entry) for entry in drafts)


def _unknown(name: str, known: Sequence[str]) -> Problem:
    what = f'there is no entry "{name}".{did_you_mean(name, known)}'
    return Problem(Place(ENTRIES_FOLDER), what, "its id is the last part of its page's address")


def _row(folder: Folder, one: Waiting, rules: Rules, now: datetime) -> Row:
    venue, url = _where(one.entry)
    age = max(now - one.since, timedelta())
    owner = one.decision.owner or ""
    voice = folder.log.voices.get(owner)
    return Row(
        waiting=one,
        page=page_address(folder, one.entry.id),
        venue=venue,
        url=url,
        waited=Language("en", folder.settings.zone).length(age),
        hours=round(age.total_seconds() / 3600, 2),
        owner=voice.name if voice else owner,
        tried=tuple(_tried(one, rules)),
    )


def _tried(one: Waiting, rules: Rules) -> Iterator[str]:
    for trial in trials(one.entry, rules):
        yield f"{'yes' if trial.matches else 'no '} {trial.why}"
        if trial.matches:
            return


def _where(entry: Entry) -> tuple[str, str | None]:
    """Return where an entry was raised: what people call the place, and its address."""
    raised = entry.raised if isinstance(entry, Raisable) else None
    url = raised.url if raised else entry.source.url if entry.source else None
    address = recognise(url) if url else None
    named = raised.venue if raised else None
    return named or (address.venue if isinstance(address, Address) else ""), url


def _plain(row: Row) -> dict[str, object]:
    one, entry, decision = row.waiting, row.entry, row.waiting.decision
    handed = entry.handoff if isinstance(entry, Raisable) else None
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "status": entry.status,
        "draft": entry.draft,
        "page": row.page,
        "needs": list(one.needs),
        "late": one.is_late,
        "since": f"{one.since:%Y-%m-%dT%H:%M:%SZ}",
        "hours": row.hours,
        "venue": row.venue or None,
        "url": row.url,
        "impact": decision.impact,
        "impact_by": None if decision.impact is None else "entry" if entry.impact else "rule",
        "route": decision.route,
        "team": decision.team,
        "owner": decision.owner,
        "handed_to": handed.to if handed else None,
        "rule": decision.rule,
        "why": decision.why,
    }
