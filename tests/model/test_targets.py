"""Targets: lengths and hours as people write them, and which hold when."""

from datetime import date

import pytest
from pydantic import ValidationError

from onrecord.model.targets import Targets

THREE = Targets.model_validate({"targets": [{"from": f"2026-{month}-01"} for month in ("07", "01", "04")]})


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        ((2025, 1, 1), (2025, 12, 31), []),
        ((2025, 12, 1), (2026, 1, 1), [1]),
        ((2026, 2, 1), (2026, 2, 28), [1]),
        ((2026, 3, 1), (2026, 4, 1), [4, 1]),
        ((2026, 4, 1), (2026, 4, 30), [4]),
        ((2025, 1, 1), (2026, 12, 31), [7, 4, 1]),
    ],
)
def test_what_held_between_two_days_is_told_the_newest_first(
    first: tuple[int, int, int], last: tuple[int, int, int], held: list[int]
) -> None:
    assert [target.from_.month for target in THREE.between(date(*first), date(*last))] == held


def test_two_that_begin_on_one_day_are_refused() -> None:
    with pytest.raises(ValidationError, match="begin on the same day"):
        Targets.model_validate({"targets": [{"from": "2026-01-01"}, {"from": "2026-01-01"}]})
