"""Lines in which what is personal is marked: `⟦kind:value⟧`, as in labelled.txt beside this."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.redact import Find, Rules, finds

LABELLED = Path(__file__).with_name("labelled.txt")
RULES = Rules(order_numbers=("ACME-0000-000000",), phone_regions=("US", "DE", "ES", "FR", "IT", "GB"))
CUT = "‸"  # stands in secrets, so that no host takes them for live ones

_MARK = re.compile(r"⟦(?P<kind>[\w -]+):(?P<value>[^⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as people wrote it, and what in it is personal."""

    text: str
    marked: tuple[Find, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """How many pieces of a kind are marked, how many of them were found, and how many finds are none."""

    marked: int
    found: int
    wrong: int

    @property
    def recall(self) -> float:
        """Return which part of what is marked was found."""
        return self.found / self.marked if self.marked else 1.0

    @property
    def precision(self) -> float:
        """Return which part of the finds is right."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0


def labelled(path: Path) -> list[Line]:
    """Return the lines of a file, without its comments."""
    lines = path.read_text("utf-8").splitlines()
    return [_line(line.replace(CUT, "")) for line in lines if line and not line.startswith("# ")]


def missed(lines: Iterable[Line], rules: Rules = RULES) -> Iterator[str]:
    """Yield what was not found, what was found and is nothing, and what was found as another kind, one a row."""
    for line in lines:
        here = finds(line.text, rules)
        for mark in line.marked:
            if not any(_hits(find, mark) for find in here):
                yield f"missed {mark.kind}: {line.text[mark.begin : mark.end]!r} in {line.text}"
        for find in here:
            if not any(_hits(find, mark) for mark in line.marked):
                yield f"wrong {find.kind}: {line.text[find.begin : find.end]!r} in {line.text}"


def measure(lines: Iterable[Line], rules: Rules = RULES) -> dict[str, Measured]:
    """Return for each kind how well it is found; a find that overlaps a mark of its kind is a hit."""
    marked, found, wrong = Counter[str](), Counter[str](), Counter[str]()
    for line in lines:
        here = finds(line.text, rules)
        marked.update(mark.kind for mark in line.marked)
        found.update(mark.kind for mark in line.marked if any(_hits(find, mark) for find in here))
        wrong.update(find.kind for find in here if not any(_hits(find, mark) for mark in line.marked))
    return {kind: Measured(marked[kind], found[kind], wrong[kind]) for kind in sorted(marked | wrong)}


def _line(written: str) -> Line:
    text, marked, done = "", [], 0
    for mark in _MARK.finditer(written):
        text += written[done : mark.start()]
        marked.append(Find(len(text), len(text) + len(mark["value"]), mark["kind"]))
        text, done = text + mark["value"], mark.end()
    return Line(text + written[done:], tuple(marked))


def _hits(find: Find, mark: Find) -> bool:
    return find.kind == mark.kind and find.begin < mark.end and mark.begin < find.end
