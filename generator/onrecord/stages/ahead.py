"""Work that goes on while its results are used: pieces are made in a thread of their own, a few ahead."""

import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from queue import Queue
from threading import Event, Thread
from time import sleep
from typing import Generic, TypeVar

from onrecord.contracts import Say

T = TypeVar("T")

# Two threads of Python take turns. The maker has little to do between two long waits, so it goes first: that is
# asked for, and waits on its way, while the other thread works.
_ASKS = 0.003
"""Seconds that the maker has to itself after each piece, to ask for the next."""

_TURN = 0.0005
"""Seconds that it waits for its turn at most, when an answer has come; Python's own are ten times as many."""

_AHEAD = 2
"""Pieces that wait at most: each may be a page of answers with everything in it."""


@dataclass(frozen=True, slots=True)
class _Piece(Generic[T]):
    """What was made."""

    value: T


@dataclass(frozen=True, slots=True)
class _Line:
    """What the maker said between two pieces."""

    text: str


@dataclass(frozen=True, slots=True)
class _End:
    """There are no more pieces, because of an error if there is one."""

    error: BaseException | None = None


class _NobodyWaits(Exception):
    """Whoever used the pieces is gone."""


def ahead(pieces: Callable[[Say], Iterator[T]], say: Say) -> Generator[T]:
    """Yield the pieces, while the next ones are made; lines that their maker says come in their order, too.

    What the maker raises is raised here, after the pieces that it made before.
    """
    ready: Queue[_Piece[T] | _Line | _End] = Queue(_AHEAD)
    gone = Event()

    def hand_on(item: _Piece[T] | _Line) -> None:
        if gone.is_set():
            raise _NobodyWaits
        ready.put(item)

    def make() -> None:
        error: BaseException | None = None
        try:
            for piece in pieces(lambda line: hand_on(_Line(line))):
                hand_on(_Piece(piece))
        except BaseException as raised:
            error = raised
        ready.put(_End(error))

    maker, turn = Thread(target=make, daemon=True), sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    maker.start()
    try:
        yield from _told(ready, say)
        maker.join()  # who comes after it may fork, which it must not beside another thread
    finally:
        sys.setswitchinterval(turn)
        gone.set()
        while not ready.empty():  # the maker may wait for room
            ready.get()


def _told(ready: "Queue[_Piece[T] | _Line | _End]", say: Say) -> Iterator[T]:
    while True:
        match ready.get():
            case _Piece(value):
                if ready.empty():
                    sleep(_ASKS)
                yield value
            case _Line(text):
                say(text)
            case _End(error):
                if error:
                    raise error
                return
