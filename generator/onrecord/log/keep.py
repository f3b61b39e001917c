"""Keeps what a source said: personal data is taken out, then each batch goes to disk."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from onrecord.contracts import Known, Understood
from onrecord.log.pulled import SourceState, remove_pulled, write_pulled, write_state
from onrecord.model.entry import ENTRIES, Entry, write_entry
from onrecord.redact import Rules, redact
from onrecord.words import clean

_NOT_PROSE = frozenset({"id", "kind", "status", "lang", "url", "at", "components", "topics", "related", "aliases"})
"""Fields that are checked by their type and hold no one's words; every other text is redacted."""


@dataclass
class Keeper:
    """The written side of one source during a pull: `known` and `state` move with each batch, `changed` holds ids."""

    root: Path
    known: Known
    state: SourceState
    rules: Rules
    dry_run: bool = False
    changed: set[str] = field(default_factory=set)
    redacted: Counter[str] = field(default_factory=Counter)

    def keep(self, understood: Understood, now: datetime) -> None:
        """Write what a batch meant: entries first, then how far the source has been read."""
        held, news = dict(self.state.held), []
        for entry in understood.entries:
            safe, counts = redacted(entry, self.rules)
            # What earlier batches brought is marks by now.
            pieces = max(counts.total(), write_entry(safe).count(b"[redacted: "))
            if pieces > self.rules.hold_over:
                held[entry.id] = f"{pieces} pieces of personal data were found"
                self.redacted += counts
                continue
            held.pop(entry.id, None)
            if not _same(safe, self.known.entries.get(entry.id)):
                news.append(safe)
                self.redacted += counts
        gone = {entry_id: entry for entry_id, entry in self.known.entries.items() if entry_id in held}
        self._write(news, gone, self.state.model_copy(update={"marks": dict(understood.marks), "held": held}), now)

    def _write(self, news: list[Entry], gone: Mapping[str, Entry], state: SourceState, now: datetime) -> None:
        ahead = state.read_at is not None and state.read_at > now  # of a clock that was wrong
        if state != self.state or news or ahead:
            state = state.model_copy(update={"read_at": now})
        if not self.dry_run:
            write_pulled(self.root, self.known.name, news, self.known.entries)
            # The repository is public, so what is to be reviewed first may not lie in it.
            remove_pulled(self.root, self.known.name, gone.values())
            if state != self.state:
                write_state(self.root, self.known.name, state)
        self.state = state
        if news or gone:
            self.changed |= {entry.id for entry in news} | set(gone)
            entries = {**self.known.entries, **{entry.id: entry for entry in news}}
            self.known = replace(self.known, entries={name: entries[name] for name in entries if name not in gone})
        self.known = replace(self.known, marks=state.marks)


def _same(entry: Entry, before: Entry | None) -> bool:
    """Tell whether two revisions of an entry differ in nothing but when they were fetched."""
    if before is None or entry.source is None or before.source is None:
        return entry == before
    source = entry.source.model_copy(update={"fetched_at": before.source.fetched_at})
    return entry.model_copy(update={"source": source}) == before


def redacted(entry: Entry, rules: Rules) -> tuple[Entry, Counter[str]]:
    """Return an entry without personal data and deceptive characters, and how many pieces of which kind went."""
    counts: Counter[str] = Counter()

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            result = redact(clean(value), rules)  # what cannot be seen must not hide what can be read
            counts.update(result.counts)
            return result.text
        if isinstance(value, Mapping):
            return {key: part if key in _NOT_PROSE else walk(part) for key, part in value.items()}
        if isinstance(value, Iterable):
            return tuple(walk(part) for part in value)
        return value

    before = entry.model_dump(by_alias=True, exclude_defaults=True)
    plain = walk(before)
    return (entry if plain == before else _fitted(plain)), counts


def _fitted(plain: Mapping[str, Any]) -> Entry:
    """Return an entry from texts that may no longer fit: what is too much is cut off, what is nothing becomes "…"."""
    try:
        return ENTRIES.validate_python(plain)
    except ValidationError as error:
        for wrong in error.errors():
            plain = _cut(plain, wrong["loc"][1:], wrong["ctx"].get("max_length"))
    return ENTRIES.validate_python(plain)


def _cut(value: Any, path: tuple[int | str, ...], length: int | None) -> Any:
    if not path:
        return value[:length].rstrip() or "…"
    if isinstance(value, Mapping):
        return {**value, path[0]: _cut(value[path[0]], path[1:], length)}
    return tuple(_cut(part, path[1:], length) if number == path[0] else part for number, part in enumerate(value))
