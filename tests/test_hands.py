"""Many hands: what they make comes back whole, and so does what goes wrong in them."""

import gc
import os
import signal
import threading
from collections.abc import Iterable

import pytest
from tests.one_thread import alone

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.hands import WORTH_A_HAND, share

PIECES = list(range(WORTH_A_HAND * 4))

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture
def one_thread() -> None:
    alone()


def squares(part: Iterable[int]) -> tuple[int, list[int]]:
    return os.getpid(), [piece * piece for piece in part]


@pytest.mark.parametrize("hands", [1, 2, 3, 4])
def test_every_piece_is_done_once_whoever_does_it(hands: int) -> None:
    done = share(squares, PIECES, hands)
    assert len({process for process, _ in done}) == hands
    assert done[0][0] == os.getpid()
    assert sorted(square for _, part in done for square in part) == [piece * piece for piece in PIECES]


def test_little_work_is_done_by_one_hand() -> None:
    assert share(squares, PIECES[: WORTH_A_HAND * 2 - 1], 4) == [squares(PIECES[: WORTH_A_HAND * 2 - 1])]
    assert share(squares, [], 4) == [(os.getpid(), [])]


def test_pieces_that_take_turns_are_dealt_evenly() -> None:
    dear = [sum(piece % 2 for piece in part) for part in share(list, PIECES, 2)]
    assert sum(dear) == len(PIECES) / 2
    assert max(dear) - min(dear) <= 8


def test_beside_another_thread_one_hand_does_it_all() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert [process for process, _ in share(squares, PIECES, 4)] == [os.getpid()]
    finally:
        done.set()
        thread.join()


def broken(part: Iterable[int]) -> None:
    here = [*part]
    if 0 not in here:  # which is the first hand's
        raise OnRecordError(Problem(Place("templates/entry.html", 7), "this is wrong", "mend it"))


def test_what_a_hand_raises_is_raised_here_and_tells_where_it_was() -> None:
    with pytest.raises(OnRecordError) as raised:
        share(broken, PIECES, 2)
    assert raised.value.problems == (Problem(Place("templates/entry.html", 7), "this is wrong", "mend it"),)
    assert "in broken" in raised.value.__notes__[0]


def killed(part: Iterable[int]) -> None:
    if 0 not in [*part]:
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_hand_that_is_killed_is_no_silence() -> None:
    with pytest.raises(RuntimeError, match="ended: -9"):
        share(killed, PIECES, 2)


def test_a_hand_whose_parent_is_gone_stops_before_its_next_piece() -> None:
    told, tell = os.pipe()

    def orphaned(part: Iterable[int]) -> None:
        for piece in part:
            if os.getpid() == parent:
                os.kill(parent, signal.SIGKILL)
            while os.getppid() == parent:
                signal.sigtimedwait([], 0.01)
            os.write(tell, f"{piece}\n".encode())

    parent = os.fork()
    if parent == 0:
        parent = os.getpid()
        share(orphaned, PIECES, 2)
        os._exit(0)
    os.waitpid(parent, 0)
    os.close(tell)
    with os.fdopen(told) as heard:  # to its end, which comes when the hand is gone
        assert len(heard.readlines()) == 1


def test_no_hand_looks_for_garbage_in_what_was_there_before_it() -> None:
    frozen = share(lambda part: [*part] and gc.get_freeze_count(), PIECES, 2)
    assert min(frozen) > 1000
    assert gc.get_freeze_count() == 0
