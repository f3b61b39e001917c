"""The manifest: every file of the site as it was last made, and which of them are still on disk as they were."""

import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from onrecord import plain_json
from onrecord.whole import write_whole

MANIFEST = "manifest.json"
JOURNAL = "journal.json"
"""What a run that died left to be done."""


_AT_A_TIME = 1_000


class Made(NamedTuple):
    """A file as it was last made: the digest of its bytes, the key by which it was planned, and its stamp on disk."""

    digest: str = ""
    key: str = ""
    size: int = -1
    mtime: int = -1


NEW = Made()
"""A file of which nothing is known."""


def ours(out: Path, work: Path) -> tuple[Mapping[str, Made], str]:
    """Return the files that we wrote, as they were made, and who looked at them, if anybody did.

    Nothing is known of one that was touched or is gone.
    """
    listed, looker = _listed(out, work)
    try:
        made = {path: Made(*one) for path, one in listed.items()}
    except TypeError:
        return {}, ""
    links = _links(str(out), made)
    behind = {path for path in made if path.startswith(tuple(f"{link}/" for link in links))} if links else set()
    known = {
        path: one if path not in behind and stamp(f"{out}/{path}") == (one.size, one.mtime) else NEW
        for path, one in made.items()
    }
    return known, looker


def standing(out: Path, work: Path, but_for: Container[str]) -> int | None:
    """Return how many files a site has, if each is on disk as we wrote it, but for some; nothing if not."""
    listed, _ = _listed(out, work)
    if not listed or (work / JOURNAL).exists() or out.is_symlink() or _links(str(out), listed):
        return None
    stands = (path in but_for or made[2:] == [*stamp(f"{out}/{path}")] for path, made in listed.items())
    return len(listed) if all(stands) else None


def _listed(out: Path, work: Path) -> tuple[Mapping[str, Sequence[Any]], str]:
    """Return the manifest as it was written, and who looked; nothing where it is none, or that of another site."""
    try:
        kept: Any = plain_json.read((work / MANIFEST).read_bytes())
        listed, looker = (kept["files"], str(kept.get("looker", ""))) if kept["out"] == way(work, out) else ({}, "")
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}, ""
    is_whole = isinstance(listed, dict) and all(isinstance(one, list) for one in listed.values())
    return (listed, looker) if is_whole else ({}, "")


def _links(out: str, paths: Iterable[str]) -> Iterable[str]:
    """Return the links among the folders that hold some files: what lies behind one is not ours."""
    folders = {path.rpartition("/")[0] for path in paths} - {""}
    while above := {folder.rpartition("/")[0] for folder in folders} - folders - {""}:
        folders |= above
    listed = {folder.rpartition("/")[0] for folder in folders}
    return [f"{above}/{name}".lstrip("/") for above in listed for name in _links_in(f"{out}/{above}")]


def _links_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [each.name for each in found if each.is_symlink()]
    except OSError:
        return []


def write_manifest(out: Path, work: Path, files: Mapping[str, Iterable[Any]], looker: str) -> None:
    """Keep what the site consists of, and who looked; each file's stamp must be the one that it has by now."""
    write_whole(work / MANIFEST, listed({"out": way(work, out), "looker": looker}, files))


def listed(told: Mapping[str, Any], files: Mapping[str, Iterable[Any]]) -> Iterator[bytes]:
    """Yield what is told and a list of files as one JSON object, some files at a time: all at once are too much."""
    yield plain_json.write(told)[:-1] + b',"files":{'
    left, between = iter(files.items()), b""
    while some := dict(islice(left, _AT_A_TIME)):
        yield between + plain_json.write({path: [*one] for path, one in some.items()})[1:-1]
        between = b","
    yield b"}}"


def way(work: Path, out: Path) -> str:
    """Return the way from one folder to the other, so that both may be moved, or fetched by another machine."""
    return os.path.relpath(out.resolve(), work.resolve())


def stamp(path: str) -> tuple[int, int]:
    """Return the size and the time of a file, or those of none."""
    try:
        found = os.lstat(path)
    except OSError:
        return NEW.size, NEW.mtime
    return found.st_size, found.st_mtime_ns


def on_disk(out: Path) -> set[str]:
    """Return every file below a folder; a link counts as a file, wherever it leads."""
    return set(_walk(str(out), "")) if out.is_dir() else set()


def _walk(folder: str, below: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                yield from _walk(each.path, f"{below}{each.name}/")
            else:
                yield below + each.name


def is_file(path: Path) -> bool:
    """Tell whether there is a file; a link counts as one, wherever it leads."""
    return path.is_symlink() or (path.exists() and not path.is_dir())
