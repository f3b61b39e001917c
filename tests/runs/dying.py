"""A program: runs `onrecord` until it has touched the site's disk so many times, then dies in one of three ways.

`at once`: SIGKILL, before the disk is touched. `amid a write`: the kernel ends it after so many bytes of a file.
`later`: SIGKILL after so many milliseconds. Whatever way, no line of the program runs any more. Between two touches
the disk does not change, so there is no other moment to die at. At 0 it lives, and says how often it touched.
"""

import os
import resource
import signal
import sys
import threading
from typing import Any

from onrecord.cli import main

_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "subprocess.Popen"}
_WRITES = os.O_WRONLY | os.O_RDWR


class _Dying:
    def __init__(self, moment: int, how: str, amount: int, root: str) -> None:
        self._moment = moment
        self._how = how
        self._amount = amount
        self._root = root
        self.touched = 0

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        opens = event == "open" and isinstance(args[0], str) and args[0].startswith(self._root) and args[2] & _WRITES
        if not opens and event not in _CHANGES:
            return
        self.touched += 1
        if self.touched == self._moment:
            self._die(self._how if opens or self._how == "later" else "at once")

    def _die(self, how: str) -> None:
        if how == "at once":
            _kill()
        elif how == "later":
            threading.Timer(self._amount / 1000, _kill).start()
        else:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._amount, resource.RLIM_INFINITY))
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    moment, how, amount, *words = sys.argv[1:]
    dying = _Dying(int(moment), how, int(amount), words[1])  # after --site
    sys.argv = ["onrecord", *words]
    sys.addaudithook(dying.hook)
    try:
        main()
    finally:
        if not dying._moment:
            print(dying.touched, file=sys.stderr)
