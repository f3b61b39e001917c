"""`content/erased.yml` on disk, and entries without what it erases.

People's folder holds it, so that it reaches every pull and every build, wherever the record lies.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from onrecord import strict_yaml
from onrecord.checking import check
from onrecord.log.fitted import fitted
from onrecord.model.entry import Entry
from onrecord.model.erased import Erased
from onrecord.redact.erased import MARK, Forgotten

FILE = "content/erased.yml"
_ERASED = TypeAdapter(Erased)
_NOT_PROSE = frozenset({"id", "kind", "status", "lang", "at", "components", "topics", "related", "aliases", "url"})
_THEIR_WORDS = ("url", "by", "body", "quote", "consent", "paraphrase")


def read_erased(root: Path) -> Erased:
    """Return what was erased; a broken file raises `OnRecordError`: without it the words would be published again."""
    path = root / FILE
    if not path.is_file():
        return Erased()
    document = strict_yaml.read(strict_yaml.decoded(path.read_bytes(), FILE), FILE)
    return check(_ERASED, document, document.plain, {})


def forgotten(erased: Erased, entry_id: str = "") -> Forgotten:
    """Return what is to be forgotten everywhere, and in one entry."""
    chosen = (erasure for erasure in erased.erased if not erasure.entries or entry_id in erasure.entries)
    return Forgotten(erased.salt, tuple(erasure for erasure in chosen if erasure.address or erasure.phrase))


def is_theirs(erased: Erased, entry_id: str) -> bool:
    """Tell whether all that the customer said in an entry is erased."""
    return any(entry_id in wish.entries and not (wish.address or wish.phrase) for wish in erased.erased)


def without(entry: Entry, erased: Erased) -> Entry:
    """Return an entry without what was erased; doing it again changes nothing.

    A post that is erased goes, with its address. What it raised stays, without its title: the answer is ours.
    """
    if not erased.erased:
        return entry
    walk = _Walk(forgotten(erased, entry.id), is_theirs(erased, entry.id))
    before = entry.model_dump(by_alias=True, exclude_defaults=True)
    plain = walk.entry(before)
    return entry if plain == before else fitted(plain)


class _Walk:
    """Goes through the fields of one entry; `all` erases whatever the customer said in it."""

    def __init__(self, known: Forgotten, everything: bool) -> None:
        self._known = known
        self._all = everything

    def entry(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        theirs = any(self._theirs(plain.get(part, {})) for part in ("raised", "source"))
        kept = {name: self._field(name, value) for name, value in plain.items()}
        if self._all or theirs:
            kept["title"] = MARK
            kept.pop("summary", None)
        return kept

    def _field(self, name: str, value: Any) -> Any:
        match name:
            case "raised" | "source" if self._theirs(value) or self._all:
                return {part: said for part, said in value.items() if part not in _THEIR_WORDS}
            case "venues" | "others":
                return tuple(self._walked(post) for post in value if not (self._theirs(post) or self._all))
            case "updates":
                kept = (_emptied(update) if self._theirs(update) else self._walked(update) for update in value)
                return tuple(update for update in kept if update)
        return self._walked(value, name)

    def _walked(self, value: Any, name: str = "") -> Any:
        if isinstance(value, str):
            return value if name in _NOT_PROSE else self._known.without(value)
        if isinstance(value, Mapping):
            return {part: self._walked(said, part) for part, said in value.items()}
        if isinstance(value, (tuple, list)):
            return value if name in _NOT_PROSE else tuple(self._walked(part) for part in value)
        return value

    def _theirs(self, part: Mapping[str, Any]) -> bool:
        return self._known.is_in(part.get("url") or "") or self._known.without(part.get("by") or "") == MARK


def _emptied(update: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return an update that only says where the matter stands, or nothing when it does not say that."""
    return {part: said for part, said in update.items() if part not in _THEIR_WORDS} if update.get("status") else None
