"""Everything that one run of the bench measured, and what follows from it: ratios and slopes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bench.asking import Pull
from bench.builds import COLD, HUGO_COLD, HUGO_INDEX, NOTHING_PLAIN
from bench.walk import Cost, Costs, Spread, ratios, spread

HUGO_LIMIT = 1.3
"""CPU milliseconds that Hugo may take for an entry; with more it is no fair measure."""

_START_UP_COUNTS = 1_000  # entries: with fewer, most of Hugo's time is its start


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: builds by the size of the record, pulls, and starts; what was not asked for is empty."""

    sizes: tuple[int, ...]
    builds: Mapping[int, Costs] = field(default_factory=dict)
    issues: int = 0
    pulls: tuple[Pull, ...] = ()
    helps: tuple[Cost, ...] = ()

    def of(self, name: str, size: int) -> tuple[Cost, ...]:
        """Return what one work took at one size, round by round; nothing when it was not measured."""
        return tuple(self.builds.get(size, {}).get(name, ()))

    def hugo(self, size: int, *, search: bool = False) -> tuple[Cost, ...]:
        """Return what Hugo took, with Pagefind over its pages or without."""
        bare, index = self.of(HUGO_COLD, size), self.of(HUGO_INDEX, size)
        if not search:
            return bare
        return tuple(
            Cost(one.wall + more.wall, one.cpu + more.cpu, max(one.peak, more.peak))
            for one, more in zip(bare, index, strict=True)
        )

    def void(self, size: int) -> str | None:
        """Return why a comparison with Hugo says nothing at a size, or nothing when it does."""
        if size < _START_UP_COUNTS or not (costs := self.of(HUGO_COLD, size)):
            return None
        each = spread([cost.cpu for cost in costs]).middle / size * 1000
        return f"VOID: Hugo took {each:.2f} ms an entry, more than {HUGO_LIMIT}" if each > HUGO_LIMIT else None

    def slopes(self, name: str) -> list[float]:
        """Return how many CPU milliseconds one more entry takes, from each size to the next one."""
        known = [(size, costs) for size in self.sizes if (costs := self.of(name, size))]
        middles = [(size, spread([cost.cpu for cost in costs]).middle) for size, costs in known]
        return [1000 * (more - few) / (larger - size) for (size, few), (larger, more) in pairwise(middles)]

    @property
    def growth(self) -> tuple[list[float], list[float]]:
        """Return the slopes of a cold build and of one with nothing new, both with search off."""
        return self.slopes(COLD), self.slopes(NOTHING_PLAIN)


def wall_and_cpu(ours: tuple[Cost, ...], theirs: tuple[Cost, ...]) -> tuple[Spread, Spread]:
    """Return how our time on the clock, and our CPU time, stand to theirs."""
    return (
        ratios([cost.wall for cost in ours], [cost.wall for cost in theirs]),
        ratios([cost.cpu for cost in ours], [cost.cpu for cost in theirs]),
    )
