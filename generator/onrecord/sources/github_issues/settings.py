"""The settings of a `github-issues` source: which repository, which issues, what they become."""

from typing import Literal

from pydantic import Field

from onrecord.model.scalars import Line, Slug
from onrecord.sources.github.settings import RepositorySettings

FAILED_LABEL = "onrecord-source"
"""Marks the one issue in which `onrecord report` says that a source failed."""

WAITING_LABEL = "onrecord-triage"
"""Marks the one issue in which `onrecord triage --issue` says what waits for an answer."""

TRACKING_LABELS = (FAILED_LABEL, WAITING_LABEL)
"""Mark what we tell ourselves: it is never on record."""


class GitHubSettings(RepositorySettings):
    """Which issues of one GitHub repository go on record, and as what."""

    type: Literal["github-issues"] = Field("github-issues", description="what kind of source this is")
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
    released_by: Slug | None = Field(
        None,
        description="a source of type `github-releases`: an issue that is closed as done in a milestone is not yet "
        "released until one of its releases carries the milestone's name",
    )
    titles: Literal["source", "overlay"] = Field(
        "source",
        description="`overlay` publishes `Issue 12` until an entry of yours with the same id gives it a title",
    )

    @property
    def web_url(self) -> str:
        """Return where people read the repository's issues."""
        return f"{self.web}/issues"
