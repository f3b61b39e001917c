"""The settings of a `github-releases` source: which repository, and whether pre-releases count."""

from typing import Literal

from pydantic import Field

from onrecord.sources.github.settings import RepositorySettings


class ReleasesSettings(RepositorySettings):
    """Which releases of one GitHub repository are announced."""

    type: Literal["github-releases"] = Field("github-releases", description="what kind of source this is")
    prereleases: bool = Field(False, description="true announces pre-releases too; drafts never go on record")

    @property
    def web_url(self) -> str:
        """Return where people read the repository's releases."""
        return f"{self.web}/releases"
