"""Timing of whole processes, in turn: A B A B, so that a busy machine is as unfair to the one as to the other."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

from click import ClickException

_SHOWN = 2000  # characters of what a failed program said

# Whoever installs a program has it compiled, so it is here too, whatever a developer set.
_AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds on the clock, CPU seconds of it and its children, and MiB.

    The memory is that of its largest process at its largest, not of all of them together; it is never less than
    that of the process that measures, about 50 MiB.
    """

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Work:
    """A program to be timed, the folder it runs in, and what has to be done before each run, which is not timed."""

    name: str
    command: Callable[[], Sequence[str]]
    folder: Path
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some numbers, the least and the most of them."""

    middle: float
    least: float
    most: float


Costs = Mapping[str, Sequence[Cost]]
"""What each work took, by its name, in the order of the rounds."""


def in_turn(works: Sequence[Work], rounds: int, say: Callable[[str], None]) -> Costs:
    """Return what each work took in every round; before several rounds comes one that warms up and is not counted."""
    taken: dict[str, list[Cost]] = {work.name: [] for work in works}
    for number in range(0 if rounds > 1 else 1, rounds + 1):
        for work in works:
            work.prepare()
            cost = timed(work.command(), work.folder)
            say(f"{number or 'warm-up'}: {work.name}: {cost.wall:.2f} s, {cost.cpu:.2f} CPU-s, {cost.peak:.0f} MiB")
            if number:
                taken[work.name].append(cost)
    return taken


def timed(command: Sequence[str], folder: Path) -> Cost:
    """Return what a program took from its start to its end; raises `ClickException` when it fails."""
    with TemporaryFile() as said:
        began = time.perf_counter()
        program = subprocess.Popen(command, cwd=folder, env=_AS_INSTALLED, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(program.pid, 0)
        wall = time.perf_counter() - began
        program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode:
            said.seek(0)
            told = said.read().decode("utf-8", "replace")[-_SHOWN:]
            raise ClickException(f"{' '.join(command)} ended with {program.returncode}:\n{told}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def spread(numbers: Sequence[float]) -> Spread:
    """Return the middle and both ends of some numbers."""
    return Spread(median(numbers), min(numbers), max(numbers))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Return how ours stand to theirs, round by round."""
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])
