"""What a disk refuses, in words: it is full, read-only, or not ours. Whatever else it says is a bug's traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.errors import OnRecordError, Place, Problem

_FULL = ("the disk is full", "make room on it, then run this again; what was there before still stands")
_NOT_OURS = (
    "the user who runs onrecord may not read or write this",
    "change whose it is, or its permissions, then run this again; what was there before still stands",
)
_WORDS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: (
        "this disk is read-only",
        "make it writable, or work on a copy of the site; what was there before still stands",
    ),
    errno.EACCES: _NOT_OURS,
    errno.EPERM: _NOT_OURS,
    errno.EIO: ("the disk cannot read or write this", "look after the disk, then run this again"),
}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a disk refuses into an `OnRecordError`."""
    try:
        yield
    except OSError as error:
        if error.errno not in _WORDS:
            raise
        what, todo = _WORDS[error.errno]
        raise OnRecordError(Problem(Place(str(error.filename or ".")), what, todo)) from None
