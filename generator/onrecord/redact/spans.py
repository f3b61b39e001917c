"""Where personal data stands in a text, and how much checking one text may cost."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

Span = tuple[int, int]
"""Begin and end in the text, as in `text[begin:end]`."""

BLANK = "\0"
"""Stands for every character that is no longer to be searched; no pattern matches it or reaches across it."""

_DIGITS = re.compile(r"\d\d")
CHECKS = 500
"""How many look-alikes of one kind are checked in one text."""


def checked(candidates: Iterable[re.Match[str]], check: Callable[[re.Match[str]], Span | None]) -> Iterator[Span]:
    """Yield where the check confirms a candidate.

    Checks are slow, so a text with more than 500 look-alikes of a kind loses all the others unchecked: better
    to hide too much of such a text than to wait for it.
    """
    for number, candidate in enumerate(candidates):
        span = check(candidate) if number < CHECKS else candidate.span()
        if span:
            yield span


@lru_cache(maxsize=1)  # one text is looked through by many patterns
def lines_with_numbers(text: str) -> tuple[Span, ...]:
    """Return the lines in which two digits stand together; to look for numbers in all others costs most."""
    lines: list[Span] = []
    end = 0
    while found := _DIGITS.search(text, end):
        begin, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
        end = len(text) if end < 0 else end
        lines.append((begin, end))
    return tuple(lines)


def numbers(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds, if that has two digits together, no line break, and ends where a line does."""
    for begin, end in lines_with_numbers(text):
        yield from pattern.finditer(text, begin, end)
