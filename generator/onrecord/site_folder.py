"""The built site on disk: only what changed is written, and a build that dies half-way leaves a whole site.

Changed files are rendered into a stage first, so that any failure until then leaves the old site alone. Then a
journal says what is to be moved and deleted; a build that finds a journal finishes it before anything else.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.file import File
from onrecord.record.addresses import BUILD

_STAGE = "stage"
_JOURNAL = "journal.json"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Published:
    """How many files of the site were written and deleted, how many it has, and which were written."""

    written: int
    deleted: int
    total: int
    changed: tuple[str, ...] = field(default=(), compare=False)


def publish(files: Iterable[File], out: Path, work: Path) -> Published:
    """Make the site in `out` consist of exactly these files; `work` keeps the stage, journal and manifest.

    Raises `OnRecordError` when `out` holds files that no build wrote, and `ValueError` when a path leads out of
    the site or is given twice: that is a bug of an output.
    """
    finish(work)
    _must_be_ours(out)
    known = _manifest(out, work)
    manifest: dict[str, str] = {}
    staged: list[str] = []
    shutil.rmtree(work / _STAGE, ignore_errors=True)
    for file in files:
        path = _safe(file.path, manifest)
        manifest[path] = sha256(file.content).hexdigest()
        if known.get(path) != manifest[path]:
            _write(work / _STAGE / path, file.content)
            staged.append(path)
    gone = sorted(set(known) - set(manifest))
    if staged or gone:
        todo = {"out": str(out.resolve()), "delete": gone, "move": staged}
        _write(work / f"{_JOURNAL}.part", json.dumps(todo).encode())
        (work / f"{_JOURNAL}.part").replace(work / _JOURNAL)
        finish(work)
    _write(work / _MANIFEST, json.dumps({"out": str(out.resolve()), "files": manifest}).encode())
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
        if (out / path).is_file():
            (out / path).unlink()
        _prune((out / path).parent, out)
    for path in todo["move"]:
        staged, place = work / _STAGE / path, out / path
        if staged.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(place)
    (work / _MANIFEST).unlink(missing_ok=True)
    journal.unlink()


def files_below(folder: Path) -> Iterator[File]:
    """Yield every file of a folder as a file of the site, in a stable order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield File(path.relative_to(folder).as_posix(), path.read_bytes())


def _manifest(out: Path, work: Path) -> Mapping[str, str]:
    """Return the digest of every file that is on disk, from the last build's manifest where that still holds."""
    on_disk = (
        {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()} if out.exists() else {}
    )
    try:
        kept = json.loads((work / _MANIFEST).read_bytes())
    except (OSError, ValueError):
        kept = {}
    if kept.get("out") != str(out.resolve()):
        kept = {}
    digests: Mapping[str, str] = kept.get("files", {})
    return {path: digests.get(path, "") for path in on_disk}


def _must_be_ours(out: Path) -> None:
    if out.exists() and any(out.iterdir()) and not (out / BUILD).is_file():
        todo = "choose another folder with --out, or empty this one"
        raise OnRecordError(Problem(Place(str(out)), "this folder holds files that On Record did not write", todo))


def _safe(path: str, taken: Mapping[str, str]) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
        raise ValueError(f"an output wrote outside the site: {path!r}")
    plain = "/".join(parts)
    if plain in taken:
        raise ValueError(f"two outputs wrote {path!r}")
    return plain


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _prune(folder: Path, stop: Path) -> None:
    while folder != stop and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
