"""What is made ahead comes in its order, errors too, and nothing is made for nobody."""

import sys
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.one_thread import alone

from onrecord.contracts import Say
from onrecord.stages.ahead import ahead


def test_pieces_and_lines_come_in_the_order_in_which_they_were_made() -> None:
    told: list[object] = []

    def pieces(say: Say) -> Iterator[int]:
        for number in range(20):
            say(f"before {number}")
            yield number
        say("after all")

    told += (number for number in ahead(pieces, told.append))
    assert told == [said for number in range(20) for said in (f"before {number}", number)] + ["after all"]


def test_the_next_pieces_are_made_while_one_is_used() -> None:
    made = [threading.Event() for _ in range(3)]

    def pieces(_: Say) -> Iterator[int]:
        for number, event in enumerate(made):
            event.set()
            yield number

    with closing(ahead(pieces, print)) as coming:
        assert next(coming) == 0
        assert made[1].wait(5)
        assert made[2].wait(5)


def test_an_error_comes_after_what_was_made_before_it() -> None:
    def pieces(_: Say) -> Iterator[int]:
        yield 1
        yield 2
        raise LookupError("the third")

    seen = []
    with pytest.raises(LookupError, match="the third"):
        for piece in ahead(pieces, print):
            seen.append(piece)  # noqa: PERF402
    assert seen == [1, 2]


def test_who_makes_them_stops_when_nobody_waits_any_more() -> None:
    ended = threading.Event()
    made = []

    def pieces(_: Say) -> Iterator[int]:
        try:
            for number in range(10_000):
                made.append(number)
                yield number
        finally:
            ended.set()

    with closing(ahead(pieces, print)) as coming:
        assert next(coming) == 0
    assert ended.wait(5)
    assert len(made) < 10


def test_no_thread_is_left_when_all_was_made_and_turns_are_as_long_as_before() -> None:
    alone()
    before = sys.getswitchinterval()
    assert list(ahead(lambda _: iter(range(3)), print)) == [0, 1, 2]
    assert (threading.active_count(), sys.getswitchinterval()) == (1, before)
