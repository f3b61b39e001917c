"""One worker: a program that reads texts and answers with their HTML, until there are no more or it is killed.

It is given nothing but texts: no secrets, no folder, no network.
"""

import signal
import sys
from typing import BinaryIO

from onrecord import words
from onrecord.worker.messages import READY, Limits, read, write


def serve(jobs: BinaryIO, answers: BinaryIO, limits: Limits) -> None:
    """Answer the texts in their order, until there are no more."""
    answers.write(READY)
    answers.flush()
    while message := read(jobs):
        told = [_set(text, show_hosts, limits) for show_hosts, text in message]
        _limit_processor(0)
        write(answers, told)


def _set(text: str, show_hosts: bool, limits: Limits) -> tuple[bool, str]:
    _limit_processor(limits.processor)  # anew for each text
    rendered = words.render(text, show_hosts=show_hosts)
    return rendered.displayed, rendered.html


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
