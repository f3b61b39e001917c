"""The source `github-issues`: closed issues, known issues and incidents of one GitHub repository."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.contracts import Batch, Known, Say, Understood
from onrecord.sources.github_issues.load import load
from onrecord.sources.github_issues.settings import GitHubSettings
from onrecord.sources.github_issues.understand import understand

if TYPE_CHECKING:
    from onrecord.web import Web

__all__ = ["GitHubIssues"]


class GitHubIssues(GitHubSettings):
    """Issues of one GitHub repository: what was raised there, what members answered, how it ended."""

    @property
    def title(self) -> str:
        """Return what readers know the place as."""
        return f"GitHub, {self.repo}" if self.link else "GitHub"

    @property
    def address(self) -> str | None:
        """Return where readers find the issues."""
        return self.web_url if self.link else None

    def fetch(self, web: "Web", known: Known, say: Say) -> Iterator[Batch]:
        """Yield batches of answers, oldest news first; raises `SourceFailed` when GitHub cannot be read."""
        from onrecord.sources.github_issues.fetch import fetch

        return fetch(self, web, known, say)

    def load(self, text: str) -> Iterator[Batch]:
        """Yield batches from saved answers; raises `ValueError` on a text it cannot use."""
        return load(text)

    def understand(self, batch: Batch, known: Known) -> Understood:
        """Return what a batch means, given what is known."""
        return understand(self, batch, known)
