"""The built site on disk: only what changed is written, and a build that dies half-way leaves a whole site.

Changed files are made into a stage first, so that any failure until then leaves the old site alone. Then a
journal says what is to be moved and deleted; a build that finds a journal finishes it before anything else. The
manifest lists what we wrote: nothing else is ever deleted or written over. It also has the keys by which files were
planned: one whose key is the same is not even made.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.file import AnyFile, File, Planned
from onrecord.hands import share, unwatched
from onrecord.record.addresses import BUILD
from onrecord.site_folder.made import NEW, Made, is_file, on_disk, ours, standing, way
from onrecord.site_folder.moving import STAGE, carry_out, finish
from onrecord.whole import write_whole

__all__ = ["Look", "Published", "Watch", "files_below", "finish", "publish", "standing", "way", "write_over"]

Look = Callable[[File, bytes], Iterable[Problem]]
"""Looks at a new file before it becomes part of the site, and says what must keep it from that.

It is shown what stood there before, if it let that pass: nothing else.
"""


def _unseen(file: File, stood: bytes) -> Iterable[Problem]:
    return ()


Watch = Callable[[Sequence[Planned], int], Iterable[Planned]]
"""Yields the files that are made by one hand, of so many, and shows how far it has come."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many files of the site were written and deleted, how many it has, and which were written."""

    written: int
    deleted: int
    total: int
    changed: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class _Done:
    """Files that were made: each as it was made, which of them are staged, and what keeps them from the site."""

    made: Mapping[str, Made]
    staged: Sequence[str]
    wrong: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes files: what is not on disk as it should be goes to the stage, if there is one.

    `looked` says that whoever looks now has let pass all that is there.
    """

    ours: Mapping[str, Made]
    out: Path
    stage: Path | None
    look: Look
    looked: bool
    afresh: bool

    def stands(self, file: Planned) -> bool:
        """Tell whether a file is there as its key wants it."""
        return not self.afresh and file.key == self.ours.get(file.path, NEW).key != NEW.key

    def make(self, files: Iterable[AnyFile]) -> _Done:
        """Make files."""
        made, staged, wrong, folders = dict[str, Made](), list[str](), list[Problem](), set[str]()
        for file in files:
            content, before = file.content, self.ours.get(file.path, NEW)
            key = file.key if isinstance(file, Planned) else ""
            this = made[file.path] = before._replace(digest=sha256(content).hexdigest(), key=key)
            is_new = self.afresh or this.digest != before.digest
            if self.stage and (is_new or not self.looked):
                wrong += self.look(File(file.path, content), self._stood(file.path, before))
            if is_new:
                staged.append(file.path)
                if self.stage:
                    _put(self.stage, file.path, content, folders)
        return _Done(made, staged, wrong)

    def _stood(self, path: str, before: Made) -> bytes:
        """Return what stands at a path, if whoever looks let it pass, and nobody touched it since."""
        passed = self.looked and before.digest and not self.afresh
        return (self.out / path).read_bytes() if passed else b""


def publish(
    files: Iterable[AnyFile],
    out: Path,
    work: Path,
    look: Look = _unseen,
    watch: Watch = unwatched,
    *,
    looker: str = "",
    afresh: bool = False,
    dry_run: bool = False,
) -> Published:
    """Make the site in `out` consist of exactly these files; `work` keeps the stage, journal and manifest.

    What is planned is made last, on every processor; one hand's part goes through `watch`. `looker` names who looks:
    to another one than last time, all is shown that is made. `afresh` writes every file again, `dry_run` only says
    what would be written. Raises `OnRecordError` when files that no build from here wrote are in the way or `look`
    finds anything, and `ValueError` when a path leads out of the site or is given twice: that is a bug of an output.
    """
    if not dry_run:
        finish(work)
        shutil.rmtree(work / STAGE, ignore_errors=True)
    before, looked = ours(out, work)
    unknown = set() if before else on_disk(out)
    if unknown and BUILD not in unknown:  # with it, it is a site of ours, and the work folder is gone
        todo = "choose another folder with --out, or empty this one"
        raise OnRecordError(Problem(Place(str(out)), "this folder holds files that On Record did not write", todo))
    maker = _Maker(before, out, None if dry_run else work / STAGE, look, looked == looker, afresh)
    manifest, planned = dict[str, Made](), list[Planned]()
    at_once = maker.make(_taken(files, maker, out, manifest, planned))
    done = [at_once, *share(maker.make, planned, watch=watch)]
    planned.clear()  # what they were made of goes, before the site is written down
    manifest.update((path, made) for each in done for path, made in each.made.items())
    if unknown := unknown - manifest.keys():
        raise OnRecordError(_nobodys(out / min(unknown)))
    if wrong := [problem for each in done for problem in each.wrong]:
        shutil.rmtree(work / STAGE, ignore_errors=True)
        raise OnRecordError(wrong)
    staged = sorted(path for each in done for path in each.staged)
    gone = sorted(before.keys() - manifest.keys())
    if (staged or gone or (manifest, looker) != (before, looked)) and not dry_run:
        carry_out(out, work, gone, staged, manifest, looker)
    return Published(len(staged), len(gone), len(manifest), tuple(staged))


def _nobodys(path: Path) -> Problem:
    what = "nobody remembers whether a build wrote this file"
    return Problem(Place(str(path)), what, "delete the folder of the site, then build again")


def write_over(files: Iterable[File], out: Path, look: Look) -> tuple[str, ...]:
    """Write files over those of a site that stands, each whole, and return the paths of those that differ.

    Raises `OnRecordError` when `look` finds anything in them. The manifest does not learn of it, so the next build
    that makes files makes these again.
    """
    new = [file for file in files if not _holds(out / file.path, file.content)]
    if wrong := [problem for file in new for problem in look(file, b"")]:
        raise OnRecordError(wrong)
    for file in new:
        write_whole(out / file.path, file.content)
    return tuple(sorted(file.path for file in new))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def files_below(folder: Path) -> Iterator[File]:
    """Yield every file of a folder as a file of the site, in a stable order."""
    for path in sorted(on_disk(folder), key=lambda path: path.split("/")):
        if (file := folder / path).is_file():
            yield File(path, file.read_bytes())


def _taken(
    files: Iterable[AnyFile], maker: _Maker, out: Path, stands: dict[str, Made], planned: list[Planned]
) -> Iterator[File]:
    """Yield what is made at once, and put every other file where it belongs: to those that stand, or are planned."""
    given = set[str]()
    for file in files:
        path = file.path
        if not _is_safe(path):
            raise ValueError(f"an output wrote to a path that is none of the site: {path!r}")
        if path in given:
            raise ValueError(f"two outputs wrote {path!r}")
        given.add(path)
        if maker.ours and path not in maker.ours and is_file(out / path):
            what = "this file is in the way of a page, and no build from here wrote it"
            raise OnRecordError(Problem(Place(str(out / path)), what, "move it elsewhere"))
        if isinstance(file, File):
            yield file
        elif maker.stands(file):
            stands[path] = maker.ours[path]
        else:
            planned.append(file)


def _is_safe(path: str) -> bool:
    return not ({"", ".", ".."}.intersection(path.split("/")) or "\\" in path or "\0" in path)


def _put(stage: Path, path: str, content: bytes, folders: set[str]) -> None:
    """Write a file of the stage, and its folder unless it is there already."""
    folder = path.rpartition("/")[0]
    if folder not in folders:
        (stage / folder).mkdir(parents=True, exist_ok=True)
        folders.add(folder)
    (stage / path).write_bytes(content)
