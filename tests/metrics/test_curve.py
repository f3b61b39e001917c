"""Waiting times, held against an independent library of survival analysis."""

import math
import random
import warnings
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.metrics.curve import Times, Wait, Within, within

with warnings.catch_warnings():  # the library's own, as it is imported
    warnings.simplefilter("ignore")
    from lifelines import KaplanMeierFitter
    from lifelines.utils import qth_survival_time


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


@given(WAITS, st.integers(0, 100))
def test_another_hour_of_waiting_never_makes_us_look_faster(waits: list[Wait], number: int) -> None:
    slow = waits[number % len(waits)]
    later = [wait for wait in waits if wait is not slow] + [Wait(slow.length + timedelta(hours=1), slow.is_over)]
    one, other = within(waits, 0.5), within(later, 0.5)
    assert one
    assert other
    assert (other.more, other.length) >= (one.more, one.length) or not slow.is_over


def by_lifelines(waits: list[Wait], shares: tuple[float, ...]) -> list[tuple[float, bool]]:
    """Return what the library says, an unreached share as more than the longest wait."""
    lengths = [wait.length / timedelta(hours=1) for wait in waits]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        curve = KaplanMeierFitter().fit(lengths, [wait.is_over for wait in waits]).survival_function_
        # The curve is a product of floats: what is equal but for the last bits is equal.
        found = [float(qth_survival_time(round(1 - share, 9), curve.round(9))) for share in shares]
    return [(max(lengths), True) if math.isinf(length) else (length, False) for length in found]


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
