"""Moments at which a run is killed, spread over all that it does to the disk, and what is looked at afterwards."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

from tests.own_site import Ran, Site, read_all
from tests.runs.processes import ended, start

from onrecord.stages.gather import open_folder

SEED = 20261121
_WAYS = {"at once": 0, "amid a write": 300, "later": 700}
"""How a run may die, and at most how many bytes or milliseconds later."""
_STAMPS = re.compile(rb'"(fetched_at|read_at)": ?"[^"]*"')


@dataclass(frozen=True)
class Moment:
    """The touch of the disk at which a run is to die, in which way, and how many bytes or milliseconds later."""

    touch: int
    way: str
    amount: int


@dataclass(frozen=True)
class Kept:
    """A site as it was once, with all that was built, to be put in its place again and again."""

    site: Site
    copy: Path

    @classmethod
    def of(cls, site: Site, name: str) -> "Kept":
        kept = cls(site, site.root.with_name(name))
        shutil.copytree(site.root, kept.copy)
        return kept

    def put_back(self) -> None:
        shutil.rmtree(self.site.root)
        shutil.copytree(self.copy, self.site.root)


def moments(touches: int, count: int) -> Iterator[Moment]:
    """Yield seeded moments, one in each of so many equal parts of a run."""
    chance = Random(SEED)
    for number, way in zip(range(count), cycle(_WAYS), strict=False):
        touch = 1 + int(touches * (number + chance.random()) / count)
        yield Moment(min(touch, touches), way, chance.randint(0, _WAYS[way]))


def touches(site: Site, *words: str) -> int:
    """Run a verb undisturbed, and return how often it touched the disk."""
    ran = _run(site, "0", "", "0", *words)
    assert ran.code == 0, ran.said
    return int(ran.err.split()[-1])


def killed(site: Site, moment: Moment, *words: str) -> bool:
    """Run a verb that is to die, and return whether it did before it was done."""
    ran = _run(site, str(moment.touch), moment.way, str(moment.amount), *words)
    assert ran.code <= 0, ran.said
    return ran.code < 0


def record(site: Site) -> dict[str, bytes]:
    """Return every file of the record, but for when it was fetched."""
    return {path: _STAMPS.sub(b"", content) for path, content in read_all(site.root / "content/record").items()}


def is_whole(site: Site) -> bool:
    """Tell whether every file of the record is whole; a part of one has a name that nobody reads."""
    for path, content in read_all(site.root / "content/record").items():
        if not Path(path).name.startswith("."):
            json.loads(content)
    return open_folder(site.root, {}).log.problems == ()


def leftovers(site: Site) -> list[str]:
    """Return what only a killed run leaves: parts, stages, a journal."""
    found = [*site.root.rglob("*.part"), *(site.root / "build").glob("journal*")]
    return [str(path) for path in (*found, *(site.root / "build/stage").rglob("*")) if not path.is_dir()]


def _run(site: Site, *words: str) -> Ran:
    moment, verb = words[:3], words[3:]
    return ended(start(site.root, *verb, program=("-m", "tests.runs.dying", *moment)))
