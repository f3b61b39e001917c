"""How long waits take when some are not over: read from a Kaplan–Meier curve, so that those count too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

HALF, NINE_IN_TEN = 0.5, 0.9
FEW, MANY = 6, 30
"""From so many waits on the middle one says something, and from so many the slowest tenth."""

_ROUNDING = 1e-9


class Wait(NamedTuple):
    """How long somebody waited for something, or has waited so far."""

    length: timedelta
    is_over: bool


@dataclass(frozen=True, slots=True)
class Within:
    """The time within which a share of the waits ended; `more` says that it took, or will take, longer than that."""

    length: timedelta
    more: bool = False


def within(waits: Iterable[Wait], share: float) -> Within | None:
    """Return the time within which a share of the waits ended, by nearest rank; nothing for no waits.

    That is the first time at which the Kaplan–Meier curve is down to what the share leaves: a wait that is not over
    counts for as long as it has lasted. A curve that never gets there ends in `more` than the longest of them.
    """
    return _within(_ordered(waits), share)


def _ordered(waits: Iterable[Wait]) -> Sequence[Wait]:
    return sorted(waits, key=lambda wait: (wait.length, not wait.is_over))


def _within(ordered: Sequence[Wait], share: float) -> Within | None:
    left = 1.0
    for place, wait in enumerate(ordered):
        if not wait.is_over:
            continue
        still_waiting = len(ordered) - place
        left *= (still_waiting - 1) / still_waiting
        if left <= 1 - share + _ROUNDING:
            return Within(wait.length)
    return Within(ordered[-1].length, more=True) if ordered else None


@dataclass(frozen=True)
class Times:
    """Many waits as readers get them: a list of few, the middle of more, and of many the slowest tenth too."""

    waits: tuple[Wait, ...]

    @cached_property
    def _in_order(self) -> Sequence[Wait]:
        return _ordered(self.waits)

    @cached_property
    def half(self) -> Within | None:
        """Return the time within which half of the waits ended; nothing of fewer than six."""
        return _within(self._in_order, HALF) if len(self.waits) >= FEW else None

    @cached_property
    def nine_in_ten(self) -> Within | None:
        """Return the time within which nine in ten ended; nothing of fewer than thirty."""
        return _within(self._in_order, NINE_IN_TEN) if len(self.waits) >= MANY else None
