"""The source `feed`: the brand's own news from RSS, Atom or JSON Feed, by web or from a file of the site."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.contracts import Answer, Batch, Known, Say, Understood
from onrecord.errors import SourceFailed
from onrecord.sources.feed.encoding import Document
from onrecord.sources.feed.read import read
from onrecord.sources.feed.settings import FeedSettings
from onrecord.sources.feed.understand import understand

if TYPE_CHECKING:
    from onrecord.web import Access, Web

__all__ = ["Feed"]


class Feed(FeedSettings):
    """The items of one feed of the brand's own: its announcements, or its notes about fixes."""

    @property
    def title(self) -> str:
        """Return what readers know the place as."""
        return f"Feed, {self.host}" if self.host and self.link else "Feed"

    @property
    def address(self) -> str | None:
        """Return where readers find the feed."""
        return self.url if isinstance(self.url, str) and self.link else None

    def access(self) -> "Access":
        """Return what the web client may do: ask the feed's host."""
        from onrecord.web import Access

        return Access(
            hosts=(self.host,) if self.host else (),
            token=self.token,
            allow_private=self.allow_private,
            ca_file=self.ca_file,
            proxy=self.proxy,
        )

    def fetch(self, web: "Web", known: Known, say: Say) -> Iterator[Batch]:
        """Yield the feed, if it may have changed; raises `SourceFailed` when it cannot be had."""
        from onrecord.sources.feed.fetch import fetch

        return fetch(self, web, known)

    def load(self, text: str) -> Iterator[Batch]:
        """Yield a saved feed; raises `ValueError` on a text that is none."""
        where = self.address or "the saved feed"
        document = Document(text.encode(), "charset=utf-8")
        try:
            read(document, where)
        except SourceFailed as error:
            raise ValueError(error.problems[0].what) from None
        yield (Answer("feed", where, document),)

    def understand(self, batch: Batch, known: Known) -> Understood:
        """Return what the items mean, given what is known."""
        return understand(self, batch, known)
