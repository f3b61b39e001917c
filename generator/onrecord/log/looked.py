"""One look at all files below a folder: a digest of each, and signs by which a second look sees that none has moved.

What the signs are worth, and where bytes are looked at again: docs/design/rest.md.
"""

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from io import FileIO
from pathlib import Path

_GIT = ".git"  # the record is a checkout of its own in the workflow, of which git keeps other things each time
_MOST = 2**63 - 1  # ns, of which the year 2262 is made: a file may be of any
_SIZE = 16  # bytes of a digest
_COARSE = 2_000_000_000  # ns: the longest in which two writes may have the same time, on the coarsest of disks


@dataclass(frozen=True, slots=True)
class Looked:
    """What lay below a folder: how its files are called, a digest of each, and when a look that began found it so.

    It is small, because a build keeps it to its end: `names` is one digest of all names, `digests` has those of the
    files in a row, and `stamps` three numbers of each: its size, and when its bytes and its facts were changed (ns).
    """

    names: bytes
    digests: bytes
    stamps: "array[int]"
    began: int


def look(folder: str, began: datetime) -> Looked | None:
    """Return what lies below a folder; nothing where a second look could not tell whether it is still so.

    That is where there is a link, and a file that cannot be read, or is being written.
    """
    paths, digests, stamps = list[str](), bytearray(), array("q")
    for each in _files(folder):
        found = _read(each.path) if each.is_file(follow_symlinks=False) else None
        if found is None:
            return None
        status, digest = found
        paths.append(each.path)
        digests += digest
        stamps.extend(_stamp(status))
    return Looked(_names(folder, paths), bytes(digests), stamps, int(began.timestamp()) * 1_000_000_000)


def digests_below(folder: str, looked: Looked) -> Mapping[str, bytes]:
    """Return the digest of each file by its path below the folder: none when files came or went since the look."""
    paths = [each.path for each in _files(folder)]
    if _names(folder, paths) != looked.names:
        return {}
    return {path[len(folder) + 1 :]: _digest_at(looked, place) for place, path in enumerate(paths)}


def stands(folder: str, looked: Looked) -> bool:
    """Tell whether all that lies below a folder is as it was looked at.

    What was written just before may have been written again with nothing to show for it, so its bytes are asked.
    """
    paths, stamps = list[str](), array("q")
    with suppress(OSError):
        for each in _files(folder):
            paths.append(each.path)
            stamps.extend(_stamp(each.stat(follow_symlinks=False)))
    if stamps != looked.stamps or _names(folder, paths) != looked.names:
        return False
    since = looked.began - _COARSE
    times = zip(stamps[1::3], stamps[2::3], strict=True)
    just = [place for place, changed_or_moved in enumerate(times) if max(changed_or_moved) >= since]
    return all((again := _read(paths[place])) and again[1] == _digest_at(looked, place) for place in just)


def digest_of(data: bytes) -> bytes:
    """Return the digest of what a file holds."""
    return blake2b(data, digest_size=_SIZE).digest()


def _digest_at(looked: Looked, place: int) -> bytes:
    return looked.digests[place * _SIZE : (place + 1) * _SIZE]


def _names(folder: str, paths: Iterable[str]) -> bytes:
    told = "\0".join(path[len(folder) :] for path in paths)
    return digest_of(told.encode(errors="surrogateescape"))


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns & _MOST, status.st_ctime_ns & _MOST


def _read(path: str) -> tuple[os.stat_result, bytes] | None:
    """Return what the disk says of a file, and a digest of it; nothing where they are not of the same moment."""
    with suppress(OSError):  # whoever reads the log says what is wrong with it
        with FileIO(path) as opened:
            status, data = os.fstat(opened.fileno()), opened.readall()
        if len(data) == status.st_size:
            return status, digest_of(data)
    return None


def _files(folder: str) -> Iterator["os.DirEntry[str]"]:
    """Yield all that lies below a folder and is no folder, in a stable order."""
    left = [folder] if Path(folder).is_dir() else []
    while left:
        with os.scandir(left.pop()) as found:
            there = sorted((each for each in found if each.name != _GIT), key=lambda each: each.name)
        for each in there:
            if each.is_dir(follow_symlinks=False):
                left.append(each.path)
            else:
                yield each
