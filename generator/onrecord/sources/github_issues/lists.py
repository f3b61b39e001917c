"""Reading GitHub's lists to their end, page by page.

Why by time and not by page number: docs/design/github-issues.md.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError

from onrecord.model.scalars import Moment, write_moment
from onrecord.sources.github.lists import Lists, Params, onward
from onrecord.sources.github_issues.rows import Dated
from onrecord.sources.rows import read
from onrecord.web import Reply

_MOMENTS = TypeAdapter(list[Moment])
_LAST = re.compile(r'[?&]page=(\d+)[^<>]*>; *rel="?last\b')


class IssueLists(Lists):
    """The lists of one repository that are sorted by time too."""

    def by_time(self, path: str, params: Params) -> Iterator[Reply]:
        """Return the pages of a list that is sorted by `updated`, oldest first; rows may come twice.

        The next page is where the link says if that carries a cursor. A page number shifts when a row moves, so
        then the next page starts with the moment of the last row, unless other rows share it.
        """
        return onward(self._by_time(path, params))

    def _by_time(self, path: str, params: Params) -> Iterator[Reply]:
        reply = self.first(path, params)
        yield reply
        while reply.next_url:
            since = _sharp_end(reply)
            if since is None:
                reply = self.get(reply.next_url)
            else:
                # The answer's own address: the repository may have been renamed.
                reply = self.get(reply.url.partition("?")[0], {**params, "since": since})
            yield reply


def pages(reply: Reply) -> int | None:
    """Return how many pages a list has, by its first one; nothing when GitHub does not say."""
    if not reply.next_url:
        return 1
    found = _LAST.search(reply.headers.get("link", ""))
    return int(found[1]) if found else None


def count(reply: Reply) -> int | None:
    """Return how many rows a list has, by its first page of at most one row; nothing when GitHub does not say."""
    return pages(reply) if reply.next_url else len(read(Dated, reply.json(), reply.url).whole)


def newest_moment(reply: Reply) -> str:
    """Return when the row of a page that moved last did so, as the record writes it; empty without rows."""
    moments = _moments(reply)
    return write_moment(max(moments)) if moments else ""


@lru_cache(maxsize=1)  # a page is asked twice: how far it is read by it, and where the next one begins
def _moments(reply: Reply) -> list[datetime]:
    try:  # all at once: nothing is asked for meanwhile
        return _MOMENTS.validate_python([row["updated_at"] for row in reply.json()])
    except (TypeError, KeyError, ValidationError):  # of an odd row, which is left out
        return [row.updated_at for row in read(Dated, reply.json(), reply.url).read]


def _sharp_end(reply: Reply) -> str | None:
    """Return the last row's moment if it is later than every other row's and no cursor does better."""
    if "after=" in (reply.next_url or ""):
        return None
    moments = _moments(reply)
    sharp = len(moments) > 1 and moments[-1] > max(moments[:-1])
    return write_moment(moments[-1]) if sharp else None
