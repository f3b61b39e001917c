"""Disks that are odd: small and full, read-only, or not ours. They are real ones, so this needs root, as CI has."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.own_site import Ran
from tests.runs.processes import ended, start

# Root may do anything, whatever a folder's permissions say; without this it may not.
_PLAIN = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


@contextmanager
def small(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a disk of its own at a folder."""
    folder.mkdir()
    with _mounted(folder, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)):
        yield folder


@contextmanager
def full(disk: Path, but: int = 0) -> Iterator[None]:
    """Leave no room on a disk, but for so many bytes, until the block is left."""
    ballast = disk / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file:
            while file.write(bytes(4096)) == 4096:
                pass
    except OSError:
        pass
    assert os.statvfs(disk).f_bavail == 0
    os.truncate(ballast, ballast.stat().st_size - but)
    yield
    ballast.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written below a folder, by anyone, until the block is left."""
    with _mounted(folder, "--bind", str(folder), str(folder)):
        _needs_root("mount", "-o", "remount,ro,bind", str(folder))
        yield


def run_plainly(root: Path, *words: str) -> Ran:
    """Run a verb as somebody whom permissions stop."""
    return ended(start(root, *words, before=_PLAIN))


@contextmanager
def _mounted(folder: Path, *how: str) -> Iterator[None]:
    _needs_root("mount", *how)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _needs_root(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"this test mounts a disk, so it has to be run as root: {done.stderr}"
