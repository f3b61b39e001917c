"""Many hands: the same work on every processor, in forked copies of this process that share what it knows.

Where a process cannot be forked, or there is too little to do, one hand does it all. docs/design/hands.md says why.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from traceback import format_exc
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

HANDS = min(4, os.cpu_count() or 1)
WORTH_A_HAND = 50
"""Pieces: forking a process takes as long as making a few of them."""
_HANDFUL = 8


def unwatched(part: Sequence[T], _: int) -> Iterable[T]:
    """Return the part as it is: nobody watches."""
    return part


def share(
    work: Callable[[Iterable[T]], R],
    todo: Sequence[T],
    hands: int = HANDS,
    watch: Callable[[Sequence[T], int], Iterable[T]] = unwatched,
) -> list[R]:
    """Return what `work` makes of each part of a list: one part here, each other one in a copy of this process.

    Whatever else a copy changes is lost with it, so all that counts must be in what `work` returns, as it can be
    pickled. What it raises is raised here. The part that is done here goes through `watch`, with the number of hands.
    """
    count = min(hands, len(todo) // WORTH_A_HAND) if _may_fork() else 1
    if count < 2:
        return [work(watch(todo, 1))]
    ours, *theirs = _dealt(todo, count)
    copies: list[_Copy[R]] = []
    gc.freeze()  # to look for garbage among what is there by now would copy all of it, in every process
    try:
        copies.extend(_Copy.begin(work, part) for part in theirs)
        return [work(watch(ours, count)), *(copy.result() for copy in copies)]
    finally:
        gc.unfreeze()
        for copy in copies:
            copy.end()


def _may_fork() -> bool:
    """Tell whether a copy of this process would find nothing held by a thread that it does not have."""
    return sys.platform == "linux" and threading.active_count() == 1


def _dealt(todo: Sequence[T], count: int) -> list[Sequence[T]]:
    """Return a list in parts that take about as long: pieces that cost the same stand together, or take turns."""
    handfuls = [todo[start : start + _HANDFUL] for start in range(0, len(todo), _HANDFUL)]
    return [[piece for handful in handfuls[hand::count] for piece in handful] for hand in range(count)]


@dataclass(frozen=True, slots=True)
class _Copy(Generic[R]):
    """A forked process, and where its answer comes from."""

    process: Any
    answer: "Connection"

    @classmethod
    def begin(cls, work: Callable[[Iterable[T]], R], part: Sequence[T]) -> "_Copy[R]":
        from multiprocessing import get_context  # most runs have work for one hand only

        fork = get_context("fork")
        here, there = fork.Pipe(duplex=False)
        process = fork.Process(target=_do, args=(work, part, os.getpid(), there))
        process.start()
        there.close()
        return cls(process, here)

    def result(self) -> R:
        try:
            result, error, told = self.answer.recv()
        except EOFError:
            self.process.join()
            raise RuntimeError(f"a process that helped was ended: {self.process.exitcode}") from None
        if error:
            error.add_note(told)
            raise error
        found: R = result
        return found

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.answer.close()


def _do(work: Callable[[Iterable[T]], R], part: Sequence[T], parent: int, answer: "Connection") -> None:
    try:
        answer.send((work(_while_it_lives(parent, part)), None, ""))
    except BaseException as error:
        answer.send((None, error, format_exc()))


def _while_it_lives(parent: int, part: Sequence[T]) -> Iterator[T]:
    """Yield the pieces as long as whoever forked us is there: else nobody waits for them, and the lock is held."""
    for piece in part:
        if os.getppid() != parent:
            os._exit(1)
        yield piece
