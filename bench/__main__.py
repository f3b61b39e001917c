"""`python -m bench`: measures, prints the goals beside what was measured, and writes `docs/benchmarks.md`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.asking import helps, pulls
from bench.builds import HERE, builds, only_ours
from bench.goals import rows
from bench.measured import Measured
from bench.report import conditions, page, table
from bench.walk import Costs

PARTS = ("builds", "material", "pull", "help")


def _sizes(_: click.Context, __: click.Parameter, value: str) -> tuple[int, ...]:
    try:
        sizes = tuple(int(size.replace("_", "")) for size in value.split(","))
    except ValueError:
        raise click.BadParameter('write numbers, like "1000,10000"') from None
    if len(sizes) not in (2, 3) or list(sizes) != sorted(set(sizes)) or sizes[0] < 1:
        raise click.BadParameter("two or three sizes are needed, each larger than the one before it")
    return sizes


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
@click.option(
    "--sizes",
    default="1000,10000,100000",
    show_default=True,
    callback=_sizes,
    help="How many entries; at a third size On Record alone is built, once.",
)
@click.option("--issues", default=10_000, show_default=True, help="How many issues are pulled.")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="How often each is measured.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=HERE / "docs/benchmarks.md",
    help="Where the page goes.  [default: docs/benchmarks.md]",
)
def main(parts: Sequence[str], sizes: tuple[int, ...], issues: int, rounds: int, out: Path) -> None:
    """Measure PARTS, which are all of them when none is named."""
    wanted, under = parts or PARTS, conditions(rounds)
    with TemporaryDirectory() as folder:
        built = _builds(Path(folder), wanted, sizes, rounds) if {"builds", "material"} & {*wanted} else {}
        pulled = pulls(Path(folder) / "pull", issues, _say) if "pull" in wanted else ()
        helped = tuple(helps(rounds, _say)) if "help" in wanted else ()
    measured = Measured(sizes, built, issues, pulled, helped)
    found = list(rows(measured))
    out.write_text(page(found, measured, under), "utf-8")
    click.echo("\n".join(table(found)))
    if void := [why for size in sizes if (why := measured.void(size))]:
        click.echo("\n".join(void), err=True)
        sys.exit(1)


def _builds(folder: Path, wanted: Sequence[str], sizes: Sequence[int], rounds: int) -> dict[int, Costs]:
    small, large, *huge = sizes
    material = "material" in wanted
    made = {small: builds(folder / str(small), small, rounds, _say, material=material)}
    if "builds" in wanted:
        made[large] = builds(folder / str(large), large, rounds, _say, material=False)
        made |= {size: only_ours(folder / str(size), size, _say) for size in huge}
    return made


def _say(line: str) -> None:
    click.echo(line, err=True)


main()
