"""How many comments on each issue are still to come, so that an entry can be written when it is whole."""

from collections.abc import Iterable
from typing import Any


class Owed:
    """Counts the comments on issues as they come, by what the list of issues says of how many there are.

    It is a guess: a comment may be deleted or written meanwhile, or stand in a row that cannot be read.
    """

    def __init__(self) -> None:
        """Know of no issue yet."""
        self._left: dict[str, int] = {}
        self._whole: list[int] = []
        self._page: frozenset[Any] = frozenset()

    def expect(self, number: int, comments: int) -> None:
        """Take down that an issue has so many comments."""
        if comments > 0:
            self._left[str(number)] = comments
        else:
            self._whole.append(number)

    def whole_with(self, page: Iterable[Any]) -> list[int]:
        """Return the numbers of the issues to which nothing more will come after this page of comments.

        A page may begin with rows of the one before it.
        """
        try:
            told = [row["issue_url"].rpartition("/")[2] for row in page if row["id"] not in self._page]
            self._page = frozenset(row["id"] for row in page)
        except (TypeError, KeyError, AttributeError):  # of an odd row
            told = []
        for number in told:
            if left := self._left.get(number):
                self._left[number] = left - 1
                if left == 1:
                    self._whole.append(int(number))
        whole, self._whole = self._whole, []
        return whole
