"""`docs/benchmarks.md`: the goals and what was measured, every figure behind it, and on which machine."""

import os
import platform
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.builds import HERE
from bench.goals import Row
from bench.measured import Measured
from bench.walk import Cost, spread

_BROUGHT = {"Hugo": "hugo", "Pagefind": "pagefind-bin", "MkDocs": "mkdocs", "Material": "mkdocs-material"}


@dataclass(frozen=True, slots=True)
class Conditions:
    """When, on what and how often it was measured."""

    at: datetime
    machine: str
    load: float
    rounds: int
    versions: str


def conditions(rounds: int) -> Conditions:
    """Return when and on what it is measured now, in so many rounds."""
    said = Path("/proc/cpuinfo").read_text("utf-8")
    model = re.search(r"^model name\s*: (.+)$", said, re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    machine = f"{model[1] if model else platform.machine()}, {cores} cores, {memory:.0f} GiB"
    commit = subprocess.run(("git", "describe", "--always", "--dirty"), cwd=HERE, capture_output=True, text=True)
    ours = f"On Record {commit.stdout.strip() or version('onrecord')}"
    brought = ", ".join(f"{name} {version(package)}" for name, package in _BROUGHT.items())
    versions = f"{ours}, Python {platform.python_version()}, {brought}"
    return Conditions(datetime.now(UTC), machine, os.getloadavg()[0], rounds, versions)


def page(rows: Sequence[Row], measured: Measured, under: Conditions) -> str:
    """Return the page of one run."""
    return "\n".join([*_head(under), *table(rows), *_builds(measured), *_foot()]) + "\n"


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of the table of goals."""
    yield "| work | goal | measured | met |"
    yield "| --- | --- | --- | --- |"
    for row in rows:
        met = {True: "yes", False: "**no**", None: ""}[row.met]
        yield f"| {row.work} | {row.goal} | {row.measured} | {met} |"


def _head(under: Conditions) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield "Written by `make bench`; what it says was measured, and nothing here is edited by hand."
    yield ""
    yield f"- When: {under.at:%Y-%m-%d %H:%M} UTC"
    yield f"- Machine: {under.machine}; {under.load:.1f} programs waited for a core when it began"
    worth = "after one to warm up" if under.rounds > 1 else "which is a try and no measure"
    yield f"- Rounds: {under.rounds}, {worth}"
    yield f"- Versions: {under.versions}"
    yield ""
    yield "## Goals"
    yield ""
    yield "Ratios are of runs that took turns, round by round: the median, and the least and the most of them."
    yield ""


def _builds(measured: Measured) -> Iterator[str]:
    yield ""
    yield "## Every build"
    yield ""
    yield "Seconds: the median, and the least and the most. Memory is that of the largest process."
    yield ""
    yield "| build | entries | wall | CPU | peak |"
    yield "| --- | --- | --- | --- | --- |"
    for size, costs in measured.builds.items():
        for name, taken in costs.items():
            yield f"| {name} | {size:,} | {_said(taken)} |"


def _said(taken: Sequence[Cost]) -> str:
    wall, cpu = spread([cost.wall for cost in taken]), spread([cost.cpu for cost in taken])
    peak = max(cost.peak for cost in taken)
    spans = (f"{span.middle:.2f} s ({span.least:.2f}–{span.most:.2f})" for span in (wall, cpu))
    return " | ".join([*spans, f"{peak:.0f} MiB"])


def _foot() -> Iterator[str]:
    yield ""
    yield "## What this is"
    yield ""
    yield (
        "The record is made up, the same for every run: lengths, answers, others' posts and parts are spread as in "
        "306 real issues. Hugo and MkDocs get the same entries as Markdown. Hugo's theme is bare and looks at each "
        "entry once; when Hugo takes more than 1.3 CPU milliseconds an entry all the same, the comparison is void. "
        "Each build of On Record is for a moment half an hour after the one before, as on a schedule. "
        "How it is measured is in `bench/`."
    )
