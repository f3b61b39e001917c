"""So many of so many, held against an independent library of statistics."""

import random

import pytest
from scipy.stats import binomtest

from onrecord.metrics.share import Share, share, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(9, 10, 60, 98), (18, 20, 70, 97), (90, 100, 83, 94), (0, 30, 0, 11)]
)
def test_the_intervals_that_are_known(count: int, of: int, low: int, high: int) -> None:
    assert tuple(round(100 * end) for end in wilson(count, of)) == (low, high)


def test_a_thousand_shares_agree_with_scipy() -> None:
    chance = random.Random(20261122)
    for _ in range(1000):
        of = chance.randint(1, 5000)
        count = chance.choice([0, of, chance.randint(0, of)])
        theirs = binomtest(count, of).proportion_ci(0.95, method="wilson")
        assert wilson(count, of) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_fewer_than_twenty_get_no_percentage() -> None:
    assert share((str(number), True) for number in range(19)).interval is None
    assert share((str(number), True) for number in range(20)).interval is not None


def test_a_share_names_those_for_whom_it_held_and_those_for_whom_it_did_not() -> None:
    found = share([("app-1", True), ("app-2", False), ("app-3", True)])
    assert found == Share(("app-1", "app-3"), ("app-2",))
    assert (found.count, found.of) == (2, 3)
    assert (Share().count, Share().of, Share().interval) == (0, 0, None)
