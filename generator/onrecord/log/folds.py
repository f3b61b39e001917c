"""Where folded updates lie: in a file that is gone when nobody can ask for them any more."""

import io
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from weakref import finalize

from onrecord.log import pickles
from onrecord.log.slim import for_now, values_of
from onrecord.model.folded import Folded, latest_of, newest_of, whole
from onrecord.model.parts import Update

CAN_FOLD = hasattr(os, "pread")
"""Elsewhere, two processes cannot read one file each at its own place."""

_AT_HAND = 64
"""Entries whose updates were asked for lately: a page asks for those of its entry many times."""


class Folds:
    """Updates that lie in a file; a forked copy of this process may read them, but not add any."""

    def __init__(self, folder: Path | None = None) -> None:
        """Begin a file without a name, on the disk of a folder if that is there; `OSError` where there is no room."""
        self._file: IO[bytes] = TemporaryFile(  # noqa: SIM115 - who asks last closes it
            buffering=0, dir=folder if folder and folder.is_dir() else None
        )
        finalize(self, self._file.close)
        self._end = 0
        # Not a method of this object: it would hold itself, and the file would stay open.
        self.unfold = lru_cache(_AT_HAND)(partial(_read, self._file))

    def add(self, updates: Sequence[Update]) -> Folded:
        """Return updates folded: they are put at the end of the file."""
        packed = pickles.dump([*map(values_of, whole(updates))])
        return Folded(self, self.put(packed), len(packed), newest_of(updates), latest_of(updates))

    def lying(self, laid: bytes) -> Callable[[int, int, datetime, datetime], Folded]:
        """Put what was laid there together; return what makes updates of where each is in it, and what is known."""
        first = self.put(laid)
        return lambda begin, size, newest, latest: Folded(self, first + begin, size, newest, latest)

    def put(self, packed: bytes) -> int:
        """Put what was packed at the end of the file, and return where it begins; raises `OSError` without room."""
        begin, left = self._end, memoryview(packed)
        while left:
            left = left[os.pwrite(self._file.fileno(), left, begin + len(packed) - len(left)) :]
        self._end += len(packed)
        return begin

    def packed(self, place: int, size: int) -> bytes:
        """Return the bytes at a place."""
        return _bytes(self._file, place, size)


def _read(file: IO[bytes], place: int, size: int) -> tuple[Update, ...]:
    return tuple([for_now(Update, values) for values in pickles.load(io.BytesIO(_bytes(file, place, size)))])


def _bytes(file: IO[bytes], place: int, size: int) -> bytes:
    return os.pread(file.fileno(), size, place)
