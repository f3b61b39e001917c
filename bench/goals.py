"""What we set ourselves, beside what was measured."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.asking import COMMENTS
from bench.builds import COLD, COLD_SEARCHED, MATERIAL_COLD, NOTHING, ONE_NEW
from bench.measured import Measured, wall_and_cpu
from bench.tracker import LINE
from bench.walk import Cost, Spread, spread

NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Row:
    """One goal, what was measured, and whether it is met; nothing when that is not known."""

    work: str
    goal: str
    measured: str = NOT_MEASURED
    met: bool | None = None


def rows(measured: Measured) -> Iterator[Row]:
    """Yield every goal with what was measured."""
    small, large = measured.sizes[:2]
    yield _cold(measured, large, wall=0.6, cpu=0.5)
    yield _cold_searched(measured, large)
    yield _one_new(measured, large)
    yield _nothing_new(measured, large)
    yield _cold(measured, small, wall=1.0)
    yield _material(measured, small)
    yield Row(
        f"cold build, {small:,}, against cState",
        "wall ≤ 0.15",
        f"{NOT_MEASURED}: cState is a theme that no package brings",
    )
    yield _slope(measured, "cold", 0.5, measured.growth[0])
    yield _slope(measured, "nothing new", 0.05, measured.growth[1])
    for size, most in zip(measured.sizes[1:], (200, 1024), strict=False):
        yield _peak(measured, size, most)
    yield _pull(measured)
    yield _second_pull(measured)
    yield _helps(measured)
    yield Row(
        "first view of any generated page",
        "≤ 30 kB, ≤ 4 requests; Lighthouse 100",
        "counted by the tests of tests/pages, and by `make lighthouse`",
    )


def _cold(measured: Measured, size: int, *, wall: float, cpu: float | None = None) -> Row:
    work = f"cold build, {size:,}, search off, against bare Hugo"
    goal = f"wall ≤ {wall}" + (f", CPU ≤ {cpu}" if cpu else "")
    return _against_hugo(measured, size, Row(work, goal), COLD, wall, cpu)


def _cold_searched(measured: Measured, size: int) -> Row:
    row = Row(f"cold build, {size:,}, against bare Hugo and Pagefind over its pages", "wall ≤ 0.4")
    return _against_hugo(measured, size, row, COLD_SEARCHED, 0.4, None, search=True)


def _one_new(measured: Measured, size: int) -> Row:
    row = Row(f"one new entry on {size:,}, against bare Hugo's full build", "wall ≤ 0.2; ≤ 2 CPU-s")
    compared = _against_hugo(measured, size, row, ONE_NEW, 0.2, None)
    if compared.met is None:
        return compared
    cpu = _cpu(measured.of(ONE_NEW, size))
    return Row(row.work, row.goal, f"{compared.measured}; {_seconds(cpu)}", compared.met and cpu.middle <= 2)


def _against_hugo(
    measured: Measured, size: int, row: Row, ours: str, wall: float, cpu: float | None, *, search: bool = False
) -> Row:
    mine, theirs = measured.of(ours, size), measured.hugo(size, search=search)
    if not mine or not theirs:
        return row
    if why := measured.void(size):
        return Row(row.work, row.goal, why)
    on_clock, busy = wall_and_cpu(mine, theirs)
    met = on_clock.middle <= wall and (cpu is None or busy.middle <= cpu)
    return Row(row.work, row.goal, f"wall {_ratio(on_clock)}, CPU {_ratio(busy)}", met)


def _nothing_new(measured: Measured, size: int) -> Row:
    row = Row(f"nothing new on {size:,}", "≤ 0.8 CPU-s")
    if not (costs := measured.of(NOTHING, size)):
        return row
    return Row(row.work, row.goal, _seconds(_cpu(costs)), _cpu(costs).middle <= 0.8)


def _material(measured: Measured, size: int) -> Row:
    row = Row(f"cold build, {size:,}, against all-pages MkDocs and Material", "wall ≤ 0.15")
    ours, theirs = measured.of(COLD_SEARCHED, size), measured.of(MATERIAL_COLD, size)
    if not ours or not theirs:
        return row
    on_clock, busy = wall_and_cpu(ours, theirs)
    return Row(row.work, row.goal, f"wall {_ratio(on_clock)}, CPU {_ratio(busy)}", on_clock.middle <= 0.15)


def _slope(measured: Measured, how: str, most: float, slopes: list[float]) -> Row:
    sizes = " → ".join(f"{size:,}" for size in measured.sizes[: len(slopes) + 1])
    row = Row(f"growth, {how}, search off, {sizes}", f"linear: ≤ {most} ms CPU an entry")
    if not slopes:
        return row
    told = ", then ".join(f"{slope:.3f}" for slope in slopes)
    return Row(row.work, row.goal, f"{told} ms CPU an entry", max(slopes) <= most)


def _peak(measured: Measured, size: int, most: float) -> Row:
    row = Row(f"peak memory at {size:,}, cold, search off", f"≤ {most} MiB")
    if not (costs := measured.of(COLD, size)):
        return row
    peak = max(cost.peak for cost in costs)
    return Row(row.work, row.goal, f"{peak:.0f} MiB", peak <= most)


def _pull(measured: Measured) -> Row:
    work = f"pull of issues with {COMMENTS} comments each, {1000 * LINE:.0f} ms a request"
    goal = "≤ 800 requests for 10,000 issues, wall ≤ 1.15 × the line's"
    if not measured.pulls:
        return Row(work, goal)
    first = measured.pulls[0]
    times = first.cost.wall / (first.requests * LINE)
    told = f"{measured.issues:,} issues: {first.requests} requests, wall {times:.2f} ×, {first.cost.cpu:.1f} CPU-s"
    return Row(work, goal, told, first.requests <= max(20, measured.issues * 0.08) and times <= 1.15)


def _second_pull(measured: Measured) -> Row:
    row = Row("second pull, nothing new", "≤ 3 requests")
    if not measured.pulls:
        return row
    second = measured.pulls[1]
    return Row(row.work, row.goal, f"{second.requests} requests, {second.cost.wall:.2f} s", second.requests <= 3)


def _helps(measured: Measured) -> Row:
    row = Row("`onrecord --help`", "wall ≤ 0.15 s")
    if not measured.helps:
        return row
    wall = spread([cost.wall for cost in measured.helps])
    return Row(row.work, row.goal, f"{wall.middle:.2f} s ({wall.least:.2f}–{wall.most:.2f})", wall.middle <= 0.15)


def _cpu(costs: tuple[Cost, ...]) -> Spread:
    return spread([cost.cpu for cost in costs])


def _seconds(cpu: Spread) -> str:
    return f"{cpu.middle:.2f} CPU-s ({cpu.least:.2f}–{cpu.most:.2f})"


def _ratio(ratio: Spread) -> str:
    return f"{ratio.middle:.2f} ({ratio.least:.2f}–{ratio.most:.2f})"
