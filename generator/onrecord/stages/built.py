"""What a build is asked for, and what it wrote."""

from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import Problem
from onrecord.site_folder import Published
from onrecord.stages.inputs import Inputs
from onrecord.stages.scan import Secrets
from onrecord.worker.messages import LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: afresh, without writing, for which address, at what cost of a text, and without which secrets.

    `inputs` is all that the site is made from, as it was looked at before any of it was read; see `rest`.
    """

    clean: bool = False
    dry_run: bool = False
    deploy_url: str | None = None
    limits: Limits = LIMITS
    inputs: Inputs | None = None
    secrets: Secrets = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote, and the problems of entries that it had to leave out."""

    published: Published
    entries: int
    left_out: int
    out: Path
    problems: tuple[Problem, ...]
    dry_run: bool = False

    @property
    def summary(self) -> str:
        """Return one line for people."""
        site = self.published
        would = "would be " if self.dry_run else ""
        changed = f"{site.written} {would}written, {site.deleted} {would}deleted"
        entries = "1 entry" if self.entries == 1 else f"{self.entries} entries"
        if self.left_out:
            entries += f", {self.left_out} left out"
        return f"{entries}, {site.total} files ({changed}) in {self.out}"
