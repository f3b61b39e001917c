"""The rows of GitHub's answers, as far as On Record looks at them: whatever else they hold is passed over."""

import re
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator

from onrecord.model.scalars import Moment
from onrecord.sources.github.people import Account, link_of
from onrecord.sources.github.standing import Number
from onrecord.sources.rows import Row

_NUMBER = re.compile(r"\d{1,15}", re.ASCII)


def _names(labels: object) -> object:
    """Return the names of labels, which may be plain or whole; anything else as it is, to be refused."""
    if labels is None:
        return ()
    if not isinstance(labels, list | tuple):
        return labels
    return tuple(label.get("name") or "" if isinstance(label, dict) else label for label in labels)


class Dated(Row):
    """A row that changes, and when it last did."""

    updated_at: Moment


class Label(Row):
    """A label of the repository."""

    name: str


class Post(Dated):
    """What an issue and a comment share: someone wrote something at some time."""

    user: Account | None = None
    author_association: str | None = None
    body: str | None = None
    html_url: Any = None
    created_at: Moment

    @property
    def link(self) -> str | None:
        """Return where readers find it, if that is an address that may be linked to."""
        return link_of(self.html_url)


class Milestone(Row):
    """The version that an issue is planned for or was fixed in."""

    title: str | None = None


class IssueRow(Post):
    """An issue as the list gives it; pull requests come in the same list."""

    number: Number
    title: str | None = None
    state: str = "open"
    state_reason: str | None = None
    closed_at: Moment | None = None
    labels: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()
    milestone: Milestone | None = None
    comments: int = 0
    pull_request: Any = None

    @property
    def closed(self) -> bool:
        """Tell whether the issue is closed."""
        return self.state == "closed"

    def carries(self, labels: Iterable[str]) -> list[bool]:
        """Tell for each label whether the issue carries it; GitHub does not look at capitals."""
        mine = {label.casefold() for label in self.labels}
        return [label.casefold() in mine for label in labels]


class CommentRow(Post):
    """A comment on an issue or pull request."""

    id: int
    issue_url: str = ""

    @property
    def number(self) -> int | None:
        """Return the number of the issue that it is on, when its address ends in one."""
        tail = self.issue_url.rpartition("/")[2]
        return int(tail) if _NUMBER.fullmatch(tail) else None


class EventRow(Row):
    """Something that happened to an issue, like `closed` or `reopened`."""

    event: str | None = None
    created_at: Moment | None = None
    state_reason: str | None = None
