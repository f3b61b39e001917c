"""Keeps what a source said: personal data is taken out, then each batch goes to disk."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from onrecord import redact as redact_package
from onrecord.contracts import Known, Understood
from onrecord.log.erasing import without
from onrecord.log.fitted import fitted
from onrecord.log.pulled import SourceState, remove_pulled, write_pulled, write_state
from onrecord.model.entry import Entry, write_entry
from onrecord.model.erased import Erased
from onrecord.redact import Rules, redact
from onrecord.words import clean

_NOT_PROSE = frozenset(
    {
        *("id", "kind", "status", "lang", "url", "at", "source"),
        *("components", "topics", "related", "for", "fixes", "aliases", "released_by"),
    }
)
"""Fields that are checked by their type and hold no one's words; every other text is redacted."""


@dataclass
class Keeper:
    """The written side of one source during a pull: `known` and `state` move with each batch, `changed` holds ids."""

    root: Path
    known: Known
    state: SourceState
    rules: Rules
    erased: Erased
    dry_run: bool = False
    changed: set[str] = field(default_factory=set)
    redacted: Counter[str] = field(default_factory=Counter)

    def keep(self, understood: Understood, now: datetime) -> None:
        """Write what a batch meant: entries first, then how far the source has been read."""
        held, news = dict(self.state.held), []
        for entry in understood.entries:
            safe, counts = redacted(entry, self.rules)
            safe = without(safe, self.erased)
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
        read = {"marks": dict(understood.marks), "held": held, "looked": looking(self.rules)}
        state = self.state.model_copy(update=read)
        ahead = state.read_at is not None and state.read_at > now  # of a clock that was wrong
        if state != self.state or news or ahead:
            state = state.model_copy(update={"read_at": now})
        self._put(news, gone)
        self._put_state(state)

    def review(self) -> None:
        """Take out of what is on record what was erased since, and what patterns and rules of today find."""
        looked = looking(self.rules)
        entries = list(self.known.entries.values())
        if self.state.looked != looked:
            entries = [redacted(entry, self.rules)[0] for entry in entries]
        safe = (without(entry, self.erased) for entry in entries)
        news = [entry for entry in safe if entry != self.known.entries[entry.id]]
        self._put(news, {})
        if self.known.entries and self.state.looked != looked:
            self._put_state(self.state.model_copy(update={"looked": looked}))

    def _put(self, news: list[Entry], gone: Mapping[str, Entry]) -> None:
        if not self.dry_run:
            write_pulled(self.root, self.known.name, news, self.known.entries)
            # The repository is public, so what is to be reviewed first may not lie in it.
            remove_pulled(self.root, self.known.name, gone.values())
        if news or gone:
            self.changed |= {entry.id for entry in news} | set(gone)
            entries = {**self.known.entries, **{entry.id: entry for entry in news}}
            self.known = replace(self.known, entries={name: entries[name] for name in entries if name not in gone})

    def _put_state(self, state: SourceState) -> None:
        if state != self.state and not self.dry_run:
            write_state(self.root, self.known.name, state)
        self.state = state
        self.known = replace(self.known, marks=state.marks)


@cache
def looking(rules: Rules) -> str:
    """Return a digest of all that decides what is taken out: the code that looks, its libraries, a site's rules."""
    libraries = "".join(version(name) for name in ("phonenumbers", "python-stdnum"))
    code = b"".join(path.read_bytes() for path in sorted(Path(redact_package.__file__).parent.glob("*.py")))
    return sha256(code + (libraries + rules.model_dump_json()).encode()).hexdigest()[:16]


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
    return (entry if plain == before else fitted(plain)), counts
