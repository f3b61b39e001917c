"""`onrecord` as a process of its own: started, watched, and ended from outside."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from tests.own_site import Ran, Site

_LONGEST = 120  # seconds that anything here may take on a busy machine


def start(
    root: Path, *words: str, program: tuple[str, ...] = ("-m", "onrecord"), before: tuple[str, ...] = ()
) -> "subprocess.Popen[str]":
    """Start a verb on a site."""
    return subprocess.Popen(
        [*before, sys.executable, *program, "--site", str(root), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"},
    )


def ended(process: "subprocess.Popen[str]") -> Ran:
    """Wait for a process, and return how it ended; a killed one has a code below 0."""
    out, err = process.communicate(timeout=_LONGEST)
    return Ran(process.returncode, out, err, out + err)


def run(root: Path, *words: str) -> Ran:
    """Run a verb on a site."""
    return ended(start(root, *words))


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    start = monotonic()
    while not true():
        assert monotonic() - start < _LONGEST, "this never came"
        sleep(0.01)


def no_traceback(ran: Ran) -> str:
    """Return what a run said, which a person can read."""
    assert "Traceback" not in ran.said, ran.said
    return ran.err


def kept(site: Site) -> dict[str, bytes]:
    """Return what must stand: the record and the site, file by file, hidden ones too."""
    folders = (site.root / "content/record", site.out)
    return {str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
