"""Texts made to keep a pattern busy: what it almost matches, over and over, spelled from the pattern itself."""

import re
from collections.abc import Iterator
from typing import Any

SIZE = 64 * 1024
_CATEGORIES = {"DIGIT": "1", "NOT_DIGIT": "a", "SPACE": " ", "NOT_SPACE": "a", "WORD": "a", "NOT_WORD": "-"}
_FEW, _MANY = 1, 40


def worst(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield texts of 64 KB: for each way through the pattern matches, near misses and beginnings, repeated."""
    spelled = {way for way in _ways(re._parser.parse(pattern.pattern, pattern.flags)) if way}  # type: ignore[attr-defined]
    for way in sorted(spelled):
        for piece in (way, f"{way} ", f"{way[:-1]}\n", way[: len(way) // 2 + 1]):
            yield repeated(piece)
    for sign in sorted(set("".join(spelled))):
        yield repeated(sign)


def repeated(piece: str) -> str:
    """Return 64 KB of a piece."""
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def _ways(tree: Any) -> Iterator[str]:
    most = max(_branches(tree), default=1)
    for number in range(most):
        for length in (_FEW, _MANY):
            yield _spelled(tree, number, length)


def _branches(tree: Any) -> Iterator[int]:
    for part in _parts(tree):
        if isinstance(part, tuple) and str(part[0]) == "BRANCH":
            yield len(part[1][1])


def _parts(tree: Any) -> Iterator[Any]:
    yield tree
    if isinstance(tree, (tuple, list, re._parser.SubPattern)):  # type: ignore[attr-defined]
        for part in tree:
            yield from _parts(part)


def _spelled(tree: Any, number: int, length: int) -> str:
    return "".join(_part(str(what), value, number, length) for what, value in tree)


def _part(what: str, value: Any, number: int, length: int) -> str:
    match what:
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL" | "ANY":
            return "a" if value != ord("a") else "b"
        case "IN":
            return _one_of(value)
        case "BRANCH":
            return _spelled(value[1][number % len(value[1])], number, length)
        case "SUBPATTERN":
            return _spelled(value[3], number, length)
        case "ATOMIC_GROUP":
            return _spelled(value, number, length)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            fewest, most, again = value
            return _spelled(again, number, length) * max(fewest, min(int(most), length))
        case "GROUPREF" | "ASSERT" | "ASSERT_NOT" | "AT":
            return ""
        case _:
            raise NotImplementedError(what)


def _one_of(choices: Any) -> str:
    excluded = str(choices[0][0]) == "NEGATE"
    kind, value = choices[-1]
    if excluded:
        return "a"
    match str(kind):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(value[0])
        case _:
            return _CATEGORIES[str(value).removeprefix("CATEGORY_").removeprefix("UNI_")]
