"""What people who do not speak for the brand wrote below an issue: when and where, never who or what."""

from collections.abc import Iterable

from onrecord.model.entry import Entry
from onrecord.model.parts import Post, first_and_last
from onrecord.sources.github_issues.lifeline import VENUE
from onrecord.sources.github_issues.rows import CommentRow
from onrecord.sources.github_issues.settings import GitHubSettings
from onrecord.sources.rows import text_of


def posts_of(entry: Entry) -> tuple[Post, ...]:
    """Return what others wrote about an entry, of whichever kind an issue makes."""
    posts: tuple[Post, ...] = getattr(entry, "others", ())
    return posts


def with_posts(entry: Entry, posts: Iterable[Post]) -> Entry:
    """Return an entry about which others wrote these posts, in whatever order they come."""
    return entry.model_copy(update={"others": first_and_last(posts)})


def post_in(settings: GitHubSettings, row: CommentRow) -> Post | None:
    """Return a comment as a post, or nothing when no person wrote any words, or readers cannot go and see it.

    No person is left of a deleted account, but it was one.
    """
    silent = (row.user and row.user.bot) or not text_of(row.body).strip()
    url = row.link if settings.link else None
    return None if silent or url is None else Post(at=row.created_at, venue=VENUE, url=url)
