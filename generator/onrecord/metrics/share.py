"""So many of so many: never a percentage alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

ENOUGH = 20
"""A percentage of fewer says nothing: 9 of 10 may come of anything between 60 and 98 in a hundred."""

_Z = 1.959963984540054  # 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """The ids of those for whom something held, and of those for whom it did not."""

    held: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return for how many it held."""
        return len(self.held)

    @property
    def of(self) -> int:
        """Return how many there are."""
        return len(self.held) + len(self.failed)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return between which shares, from 0 to 1, the truth lies 19 times in 20; nothing for fewer than twenty.

        Wilson's score interval, without correction for continuity.
        """
        return wilson(self.count, self.of) if self.of >= ENOUGH else None


def share(answers: Iterable[tuple[str, bool]]) -> Share:
    """Return ids, each with whether it held, as a share."""
    told: dict[bool, list[str]] = {True: [], False: []}
    for name, held in answers:
        told[held].append(name)
    return Share(tuple(told[True]), tuple(told[False]))


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share, both ends from 0 to 1; `of` is at least 1."""
    found, square = count / of, _Z * _Z / of
    middle = found + square / 2
    spread = _Z * sqrt(found * (1 - found) / of + square / of / 4)
    return max(0.0, (middle - spread) / (1 + square)), min(1.0, (middle + spread) / (1 + square))
