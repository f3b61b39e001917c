"""What a stage tells the person who watches: lines, and how far long work has come."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


def unknown() -> None:
    """Return that nobody knows how much is to come."""


class Talk(Protocol):
    """Shows progress as the place allows: bars on a terminal, plain lines in CI, nothing when asked to be quiet."""

    def say(self, line: str) -> None:
        """Show one line."""

    def track(self, items: Iterable[T], what: str, total: Callable[[], int | None] = unknown) -> Iterable[T]:
        """Yield the items and show how many have passed, and where that is known, of how many and for how long."""
