"""Waiting times, held against an independent library of survival analysis."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.metrics.survival import by_lifelines

from onrecord.metrics.curve import Times, Wait, Within, within


def hours(*lengths: float, still: tuple[float, ...] = ()) -> list[Wait]:
    """Return waits that are over, and others that are not."""
    over = [Wait(timedelta(hours=length), is_over=True) for length in lengths]
    return over + [Wait(timedelta(hours=length), is_over=False) for length in still]


def told(found: Within | None) -> tuple[float, bool] | None:
    return (found.length / timedelta(hours=1), found.more) if found else None


def test_half_of_six_is_the_third_and_nine_in_ten_of_ten_is_the_ninth() -> None:
    assert told(within(hours(5, 1, 4, 2, 6, 3), 0.5)) == (3, False)
    assert told(within(hours(*range(1, 11)), 0.9)) == (9, False)


def test_who_still_waits_makes_the_typical_time_longer_not_shorter() -> None:
    assert told(within(hours(1, 2, 3, 4), 0.5)) == (2, False)
    assert told(within(hours(1, 2, 3, 4, still=(9, 9)), 0.5)) == (3, False)


def test_when_less_than_half_have_an_answer_it_takes_more_than_the_longest_wait() -> None:
    assert told(within(hours(1, 2, still=(5, 50, 3)), 0.5)) == (50, True)
    assert within([], 0.5) is None


def test_a_wait_that_ends_as_another_is_looked_at_ends_first() -> None:
    assert told(within(hours(2, still=(2,)), 0.5)) == (2, False)


@pytest.mark.parametrize(("count", "half", "nine"), [(0, 0, 0), (5, 0, 0), (6, 1, 0), (29, 1, 0), (30, 1, 1)])
def test_five_are_a_list_six_have_a_middle_and_thirty_a_slowest_tenth(count: int, half: int, nine: int) -> None:
    times = Times(tuple(hours(*range(1, count + 1))))
    assert (times.half is not None, times.nine_in_ten is not None) == (bool(half), bool(nine))


WAITS = st.lists(st.builds(Wait, st.integers(0, 400).map(lambda n: timedelta(hours=n)), st.booleans()), min_size=1)


@settings(deadline=None)
@given(WAITS, st.integers(0, 100))
def test_another_hour_of_waiting_never_makes_us_look_faster(waits: list[Wait], number: int) -> None:
    number %= len(waits)
    # A wait that ends later ends among fewer, where others were only looked at until then: the curve may drop lower.
    so_far = [Wait(wait.length, is_over=wait.is_over or waits[number].is_over) for wait in waits]
    slower = Wait(so_far[number].length + timedelta(hours=1), so_far[number].is_over)
    one, other = within(so_far, 0.5), within([*so_far[:number], slower, *so_far[number + 1 :]], 0.5)
    assert one
    assert other
    assert (other.more, other.length) >= (one.more, one.length)


def test_a_thousand_random_waits_agree_with_lifelines() -> None:
    chance = random.Random(20261122)
    shares, compared = (0.5, 0.9), 0
    while compared < 1000:
        waits = [
            Wait(timedelta(hours=chance.randint(0, 300)), is_over=chance.random() < chance.choice([0.3, 0.7, 1]))
            for _ in range(chance.randint(1, 60))
        ]
        assert [told(within(waits, share)) for share in shares] == by_lifelines(waits, shares), waits
        compared += len(waits)
