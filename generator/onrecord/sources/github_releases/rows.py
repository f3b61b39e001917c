"""The rows of GitHub's list of releases, as far as On Record looks at them."""

from typing import Any

from onrecord.model.scalars import Moment
from onrecord.sources.github.people import Account, link_of
from onrecord.sources.github.standing import Number
from onrecord.sources.rows import Row


class ReleaseRow(Row):
    """A release as the list gives it; drafts come in the same list for who may write to the repository."""

    id: Number
    tag_name: str
    name: str | None = None
    body: str | None = None
    draft: bool = False
    prerelease: bool = False
    author: Account | None = None
    html_url: Any = None
    created_at: Moment
    published_at: Moment | None = None

    @property
    def link(self) -> str | None:
        """Return where readers find it, if that is an address that may be linked to."""
        return link_of(self.html_url)
