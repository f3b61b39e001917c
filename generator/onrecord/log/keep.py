"""Keeps what a source said: it is joined as it comes, and goes to disk now and then, without personal data."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from onrecord import redact as redact_package
from onrecord.contracts import Known, Understood
from onrecord.hands import share
from onrecord.log.erasing import without
from onrecord.log.fitted import fitted
from onrecord.log.pulled import SourceState, remove_pulled, write_one, write_pulled, write_state
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


class _Settled(NamedTuple):
    """What looking at an entry came to: which kinds went from it, and whether it is held, or was written as news.

    `held` is how many pieces there were, if too many; `safe` is the entry as it was written, if not as it was joined.
    """

    counts: Mapping[str, int] = {}
    held: int = 0
    is_news: bool = False
    safe: Entry | None = None


class Keeper:
    """The written side of one source during a pull.

    What batches mean is joined in memory as it comes, personal data and all, and nobody but `understand` sees it.
    What is written, as soon as it is whole or when it is saved, has none. `changed` and `redacted` tell what was.
    """

    def __init__(
        self, root: Path, known: Known, state: SourceState, rules: Rules, erased: Erased, *, dry_run: bool = False
    ) -> None:
        """Begin with what is on record."""
        self.changed: set[str] = set()
        self.redacted: Counter[str] = Counter()
        self.state = state
        self._held = {} if known.full else dict(state.held)
        self._root, self._rules, self._erased, self._dry_run = root, rules, erased, dry_run
        self._written = dict(known.entries)
        self._joined = dict(known.entries)
        self.known = replace(known, entries=self._joined)
        self._touched: dict[str, None] = {}
        self._has_news = self._changed_since = False
        self._seen: set[str] = set()

    def review(self) -> None:
        """Take out of what is on record what was erased since, and what patterns and rules of today find."""
        looked = looking(self._rules)
        entries = list(self._written.values())
        if self.state.looked != looked:
            entries = [redacted(entry, self._rules)[0] for entry in entries]
        safe = (without(entry, self._erased) for entry in entries)
        news = [entry for entry in safe if entry != self._written[entry.id]]
        if not self._dry_run:
            write_pulled(self._root, self.known.name, news, self._written)
        self._take_over(news, {})
        if self._written and self.state.looked != looked:
            self._write_state(self.state.model_copy(update={"looked": looked}))

    def keep(self, understood: Understood) -> None:
        """Join what a batch meant to what is known."""
        for entry in understood.entries:
            self._joined[entry.id] = entry
            self._touched[entry.id] = None
            for text in (entry.title, entry.body, *(update.body for update in entry.updates)):
                if text not in self._seen:
                    redact(clean(text), self._rules)  # it is remembered: until the next answer, there is time
                    self._seen.add(text)
        self.known = replace(self.known, marks=understood.marks)
        self._has_news = True
        # What is to be held waits for `save`: it may not be gone before the state says why.
        whole = self._settle(sorted(understood.whole & self._touched.keys()))
        self._put_away([(entry_id, look) for entry_id, look in whole if not look.held])

    def save(self, now: datetime) -> None:
        """Write what was joined since the last time: entries first, then how far the source has been read."""
        if not self._has_news:
            return
        looks = dict(chain.from_iterable(share(self._settle, [*self._touched])))
        self._put_away([(entry_id, looks[entry_id]) for entry_id in self._touched])
        read = {
            "marks": dict(self.known.marks),
            "held": dict(sorted(self._held.items())),
            "looked": looking(self._rules),
        }
        state = self.state.model_copy(update=read)
        ahead = state.read_at is not None and state.read_at > now  # of a clock that was wrong
        if state != self.state or self._changed_since or ahead:
            self._write_state(state.model_copy(update={"read_at": now}))
        self._has_news = self._changed_since = False

    def _put_away(self, looks: Sequence[tuple[str, _Settled]]) -> None:
        """Take what was settled for what is on record, or out of it where it is held."""
        held, news = self._held, list[Entry]()
        for entry_id, look in looks:
            del self._touched[entry_id]
            self.redacted.update(look.counts)
            if look.held:
                held[entry_id] = f"{look.held} pieces of personal data were found"
                continue
            held.pop(entry_id, None)
            if look.is_news:
                news.append(look.safe or self._joined[entry_id])
        gone = [entry_id for entry_id in held if entry_id not in self._touched]
        self._take_over(news, {name: self._written[name] for name in gone if name in self._written})
        self._joined |= {name: self._written[name] for name, _ in looks if name in self._written}
        for name in gone:
            self._joined.pop(name, None)
        self._changed_since |= bool(news)

    def _settle(self, ids: Iterable[str]) -> list[tuple[str, _Settled]]:
        """Look through entries as they were joined, and write what may be written; maybe in another process."""
        return [(entry_id, self._settle_one(self._joined[entry_id])) for entry_id in ids]

    def _settle_one(self, joined: Entry) -> _Settled:
        safe, counts = redacted(joined, self._rules)
        safe = without(safe, self._erased)
        text, before = write_entry(safe), self._written.get(safe.id)
        # What is found together hides behind one mark, and what earlier pulls found is marks by now.
        pieces = max(counts.total(), text.count(b"[redacted: "))
        if pieces > self._rules.hold_over:
            return _Settled(counts, held=pieces)
        if _same(safe, before):
            return _Settled()
        if not self._dry_run:
            write_one(self._root, self.known.name, safe, before, text)
        return _Settled(counts, is_news=True, safe=None if safe is joined else safe)

    def _take_over(self, news: list[Entry], gone: Mapping[str, Entry]) -> None:
        if not self._dry_run:
            # The repository is public, so what is to be reviewed first may not lie in it.
            remove_pulled(self._root, self.known.name, gone.values())
        self.changed |= {entry.id for entry in news} | set(gone)
        self._written |= {entry.id: entry for entry in news}
        self._joined |= {entry.id: entry for entry in news}
        for name in gone:
            del self._written[name]

    def _write_state(self, state: SourceState) -> None:
        if not self._dry_run:
            write_state(self._root, self.known.name, state)
        self.state = state


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
            if result.counts:
                counts.update(result.counts)
            return result.text
        if isinstance(value, dict):
            return {key: part if key in _NOT_PROSE else walk(part) for key, part in value.items()}
        if isinstance(value, tuple | list | frozenset):
            return tuple(map(walk, value))
        return value

    before = entry.model_dump(by_alias=True, exclude_defaults=True)
    plain = walk(before)
    return (entry if plain == before else fitted(plain)), counts
