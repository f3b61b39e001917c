"""A test that needs a process with one thread: whoever was here before may leave some that are about to end."""

import threading
from time import monotonic, sleep

_LONGEST = 60  # seconds


def alone() -> None:
    """Wait until no other thread runs here: a process that has several is not forked."""
    start = monotonic()
    while threading.active_count() > 1:
        assert monotonic() - start < _LONGEST, f"these never end: {threading.enumerate()}"
        sleep(0.01)
