"""The other end of a worker: starts it, hands it texts, and ends it when one is too much for it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from threading import Event, Thread
from time import monotonic
from typing import BinaryIO, cast

from onrecord.words import Rendered
from onrecord.worker.messages import READY, Job, Limits, read_answers, write_jobs

_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG", "LC_ALL")
"""Of the environment a worker gets what Python needs to start: the text that it reads may be an attack."""

_HANDFUL = 50
"""Texts that a worker is handed at a time: each handful costs two switches between programs."""

_WORN_OUT = 8_000_000
"""Characters after which another worker goes on: the parser gives back none of its memory, and the record is long."""


class Worker:
    """A program that sets texts; it is started for the first one, and again when it was killed or is worn out."""

    def __init__(self, limits: Limits) -> None:
        """Start nothing yet."""
        self._limits = limits
        self._program: subprocess.Popen[bytes] | None = None
        self._ended = Event()
        self._worn = 0  # characters that it was handed since it was started
        self._due: float | None = None  # when the text that it works on has taken too long

    def set(self, jobs: Sequence[Job]) -> list[Rendered | None]:
        """Return what each text was set as, and nothing for one on which the worker died twice.

        Once may be the system, which was short of memory, and no fault of the text's.
        """
        handfuls = [jobs[begin : begin + _HANDFUL] for begin in range(0, len(jobs), _HANDFUL)]
        return [answer for some in handfuls for answer in self._set(some)]

    def end(self) -> None:
        """End the program, if it runs."""
        if self._program:
            self._program.kill()
            self._program.communicate()
            self._program = None
            self._ended.set()
            self._watcher.join()

    def _set(self, jobs: Sequence[Job]) -> Sequence[Rendered | None]:
        if answers := self._asked(jobs):
            return answers
        if len(jobs) > 1:  # which of them it was shows when each is alone
            return [answer for job in jobs for answer in self._set([job])]
        return self._asked(jobs) or [None]

    def _asked(self, jobs: Sequence[Job]) -> list[Rendered] | None:
        program = self._program = self._program or self._start()
        self._due = monotonic() + self._limits.clock
        try:
            write_jobs(cast("BinaryIO", program.stdin), jobs)
            answers = read_answers(cast("BinaryIO", program.stdout), len(jobs))
        except BrokenPipeError:
            answers = None
        self._due = None
        self._worn += sum(len(job.text) for job in jobs)
        if answers is None or self._worn > _WORN_OUT:
            self.end()
        return answers

    def _start(self) -> subprocess.Popen[bytes]:
        limits = (str(self._limits.processor), str(self._limits.clock), str(self._limits.memory))
        program = subprocess.Popen(
            # Not from the folder in which it is started: that may be anyone's.
            [sys.executable, "-P", "-m", "onrecord.worker", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )
        if cast("BinaryIO", program.stdout).read(len(READY)) != READY:
            program.communicate()
            # No text is to blame for this, and it has told why.
            raise RuntimeError(f"the worker that sets words does not start: it ended with {program.returncode}")
        self._worn = 0
        self._ended = Event()
        self._watcher = Thread(target=self._watch, args=(program, self._ended), daemon=True)
        self._watcher.start()
        return program

    def _watch(self, program: "subprocess.Popen[bytes]", ended: Event) -> None:
        while not ended.wait(min(1, self._limits.clock)):
            if self._due and monotonic() > self._due:
                program.kill()
