"""The builds of one record by each builder, and what On Record does when there is little or nothing new."""

import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from click import ClickException

from bench.make import HUGO, MATERIAL, PLAIN, SEARCHED
from bench.record import NOW
from bench.walk import Costs, Work, in_turn, timed

HUGO_COLD = "Hugo, cold"
HUGO_INDEX = "Pagefind over Hugo's pages"
COLD = "On Record, cold, search off"
NOTHING_PLAIN = "On Record, nothing new, search off"
COLD_SEARCHED = "On Record, cold"
ONE_NEW = "On Record, one new entry"
NOTHING = "On Record, nothing new"
MATERIAL_COLD = "MkDocs and Material, cold"

HERE = Path(__file__).parents[1]
ONRECORD = (sys.executable, "-m", "onrecord")
_EVERY = timedelta(minutes=30)


def made(what: str, *arguments: object) -> None:
    """Have `bench.make` write something, in a process of its own."""
    timed((sys.executable, "-m", "bench.make", what, *map(str, arguments)), HERE)


def builds(root: Path, entries: int, rounds: int, say: Callable[[str], None], *, material: bool) -> Costs:
    """Return what each builder took for a record of so many entries."""
    made("record", root, entries)
    works = [*_hugo(root / HUGO), *_Site(root / PLAIN).works(), *_Site(root / SEARCHED).works_with_search(entries)]
    if material:
        works.append(_material(root / MATERIAL))
    return in_turn(works, rounds, say)


def only_ours(root: Path, entries: int, say: Callable[[str], None]) -> Costs:
    """Return what On Record alone took for a large record, once, with search off."""
    made("record", root, entries)
    return in_turn(_Site(root / PLAIN).works(), 1, say)


class _Site:
    """A site of On Record; each build is half an hour after the one before it, as it is on a schedule."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._builds = count(1)

    def works(self) -> Sequence[Work]:
        return (self._work(COLD, self._forget), self._work(NOTHING_PLAIN))

    def works_with_search(self, entries: int) -> Sequence[Work]:
        numbers = count(entries + 1)
        cold, nothing = self._work(COLD_SEARCHED, self._forget), self._work(NOTHING)
        return (cold, self._work(ONE_NEW, lambda: made("news", self._root, next(numbers))), nothing)

    def _work(self, name: str, prepare: Callable[[], object] = lambda: None) -> Work:
        return Work(name, self._build, self._root, prepare)

    def _build(self) -> Sequence[str]:
        now = NOW + next(self._builds) * _EVERY
        return (*ONRECORD, "--quiet", "--site", str(self._root), "build", "--now", f"{now:%Y-%m-%d %H:%M} UTC")

    def _forget(self) -> None:
        _remove(self._root / "site", self._root / "build")


def _hugo(root: Path) -> Sequence[Work]:
    hugo = (str(_program("hugo", "binaries/hugo")), "--quiet")
    pagefind = (str(_program("pagefind_bin", "pagefind")), "--silent", "--site", "public")
    cold = Work(HUGO_COLD, lambda: hugo, root, lambda: _remove(root / "public", root / "resources"))
    return (cold, Work(HUGO_INDEX, lambda: pagefind, root))


def _material(root: Path) -> Work:
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    return Work(MATERIAL_COLD, lambda: command, root, lambda: _remove(root / "site"))


def _program(package: str, path: str) -> Path:
    """Return a program that a package brings; to start it by Python would count Python too."""
    spec = find_spec(package)
    for place in spec.submodule_search_locations or () if spec else ():
        if (found := Path(place) / path).is_file():
            return found
    raise ClickException(f'the program "{package}" is not installed here: "make bench" brings it')


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
