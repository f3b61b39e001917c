"""Moving what was made to its place: a journal says what is to be done, so that a run that died is finished."""

import errno
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from onrecord import plain_json
from onrecord.site_folder.made import JOURNAL, Made, listed, stamp, way, write_manifest
from onrecord.whole import write_whole

STAGE = "stage"


def carry_out(
    out: Path, work: Path, gone: Sequence[str], staged: Sequence[str], files: Mapping[str, Made], looker: str
) -> None:
    """Delete what is gone and move what is staged, so that the site consists of these files, come what may."""
    told = {"out": way(work, out), "delete": gone, "move": staged, "looker": looker}
    write_whole(work / JOURNAL, listed(told, files))
    _do(out, work, gone, staged, files, looker)


def finish(work: Path) -> None:
    """Carry out what the journal says, if a build left one; doing it twice is harmless."""
    journal = work / JOURNAL
    if journal.is_file():
        todo = plain_json.read(journal.read_bytes())
        out = Path(os.path.normpath(work.resolve() / todo["out"]))
        files = {path: Made(*made) for path, made in todo["files"].items()}
        _do(out, work, todo["delete"], todo["move"], files, todo.get("looker", ""))


def _do(
    out: Path, work: Path, gone: Iterable[str], staged: Iterable[str], files: Mapping[str, Made], looker: str
) -> None:
    # Deleting comes first: where a file was, there may be a folder now.
    for path in gone:
        if (out / path).is_file() and not _linked(out, path):
            (out / path).unlink()
        _prune((out / path).parent, out)
    if (work / STAGE).is_dir():
        out.parent.mkdir(parents=True, exist_ok=True)
        _move_all(work / STAGE, out)
    moved = {path: Made(files[path].digest, files[path].key, *stamp(f"{out}/{path}")) for path in staged}
    write_manifest(out, work, {**files, **moved}, looker)
    (work / JOURNAL).unlink()


def _linked(out: Path, path: str) -> bool:
    """Tell whether a path of the site leads through a link, to a place that is not ours."""
    return any((out / folder).is_symlink() for folder in PurePosixPath(path).parents)


def _move_all(stage: Path, out: Path) -> None:
    """Move what a folder of the stage holds to its place: a folder that is new there is moved whole.

    A link that stands where a folder belongs leads elsewhere, so a real folder takes its place.
    """
    if out.is_symlink():
        out.unlink()
    if not out.exists() and _moved_whole(stage, out):
        return
    out.mkdir(parents=True, exist_ok=True)
    with os.scandir(stage) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                _move_all(Path(each.path), out / each.name)
            else:
                _move(Path(each.path), out / each.name)


def _moved_whole(stage: Path, out: Path) -> bool:
    try:
        stage.rename(out)
    except OSError:
        return False  # the site is on a disk of its own, or the folder above is not there yet
    return True


def _move(staged: Path, path: Path) -> None:
    try:
        staged.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            error.filename = str(path)  # what is wrong is there, and not with the stage
            raise
        write_whole(path, staged.read_bytes())  # the site is on a disk of its own
        staged.unlink()


def _prune(folder: Path, stop: Path) -> None:
    while folder != stop and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
