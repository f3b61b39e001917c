"""Folded updates: they lie elsewhere until somebody asks for them, since a long record has more words than memory."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol, overload

from onrecord.model.parts import Update


class Place(Protocol):
    """Has folded updates, by where they begin and how many bytes they are."""

    def unfold(self, begin: int, size: int) -> tuple[Update, ...]:
        """Return the updates."""

    def packed(self, begin: int, size: int) -> bytes:
        """Return the bytes as which they lie there."""


class Folded(Sequence[Update]):
    """The updates of an entry, at least one, of which only two moments are in memory.

    Whatever is asked of them is asked of the whole, which is read each time. They are equal to the tuple that they
    stand for, and are pickled and written as it.
    """

    __slots__ = ("_begin", "_place", "_size", "latest", "newest")

    def __init__(self, place: Place, begin: int, size: int, newest: datetime, latest: datetime) -> None:
        """Stand for what lies at a place; `newest` and `latest` are as `newest_of` and `latest_of` tell them."""
        self._place, self._begin, self._size = place, begin, size
        self.newest, self.latest = newest, latest

    @property
    def packed(self) -> bytes:
        """Return the bytes as which they lie there."""
        return self._place.packed(self._begin, self._size)

    def whole(self) -> tuple[Update, ...]:
        """Return all of them."""
        return self._place.unfold(self._begin, self._size)

    @overload
    def __getitem__(self, which: int) -> Update: ...

    @overload
    def __getitem__(self, which: slice) -> tuple[Update, ...]: ...

    def __getitem__(self, which: int | slice) -> Update | tuple[Update, ...]:
        """Return one, or some."""
        return self.whole()[which]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.whole())

    def __bool__(self) -> bool:
        """Tell that there are any."""
        return True

    def __iter__(self) -> Iterator[Update]:
        """Yield each, the oldest first."""
        return iter(self.whole())

    def __reversed__(self) -> Iterator[Update]:
        """Yield each, the newest first."""
        return reversed(self.whole())

    def __eq__(self, other: object) -> bool:
        """Tell whether others are the same."""
        return self.whole() == tuple(other) if isinstance(other, tuple | Folded) and other else False

    def __repr__(self) -> str:
        """Return them in words."""
        return repr(self.whole())

    def __reduce__(self) -> tuple[Any, ...]:
        """Let them be pickled, and copied, as the tuple that they are."""
        return tuple, (list(self),)


def whole(updates: Sequence[Update]) -> tuple[Update, ...]:
    """Return updates as they are when nothing is folded."""
    return updates.whole() if isinstance(updates, Folded) else tuple(updates)


def newest_of(updates: Sequence[Update]) -> datetime:
    """Return when the last of some updates, which stand in the order of their times, was said."""
    return updates.newest if isinstance(updates, Folded) else updates[-1].at


def latest_of(updates: Sequence[Update]) -> datetime:
    """Return the latest moment that some updates name, promises included."""
    if isinstance(updates, Folded):
        return updates.latest
    return max(moment for update in updates for moment in (update.at, update.next_update_at) if moment)
