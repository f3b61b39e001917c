"""A person at a real terminal, in front of the real program: reads what is asked, types, or presses Ctrl+C."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from select import select
from types import TracebackType
from typing import Self

from tests.own_site import Site

# The terminal must be the program's own, or Ctrl+C would reach nobody.
_START = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, sys.argv[1:])"
)


class Person:
    def __init__(self, site: Site, *words: str) -> None:
        program = [sys.executable, "-m", "onrecord", "--site", str(site.root), *words]
        self._screen, theirs = pty.openpty()
        self._running = subprocess.Popen(
            [sys.executable, "-c", _START, *program],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"} | {"TERM": "dumb"},
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        os.close(self._screen)
        self._running.kill()
        self._running.wait()

    def asked(self) -> str:
        """Return what appears until the program waits for an answer."""
        shown = ""
        while not shown.endswith("> "):
            shown += self._more()
        return shown

    def types(self, answer: str) -> None:
        os.write(self._screen, f"{answer}\n".encode())

    def presses_ctrl_c(self) -> None:
        """Press it until the program is gone, as people do: Python misses one that comes as it begins to wait."""
        while self._running.poll() is None:
            os.write(self._screen, b"\x03")
            with suppress(subprocess.TimeoutExpired):
                self._running.wait(timeout=2)

    def leaves(self) -> tuple[int, str]:
        """Return how the program ended, and what appeared until then."""
        shown = ""
        while more := self._more(at_end=""):
            shown += more
        return self._running.wait(), shown

    def _more(self, at_end: str | None = None) -> str:
        assert select([self._screen], [], [], 30)[0], "nothing more appears"
        try:
            more = os.read(self._screen, 65_536).decode().replace("\r\n", "\n")
        except OSError:  # the program has ended and closed its side
            more = ""
        if not more and at_end is None:
            raise AssertionError("the program ended without asking")
        return more
