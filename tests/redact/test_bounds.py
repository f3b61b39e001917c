"""No text makes a search slow: 64 KB of what each pattern, and each kind, finds hardest."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from tests.redact.labelled import LABELLED, RULES, labelled
from tests.redact.worst import repeated, worst

from onrecord import redact
from onrecord.redact import KINDS, finders

BOUND = 1.0  # seconds of processor time; 0.2 is what we aim at, and this machine may be shared

SAMPLE = 4096


def patterns() -> Iterator[Any]:
    """Yield every compiled pattern of the package, in whatever it is kept."""
    for found in pkgutil.iter_modules(redact.__path__):
        module = importlib.import_module(f"onrecord.redact.{found.name}")
        for name, value in vars(module).items():
            for number, pattern in enumerate(_patterns_in(value)):
                yield pytest.param(pattern, id=f"{found.name}.{name}.{number}")


def _patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _patterns_in(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from _patterns_in(part)


def seconds(search: Callable[[str], Iterable[Any]], text: str) -> float:
    started = time.process_time()
    for _ in search(text):
        pass
    return time.process_time() - started


def assert_in_time(search: Callable[[str], Iterable[Any]], texts: Iterable[str]) -> None:
    """Try the beginning of every text, then the whole of those that took longest."""
    tried = sorted((seconds(search, text[:SAMPLE]), text) for text in texts)
    slowest = max((seconds(search, text), text[:80]) for _, text in tried[-3:])
    assert slowest[0] < BOUND, slowest
    print(f"{slowest[0]:.3f} s: {slowest[1]!r}")


def test_every_pattern_is_among_those_that_are_timed() -> None:
    assert len(list(patterns())) > 100


@pytest.mark.parametrize("pattern", list(patterns()))
def test_a_pattern_is_done_with_its_worst_text_in_time(pattern: re.Pattern[str]) -> None:
    assert_in_time(pattern.finditer, worst(pattern))


def test_the_worst_texts_are_bad_enough_for_a_pattern_that_backtracks() -> None:
    slow = re.compile(r"[a-z]+@x")
    text = max(worst(slow), key=lambda text: seconds(slow.finditer, text[:8192]))
    assert seconds(slow.finditer, text[:8192]) > 8 * seconds(slow.finditer, text[:2048])


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_done_with_its_worst_text_in_time(kind: str) -> None:
    lines = [line for line in labelled(LABELLED) if any(mark.kind == kind for mark in line.marked)]
    pieces = {piece for line in lines for piece in (line.text, *_near_misses(line, kind))}
    assert_in_time(finders(RULES)[kind], [repeated(piece) for piece in sorted(pieces)])


def _near_misses(line: Any, kind: str) -> Iterator[str]:
    for begin, end, marked in line.marked:
        if marked == kind:
            yield f"{line.text[begin:end]} "
            yield f"{line.text[: end - 1]}\n"
