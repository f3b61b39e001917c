"""The source `github-releases`: what one GitHub repository released, as announcements."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.contracts import Answer, Batch, Known, Say, Understood
from onrecord.sources.github.saved import SAVED, saved_rows
from onrecord.sources.github_releases.settings import ReleasesSettings
from onrecord.sources.github_releases.understand import understand

if TYPE_CHECKING:
    from onrecord.web import Web

__all__ = ["GitHubReleases"]


class GitHubReleases(ReleasesSettings):
    """Releases of one GitHub repository: each announces a version, and ends the wait for what was fixed in it."""

    @property
    def title(self) -> str:
        """Return what readers know the place as."""
        return f"GitHub releases, {self.repo}" if self.link else "GitHub releases"

    @property
    def address(self) -> str | None:
        """Return where readers find the releases."""
        return self.web_url if self.link else None

    def fetch(self, web: "Web", known: Known, say: Say) -> Iterator[Batch]:
        """Yield batches of answers; raises `SourceFailed` when GitHub cannot be read."""
        from onrecord.sources.github_releases.fetch import fetch

        return fetch(self, web, known, say)

    def load(self, text: str) -> Iterator[Batch]:
        """Yield a batch from saved releases; raises `ValueError` on a text it cannot use.

        It leaves no marks, since nobody knows what is left out: the next pull from the network reads everything.
        """
        yield (Answer("releases", SAVED, list(saved_rows(text, {"tag_name"}, "no release"))),)

    def understand(self, batch: Batch, known: Known) -> Understood:
        """Return what a batch means, given what is known."""
        return understand(self, batch, known)
