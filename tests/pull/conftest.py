"""A small GitHub with something of everything, and a site that pulls from it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from tests.local_github import LocalGitHub, comment, issue, milestone, user
from tests.own_site import Site
from tests.pull.pulled import TOKEN, Pulled

Serve = Callable[..., LocalGitHub]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start local GitHubs; `serve(issues=…, comments=…)`."""
    with ExitStack() as stack:
        yield lambda **repository: stack.enter_context(LocalGitHub(**{"token": TOKEN, **repository}))


@pytest.fixture
def github(serve: Serve) -> LocalGitHub:
    """A closed issue with answers, two open ones that are marked, one that is not, and a pull request."""
    return serve(**everything())


@pytest.fixture
def pulled(site: Site, github: LocalGitHub, monkeypatch: pytest.MonkeyPatch) -> Pulled:
    """A site with the source `app`, which reads that GitHub with its token."""
    monkeypatch.setenv("APP_TOKEN", TOKEN)
    pulled = Pulled(site)
    pulled.settings(app=pulled.source(github))
    return pulled


def everything() -> dict[str, Any]:
    planned = milestone("3.0", number=2)
    fixed = milestone("2.4.1", closed_at="2026-11-05T10:00:00Z")
    issues = [
        issue(1, "Card refused", closed_at="2026-11-04T10:00:00Z", milestone=fixed, comments=3, body="OUTSIDE-1"),
        issue(2, "Slow on old phones", labels=["known-issue"], body="OUTSIDE-2", milestone=planned),
        issue(3, "Sign-in fails", labels=["incident"], user="ana", author_association="MEMBER", body="OFFICIAL-3"),
        issue(4, "How do I pay?", body="OUTSIDE-4"),
        issue(5, "Fix the card", pull_request=True, closed_at="2026-11-04T09:00:00Z", body="PULL-REQUEST-5"),
    ]
    comments = [
        comment(11, 1, "OUTSIDE-11: me too.", user="customer", author_association="NONE"),
        comment(12, 1, "OFFICIAL-12: we are on it.", created_at="2026-11-02T10:00:00Z"),
        comment(13, 1, "OUTSIDE-13: a program's words.", user=user("ci[bot]", kind="Bot")),
        comment(14, 5, "PULL-REQUEST-14: looks good."),
        comment(15, 4, "OFFICIAL-15: in the settings."),
    ]
    return {"issues": issues, "comments": comments}
