"""Which entries were looked through for personal data and held none: they need not be looked through at each build.

What is on record was redacted when it was pulled; a build looks again, because an older On Record may have known
fewer kinds, or a person may have written it. The answer is the same until the entry, the rules or our code move.
"""

import json
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from onrecord import redact
from onrecord.log.keep import redacted
from onrecord.model.entry import Entry, write_entry
from onrecord.redact import Rules
from onrecord.words import VERSION


class Cleared:
    """Takes personal data out of entries; with a folder it remembers of which there is none."""

    def __init__(self, rules: Rules, folder: Path | None = None) -> None:
        """Read what is remembered, if the same rules found it."""
        self._rules = rules
        self._path = folder and folder / "cleared.json"
        self._by = _how(rules)
        self._known = _read(self._path, self._by) if self._path else frozenset()
        self._clear: set[str] = set()

    def redacted(self, entry: Entry) -> Entry:
        """Return an entry without personal data."""
        digest = blake2b(write_entry(entry), digest_size=16).hexdigest()
        safe = entry if digest in self._known else redacted(entry, self._rules)[0]
        if safe is entry:
            self._clear.add(digest)
        return safe

    def remember(self) -> None:
        """Keep which entries were clear this time, for the next."""
        if self._path and self._clear != self._known:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(".part")
            part.write_text(json.dumps({"by": self._by, "clear": sorted(self._clear)}), "utf-8")
            part.replace(self._path)


def _how(rules: Rules) -> str:
    """Return a digest of what decides what is found: the rules, and the code that finds."""
    versions = (VERSION, *(version(library) for library in ("phonenumbers", "python-stdnum")))
    digest = blake2b(repr((rules, versions)).encode(), digest_size=16)
    for path in sorted(Path(redact.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path, by: str) -> frozenset[str]:
    try:
        kept = json.loads(path.read_bytes())
        return frozenset(kept["clear"]) if kept["by"] == by else frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()  # nothing is lost: everything is looked through
