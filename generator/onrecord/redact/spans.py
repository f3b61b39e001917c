"""Where personal data stands in a text, and how much checking one text may cost."""

import re
from collections.abc import Callable, Iterable, Iterator

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


def lines_with_numbers(text: str) -> Iterator[Span]:
    """Yield the lines in which two digits stand together; looking for names of numbers in all others costs most."""
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        if _DIGITS.search(text, begin, end):
            yield begin, end
        begin = end + 1
