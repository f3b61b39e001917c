"""A pull in miniature: what the pull stage does with a source, without the disk."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tests.local_github import HandClock, LocalGitHub

from onrecord.contracts import Answer, Batch, Known
from onrecord.errors import SourceFailed
from onrecord.model.entry import Entry
from onrecord.sources.github_issues import GitHubIssues
from onrecord.web import Web

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def source(**fields: Any) -> GitHubIssues:
    return GitHubIssues(**{"repo": "acme/app", **fields})


def known(entries: Iterable[Entry] = (), **fields: Any) -> Known:
    return Known(**{"name": "app", "now": NOW, "entries": {entry.id: entry for entry in entries}, **fields})


def answers(*issues: Any, comments: Iterable[Any] = (), **others: Any) -> Batch:
    """Return one batch; `others` are events by `issue_NUMBER`."""
    events = (
        Answer(f"issues/{name.removeprefix('issue_')}/events", "http://test", rows) for name, rows in others.items()
    )
    return (
        Answer("issues", "http://test", list(issues)),
        *events,
        Answer("issues/comments", "http://test", list(comments)),
    )


def after(source: GitHubIssues, *batches: Batch, start: Known | None = None) -> Known:
    """Return what is known after some batches."""
    now = start or known()
    for batch in batches:
        understood = source.understand(batch, now)
        entries = {**now.entries, **{entry.id: entry for entry in understood.entries}}
        now = replace(now, entries=entries, marks=understood.marks)
    return now


@dataclass
class Puller:
    """Pulls from a local GitHub again and again, keeping what it knows."""

    github: LocalGitHub
    source: GitHubIssues
    known: Known = field(default_factory=known)
    said: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    changed: int = 0
    requests: int = 0
    failed: SourceFailed | None = None

    def pull(self, *, full: bool = False, patience: float = 600) -> "Puller":
        self.said.clear()
        self.odd.clear()
        self.changed, self.failed, before = 0, None, len(self.github.log)
        now = replace(self.known, full=full, now=self.github.clock.now())
        with Web(self.source.access(), HandClock(), patience, self.said.append) as web:
            try:
                for batch in self.source.fetch(web, now, self.said.append):
                    understood = self.source.understand(batch, now)
                    self.changed += len(understood.entries)
                    self.odd += understood.odd
                    entries = {**now.entries, **{entry.id: entry for entry in understood.entries}}
                    self.known = now = replace(now, entries=entries, marks=understood.marks)
            except SourceFailed as error:
                self.failed = error
        self.requests = len(self.github.log) - before
        return self

    def entry(self, number: int) -> Entry:
        return self.known.entries[f"app-{number}"]


def puller(github: LocalGitHub, *, token: bool = True, **fields: Any) -> Puller:
    plain = {
        "repo": github.repository.name,
        "api_url": github.url,
        "allow_private": True,
        "token": "$T",
        **fields,
    }
    return Puller(github, GitHubIssues.model_validate(plain, context={"env": {"T": "t" if token else ""}}))
