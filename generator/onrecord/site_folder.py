"""The built site on disk: only what changed is written, and a build that dies half-way leaves a whole site.

Changed files are rendered into a stage first, so that any failure until then leaves the old site alone. Then a
journal says what is to be moved and deleted; a build that finds a journal finishes it before anything else. The
manifest lists what we wrote: nothing else is ever deleted or written over. It also has the keys by which files were
planned: one whose key is the same is not even made.
"""

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.file import AnyFile, File, Planned
from onrecord.record.addresses import BUILD
from onrecord.whole import write_whole

_STAGE = "stage"
_JOURNAL = "journal.json"
_MANIFEST = "manifest.json"


Look = Callable[[Path], Iterable[Problem]]
"""Looks at a folder of new files before they become the site, and says what must keep them from it."""


def _unseen(_: Path) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True, slots=True)
class Published:
    """How many files of the site were written and deleted, how many it has, and which were written."""

    written: int
    deleted: int
    total: int
    changed: tuple[str, ...] = field(default=(), compare=False)


class _Made(NamedTuple):
    """A file as it was last made: the digest of its bytes, and the key by which it was planned."""

    digest: str = ""
    key: str = ""


@dataclass
class _Taken:
    """The files of the site as they come: what is not on disk as it should be goes to the stage, if there is one."""

    out: Path
    ours: Mapping[str, _Made]
    strangers: set[str]
    afresh: bool
    stage: Path | None
    manifest: dict[str, _Made] = field(default_factory=dict)
    staged: list[str] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)

    def take(self, file: AnyFile) -> None:
        path = _safe(file.path, self.manifest)
        if path in self.strangers:
            what = "this file is in the way of a page, and no build from here wrote it"
            raise OnRecordError(Problem(Place(str(self.out / path)), what, "move it elsewhere"))
        before = self.ours.get(path, _Made())
        key = file.key if isinstance(file, Planned) else ""
        if key and key == before.key and not self.afresh:
            self.manifest[path] = before
            return
        content = file.content
        made = self.manifest[path] = _Made(sha256(content).hexdigest(), key)
        if self.afresh or before.digest != made.digest:
            self.staged.append(path)
            if self.stage:
                self._put(self.stage, path, content)

    def _put(self, stage: Path, path: str, content: bytes) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self.folders:
            (stage / folder).mkdir(parents=True, exist_ok=True)
            self.folders.add(folder)
        (stage / path).write_bytes(content)


def publish(
    files: Iterable[AnyFile],
    out: Path,
    work: Path,
    look: Look = _unseen,
    *,
    afresh: bool = False,
    dry_run: bool = False,
) -> Published:
    """Make the site in `out` consist of exactly these files; `work` keeps the stage, journal and manifest.

    `afresh` writes every file again, `dry_run` only says what would be written. Raises `OnRecordError` when files
    that no build from here wrote are in the way or `look` finds anything in those that are new, and `ValueError` when
    a path leads out of the site or is given twice: that is a bug of an output.
    """
    if not dry_run:
        finish(work)
        shutil.rmtree(work / _STAGE, ignore_errors=True)
    on_disk = _on_disk(out)
    ours = _ours(out, work, on_disk)
    forgotten = not ours and BUILD in on_disk  # a site of ours, and the work folder is gone
    strangers = set() if forgotten else on_disk - ours.keys()
    if strangers and not ours:
        todo = "choose another folder with --out, or empty this one"
        raise OnRecordError(Problem(Place(str(out)), "this folder holds files that On Record did not write", todo))
    taken = _Taken(out, ours, strangers, afresh, None if dry_run else work / _STAGE)
    for file in files:
        taken.take(file)
    manifest, staged = taken.manifest, taken.staged
    if forgotten and (unknown := sorted(on_disk - manifest.keys())):
        what = "nobody remembers whether a build wrote this file"
        raise OnRecordError(
            Problem(Place(str(out / unknown[0])), what, "delete the folder of the site, then build again")
        )
    gone = sorted(ours.keys() - manifest.keys())
    if (staged or gone or manifest != ours) and not dry_run:
        todo_list = {"out": str(out.resolve()), "delete": gone, "move": staged, "files": manifest}
        if wrong := list(look(work / _STAGE)):
            shutil.rmtree(work / _STAGE)
            raise OnRecordError(wrong)
        write_whole(work / _JOURNAL, json.dumps(todo_list).encode())
        finish(work)
    return Published(len(staged), len(gone), len(manifest), tuple(sorted(staged)))


def finish(work: Path) -> None:
    """Carry out what the journal says, if a build left one; doing it twice is harmless.

    Deleting comes first: where a file was, there may be a folder now.
    """
    journal = work / _JOURNAL
    if not journal.is_file():
        return
    todo = json.loads(journal.read_bytes())
    out = Path(todo["out"])
    for path in todo["delete"]:
        if (out / path).is_file() and not _linked(out, path):
            (out / path).unlink()
        _prune((out / path).parent, out)
    folders: set[str] = set()
    for path in todo["move"]:
        staged = work / _STAGE / path
        if staged.is_file():
            _real_folder(out, path.rpartition("/")[0], folders)
            _move(staged, out / path)
    files = {path: [*made, *_stamp(f"{out}/{path}")] for path, made in todo["files"].items()}
    write_whole(work / _MANIFEST, json.dumps({"out": todo["out"], "files": files}).encode())
    journal.unlink()


def files_below(folder: Path) -> Iterator[File]:
    """Yield every file of a folder as a file of the site, in a stable order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield File(path.relative_to(folder).as_posix(), path.read_bytes())


def _ours(out: Path, work: Path, on_disk: set[str]) -> Mapping[str, _Made]:
    """Return the files that we wrote, as they were made; nothing is known of one that was touched or is gone."""
    try:
        kept: Any = json.loads((work / _MANIFEST).read_bytes())
        listed = kept["files"].items() if kept["out"] == str(out.resolve()) else ()
        return {
            path: _Made(digest, key) if path in on_disk and _stamp(f"{out}/{path}") == stamp else _Made()
            for path, (digest, key, *stamp) in listed
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _stamp(path: str) -> list[int]:
    try:
        found = os.lstat(path)
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]


def _on_disk(out: Path) -> set[str]:
    """Return every file below a folder; a link counts as a file, wherever it leads."""
    return set(_walk(str(out), "")) if out.is_dir() else set()


def _walk(folder: str, below: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                yield from _walk(each.path, f"{below}{each.name}/")
            else:
                yield below + each.name


def _safe(path: str, taken: Mapping[str, _Made]) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
        raise ValueError(f"an output wrote outside the site: {path!r}")
    plain = "/".join(parts)
    if plain in taken:
        raise ValueError(f"two outputs wrote {path!r}")
    return plain


def _linked(out: Path, path: str) -> bool:
    """Tell whether a path of the site leads through a link, to a place that is not ours."""
    return any((out / folder).is_symlink() for folder in PurePosixPath(path).parents)


def _real_folder(out: Path, path: str, made: set[str]) -> None:
    """Make a folder of the site, and put a real one where a link would lead elsewhere; `made` are there already."""
    if path in made:
        return
    folder = out
    for part in path.split("/"):
        folder /= part
        if folder.is_symlink():
            folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    made.add(path)


def _move(staged: Path, path: Path) -> None:
    try:
        staged.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_whole(path, staged.read_bytes())  # the site is on a disk of its own
        staged.unlink()


def _prune(folder: Path, stop: Path) -> None:
    while folder != stop and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
