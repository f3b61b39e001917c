"""What a stage tells the person who watches: lines, and how far long work has come."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Talk(Protocol):
    """Shows progress as the place allows: bars on a terminal, plain lines in CI, nothing when asked to be quiet."""

    def say(self, line: str) -> None:
        """Show one line."""

    def track(self, items: Iterable[T], what: str, total: int | None = None) -> Iterable[T]:
        """Yield the items and show how many have passed, of how many where that is known."""
