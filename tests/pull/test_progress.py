"""A long pull says how much is left, from its first answers on."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tests.local_github import LocalGitHub, comment, issue
from tests.pull.conftest import Serve
from tests.pull.pulled import Pulled

from onrecord.cli.terminal import Terminal
from onrecord.stages.gather import open_folder
from onrecord.stages.pull import Options, pull
from onrecord.web import Web

T = TypeVar("T")


class Watching(Terminal):
    """Notes after each batch of how many there are said to be."""

    def __init__(self) -> None:
        super().__init__(quiet=True)
        self.totals: list[int | None] = []

    def track(self, items: Iterable[T], what: str, total: Callable[[], int | None]) -> Iterator[T]:
        for item in items:
            yield item
            self.totals.append(total())


def watched(pulled: Pulled, github: LocalGitHub) -> list[int | None]:
    talk = Watching()
    folder = open_folder(pulled.site.root, os.environ)
    pull(folder, lambda access: Web(access, github.clock, 60, talk.say), github.clock, Options(), talk)
    return talk.totals


def test_the_first_pull_knows_from_its_first_batch_on_how_many_come(pulled: Pulled, serve: Serve) -> None:
    issues = [issue(number, f"Number {number}", state="closed") for number in range(1, 351)]
    said = [
        comment(number, number % 350 + 1, "We fixed it.", author_association="MEMBER") for number in range(1, 551)
    ]
    github = serve(issues=issues, comments=said)
    pulled.settings(app=pulled.source(github))
    first = watched(pulled, github)
    assert len(set(first)) == 1, "it is the same from the beginning"
    assert first[0] is not None
    assert abs(first[0] - len(first)) <= 2
    assert set(watched(pulled, github)) <= {None}, "what is short needs no forecast"
