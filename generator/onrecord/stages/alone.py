"""One at a time: whoever writes to a site holds a lock, and the next one is told who that is and since when.

Which verb takes which lock, and why there are two: docs/design/runs.md.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.whole import sweep, write_whole

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Lock:
    """The file that is locked, and the folders to which its holder writes, below the site."""

    path: str
    folders: tuple[str, ...]


RUNS = Lock("build/lock", ("content/record", "build"))
"""For whoever writes what the machine makes."""

WORDS = Lock("build/lock-words", ("content/entries",))
"""For whoever writes what people say."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: which verb, as which process, since when."""

    verb: str
    process: int
    since: str


@contextmanager
def alone(root: Path, lock: Lock, verb: str, now: datetime, wait: Say | None = None) -> Iterator[None]:
    """Hold a lock of a site, and begin with what a killed run left swept away.

    Raises `OnRecordError` when another process holds it; with `wait`, which is told so, waits for it instead.
    """
    path = root / lock.path
    path.parent.mkdir(exist_ok=True)
    # The system lets go of it when the process ends, however it ends: the file may stay.
    held = FileLock(path)
    try:
        held.acquire(timeout=0)
    except Timeout:
        problem = _taken(root, lock)
        if wait is None:
            raise OnRecordError(problem) from None
        wait(f"{problem.what}: waiting for it")
        held.acquire()
    try:
        write_whole(_note(root, lock), json.dumps(asdict(Holder(verb, os.getpid(), _said(now)))).encode())
        for folder in lock.folders:
            sweep(root / folder)
        yield
    finally:
        _note(root, lock).unlink(missing_ok=True)
        held.release()


def _note(root: Path, lock: Lock) -> Path:
    return root / f"{lock.path}.json"


def _taken(root: Path, lock: Lock) -> Problem:
    what, todo = "another onrecord is at work on this site", "wait until it is done, then try again"
    try:
        holder = Holder(**json.loads(_note(root, lock).read_bytes()))
    except (OSError, ValueError, TypeError):
        pass  # it has only just begun
    else:
        what += f': "{holder.verb}", process {holder.process}, since {holder.since}'
        todo += f"; if it hangs, end process {holder.process}"
    return Problem(Place(lock.path), what, todo)


def _said(now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M:%S} UTC"
