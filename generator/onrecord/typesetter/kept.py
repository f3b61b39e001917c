"""What was set, from build to build: one file, by the digest of everything that decides what a text becomes.

Texts lie in the order in which they were set, and what stands on one page was set together. So a text is read with
its neighbours, unless they are large: they are asked for next.
"""

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.words import Rendered

_PATIENCE = 60  # seconds: other hands write here too, each for a moment
_MOST = 1_000_000  # texts: then it begins anew, so that a folder that is kept for years does not grow for ever
_NEAR = """
    SELECT key, html, displayed FROM texts, (SELECT id AS asked FROM texts WHERE key = ?)
    WHERE id BETWEEN asked - 12 AND asked + 12 AND (id = asked OR length(html) < 8192)
"""
_ROW = "INSERT OR REPLACE INTO texts (key, html, displayed, killed) VALUES (?, ?, ?, ?)"


class Kept:
    """Rendered texts by their keys, in a file or, without one, as long as it lives.

    A file that cannot be read is thrown away: everything in it can be set again. A full disk raises `OSError`.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file, or begin it."""
        self._base = _opened(path) if path else _prepared(":memory:")
        self._read: dict[bytes, tuple[str, int]] = {}

    def among(self, keys: Iterable[bytes]) -> set[bytes]:
        """Return those of some keys under which anything is kept."""
        self._base.execute("BEGIN")  # else every question locks the file anew, which takes longer than the answer
        found = {key for key in keys if self._base.execute("SELECT 1 FROM texts WHERE key = ?", (key,)).fetchone()}
        self._base.rollback()
        return found

    def get(self, key: bytes) -> Rendered | None:
        """Return what is kept under a key."""
        if key not in self._read:
            near = self._base.execute(_NEAR, (key,))
            self._read = {found: (html, displayed) for found, html, displayed in near}
        row = self._read.get(key)
        return row and Rendered.again(row[0], bool(row[1]))

    @property
    def last(self) -> set[str]:
        """Return the words that were last noted."""
        row = self._base.execute("SELECT told FROM note").fetchone()
        return {*row[0].split()} if row else set()

    @last.setter
    def last(self, told: Iterable[str]) -> None:
        with _full_disk_told():
            self._base.execute("INSERT OR REPLACE INTO note VALUES (1, ?)", (" ".join(told),))
            self._base.commit()

    def killed(self) -> set[bytes]:
        """Return the keys of the texts that killed their worker."""
        return {key for (key,) in self._base.execute("SELECT key FROM texts WHERE killed")}

    def put(self, texts: Iterable[tuple[bytes, Rendered, bool]]) -> None:
        """Keep texts under their keys, each with whether it killed its worker."""
        self._read = {}
        rows = ((key, rendered.html, rendered.displayed, killed) for key, rendered, killed in texts)
        with _full_disk_told():
            self._base.executemany(_ROW, rows)
            self._base.commit()

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        base = _prepared(str(path))
        (last,) = base.execute("SELECT max(id) FROM texts").fetchone()
        if (last or 0) < _MOST:
            return base
        base.close()
    except sqlite3.DatabaseError:
        pass
    path.unlink()
    with _full_disk_told():
        return _prepared(str(path))


@contextmanager
def _full_disk_told() -> Iterator[None]:
    """Raise what any other file does when there is no room."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
            raise
        raise OSError(errno.ENOSPC, str(error)) from None


def _prepared(where: str) -> sqlite3.Connection:
    base = sqlite3.connect(where, timeout=_PATIENCE)
    try:
        # A killed build loses nothing by it, and a power cut only what can be set again.
        base.execute("PRAGMA synchronous = OFF")
        columns = "id INTEGER PRIMARY KEY, key BLOB UNIQUE, html TEXT, displayed INTEGER, killed INTEGER"
        base.execute(f"CREATE TABLE IF NOT EXISTS texts ({columns})")
        base.execute("SELECT id FROM texts LIMIT 0")  # an older file has no such column, and begins anew
        base.execute("CREATE INDEX IF NOT EXISTS killers ON texts (key) WHERE killed")
        base.execute("CREATE TABLE IF NOT EXISTS note (one INTEGER PRIMARY KEY, told TEXT)")
    except sqlite3.Error:
        base.close()
        raise
    return base
