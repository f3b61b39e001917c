"""What is written whole: a reader finds the old bytes or the new ones, whatever becomes of the run that writes.

All is written beside its place, under a hidden name that nobody reads, and then renamed.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

_PART = ".part"
_ROOM = 1 << 16


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file, at once or in pieces, and its folder if need be.

    Raises `OSError` with its name, and then nothing has changed.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}{_PART}")  # another hand may write the same file
    try:
        with _opened(part) as file:
            file.writelines([data] if isinstance(data, bytes) else data)
        part.replace(path)
    except OSError as error:
        error.filename = str(path)  # a full disk does not say whose bytes had no room
        with suppress(OSError):
            part.unlink()
        raise


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except FileNotFoundError:  # nearly always the folder is there
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of another one at the end, if nothing was raised until then.

    A program that a killed run had started may go on writing: it does so in a folder of its own.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = Path(mkdtemp(_PART, f".{path.name}.", path.parent))
    try:
        yield part
        if path.exists():
            shutil.rmtree(path)
        part.replace(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def must_have_room(folder: Path) -> None:
    """Raise `OSError` when a disk is full: a program that we had write there may have said nothing of it."""
    room = folder / "room"
    write_whole(room, bytes(_ROOM))
    room.unlink()


def sweep(folder: Path) -> None:
    """Delete what killed runs left below a folder; whoever writes there must be alone."""
    for place, folders, names in os.walk(folder):
        for name in filter(_is_part, names):
            Path(place, name).unlink(missing_ok=True)
        for name in filter(_is_part, folders):
            shutil.rmtree(Path(place, name), ignore_errors=True)
        folders[:] = [name for name in folders if not _is_part(name)]


def _is_part(name: str) -> bool:
    return name.startswith(".") and name.endswith(_PART)
