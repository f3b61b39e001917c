"""Where folded updates lie: in a file that stays open as long as anybody may ask for them."""

import io
import os
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from tempfile import TemporaryFile, gettempdir
from typing import IO
from weakref import finalize

from onrecord.log import pickles
from onrecord.model.folded import Folded, latest_of, newest_of, whole
from onrecord.model.parts import Update

CAN_FOLD = hasattr(os, "pread")
"""Elsewhere, two processes cannot read one file each at its own place."""

_AT_HAND = 64
"""Entries whose updates were asked for lately: a page asks for those of its entry many times."""


class Folds:
    """Updates that lie in a file: in one that has other things too, or in one that is gone with this process.

    A forked copy of this process may read them, but not add any.
    """

    def __init__(self, file: IO[bytes] | None = None) -> None:
        """Find what lies in a file, which is closed when nobody can ask any more, or begin one."""
        self._file = file or TemporaryFile(buffering=0)  # noqa: SIM115 - who asks last closes it
        finalize(self, self._file.close)
        self._end = 0
        self.unfold = lru_cache(_AT_HAND)(self._read)

    def add(self, updates: Sequence[Update]) -> Folded:
        """Return updates folded: they are put at the end of the file."""
        packed = pickles.dump(whole(updates))
        place, self._end = self._end, self._end + len(packed)
        try:
            self._file.write(packed)
        except OSError as error:
            error.filename = gettempdir()  # a full disk does not say which one it is
            raise
        return self.at(place, len(packed), newest_of(updates), latest_of(updates))

    def at(self, place: int, size: int, newest: datetime, latest: datetime) -> Folded:
        """Return the updates that lie at a place."""
        return Folded(self, place, size, newest, latest)

    def packed(self, place: int, size: int) -> bytes:
        """Return the bytes at a place."""
        return os.pread(self._file.fileno(), size, place)

    def _read(self, place: int, size: int) -> tuple[Update, ...]:
        found: tuple[Update, ...] = pickles.load(io.BytesIO(self.packed(place, size)))
        return found
