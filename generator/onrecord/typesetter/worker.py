"""One worker: a program that reads texts and answers each with its HTML, until there are no more or it is killed.

It is given nothing but texts: no secrets, no folder, no network.
"""

import signal
import sys
from typing import BinaryIO

from onrecord import words
from onrecord.typesetter.messages import READY, Limits, read, write


def serve(jobs: BinaryIO, answers: BinaryIO, limits: Limits) -> None:
    """Answer each text in its order, until there are no more."""
    answers.write(READY)
    answers.flush()
    while message := read(jobs):
        _limit_processor(limits.processor)
        rendered = words.render(message[1], show_hosts=message[0])
        _limit_processor(0)
        write(answers, rendered.displayed, rendered.html)


def _limit_processor(seconds: float) -> None:
    if hasattr(signal, "setitimer"):  # its signal ends a program that is stuck in C, too
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:
        return  # not on this system: there the clock alone ends what never ends
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    given = Limits(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    _limit_memory(given.memory)
    serve(sys.stdin.buffer, sys.stdout.buffer, given)
