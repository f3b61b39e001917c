"""Keeps what a source said: personal data is taken out, then each batch goes to disk."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from onrecord.contracts import Known, Understood
from onrecord.log.pulled import SourceState, write_pulled, write_state
from onrecord.model.entry import ENTRIES, Entry
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
        held = dict(self.state.held)
        entries = []
        for entry in understood.entries:
            clean, counts = redacted(entry, self.rules)
            self.redacted += counts
            held.pop(entry.id, None)
            if counts.total() > self.rules.hold_over:
                held[entry.id] = f"{counts.total()} pieces of personal data were found"
            else:
                entries.append(clean)
        news = [entry for entry in entries if self.known.entries.get(entry.id) != entry]
        state = self.state.model_copy(update={"marks": dict(understood.marks), "held": held})
        if not self.dry_run:
            write_pulled(self.root, self.known.name, news, self.known.entries)
        if state != self.state or news:
            state = state.model_copy(update={"read_at": now})
            if not self.dry_run:
                write_state(self.root, self.known.name, state)
        self.changed |= {entry.id for entry in news}
        self.state = state
        known = {**self.known.entries, **{entry.id: entry for entry in news}} if news else self.known.entries
        self.known = replace(self.known, entries=known, marks=state.marks)


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
    return (entry if plain == before else ENTRIES.validate_python(plain)), counts
