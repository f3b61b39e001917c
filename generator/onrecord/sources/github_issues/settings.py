"""The settings of a `github-issues` source: which repository, which issues, what they become."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from onrecord.model.scalars import Line, Slug, Url
from onrecord.sources.settings import SourceSettings

TRACKING_LABEL = "onrecord-source"
"""Marks the one issue in which `onrecord report` says that a source failed; it is never on record."""


def _check_repo(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+/(?!\.\.?$)[A-Za-z0-9._-]+", value, re.ASCII):
        raise ValueError('this is not a repository: write "owner/name", like "acme/app"')
    return value


Repo = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_check_repo)]


class GitHubSettings(SourceSettings):
    """Which issues of one GitHub repository go on record, and as what."""

    type: Literal["github-issues"] = Field("github-issues", description="what kind of source this is")
    repo: Repo = Field(description="the repository, as `owner/name`")
    labels: tuple[Line, ...] = Field(
        (), description="an issue must carry all of these to go on record; none means every closed issue"
    )
    known_issue_labels: tuple[Line, ...] = Field(
        (), description="any of these makes an issue a known issue, on record while it is still open"
    )
    incident_labels: tuple[Line, ...] = Field(
        (), description="any of these makes an issue an incident, on record while it is still open"
    )
    component_labels: dict[Slug, Line] = Field(
        {}, description='components by the label that names each, like `payments: "area: payments"`'
    )
    api_url: Url = Field(
        "https://api.github.com",
        description="where GitHub's REST API is; for GitHub Enterprise `https://HOST/api/v3`",
    )
    link: bool = Field(
        True,
        description="false for a private tracker: no address of it is published, but what members write still is",
    )
    titles: Literal["source", "overlay"] = Field(
        "source",
        description="`overlay` publishes `Issue 12` until an entry of yours with the same id gives it a title",
    )

    @property
    def api(self) -> str:
        """Return where the repository is in the API."""
        return f"{self.api_url.rstrip('/')}/repos/{self.repo}"

    @property
    def web_url(self) -> str:
        """Return where people read the repository's issues."""
        parts = urlsplit(self.api_url)
        host = "github.com" if parts.netloc == "api.github.com" else parts.netloc
        return f"{parts.scheme}://{host}/{self.repo}/issues"
