"""A client for the local GitHub, and what the tests ask of both."""

from collections.abc import Callable
from itertools import pairwise

from pydantic import SecretStr
from tests.local_github import Asked, HandClock, LocalGitHub

from onrecord.web import Access, Closed, Reply, Web

TOKEN = "ghp_hush"
GITHUB = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
LIST = "/repos/acme/app/issues"


def unheard(line: str) -> None:
    """Take what the client says and let it go."""


def client(
    github: LocalGitHub,
    *hosts: str,
    patience: float = 3600,
    token: str | None = TOKEN,
    say: Callable[[str], None] = unheard,
    deadline: float = 5,
    proxy: str | None = None,
    closed: Closed | None = None,
) -> Web:
    """Return a client that may ask the local GitHub, and other hosts."""
    secret = SecretStr(token) if token else None
    access = Access((github.host, *hosts), secret, allow_private=True, proxy=proxy)
    return Web(access, github.clock, patience, say, deadline=deadline, largest=2**20, closed=closed)


def strict(*hosts: str) -> Web:
    """Return a client as most sources have it: nothing private, nothing but https."""
    return Web(Access(hosts, SecretStr(TOKEN)), HandClock(), 0, unheard)


def ask(web: Web, github: LocalGitHub, path: str = LIST, **params: str | int) -> Reply:
    return web.get(github.url + path, params=params, headers=GITHUB)


def slept(github: LocalGitHub) -> list[float]:
    assert isinstance(github.clock, HandClock)
    return github.clock.slept


def gaps(log: list[Asked]) -> list[float]:
    """Return the seconds between requests."""
    return [(later.at - sooner.at).total_seconds() for sooner, later in pairwise(log)]
