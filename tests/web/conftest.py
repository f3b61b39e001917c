"""A local GitHub with seven issues, and a client for it."""

from collections.abc import Iterator

import pytest
from tests.local_github import LocalGitHub, issue
from tests.web.polite import TOKEN, client

from onrecord.web import Web


@pytest.fixture
def github() -> Iterator[LocalGitHub]:
    issues = [issue(number, f"Issue {number}") for number in range(1, 8)]
    with LocalGitHub(issues=issues, token=TOKEN) as server:
        yield server


@pytest.fixture
def said() -> list[str]:
    """What the client tells its caller, line by line."""
    return []


@pytest.fixture
def web(github: LocalGitHub, said: list[str]) -> Iterator[Web]:
    with client(github, say=said.append) as web:
        yield web
