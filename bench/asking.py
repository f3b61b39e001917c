"""How long a pull takes when only the line is slow, and how long `onrecord --help` does."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from click import ClickException

from bench.builds import HERE, ONRECORD, made
from bench.walk import Cost, Work, in_turn, timed

COMMENTS = 6.7
"""Comments for each issue, ours and others'."""


@dataclass(frozen=True, slots=True)
class Pull:
    """One pull: what it took, and how many requests it made."""

    cost: Cost
    requests: int


def pulls(root: Path, issues: int, say: Callable[[str], None]) -> tuple[Pull, Pull]:
    """Return the pull of so many issues with all that was said on them, and the one after it."""
    with _tracker(issues, round(issues * COMMENTS)) as url:
        made("empty", root, url)
        first, second = _pull(root, url), _pull(root, url)
    if (kept := len([*root.glob("content/record/pulled/*/*/*.json")])) != issues:
        raise ClickException(f"the pull brought {kept} of {issues} issues: what it took says nothing")
    for name, pull in (("pull", first), ("second pull", second)):
        say(f"{name}: {pull.requests} requests, {pull.cost.wall:.2f} s, {pull.cost.cpu:.2f} CPU-s")
    return first, second


def helps(rounds: int, say: Callable[[str], None]) -> list[Cost]:
    """Return what `onrecord --help` took, again and again."""
    name = "onrecord --help"
    return [*in_turn([Work(name, lambda: (*ONRECORD, "--help"), HERE)], rounds, say)[name]]


def _pull(root: Path, url: str) -> Pull:
    before = _asked(url)
    cost = timed((*ONRECORD, "--quiet", "--site", str(root), "pull"), root)
    return Pull(cost, _asked(url) - before)


def _asked(url: str) -> int:
    with urlopen(f"{url}/asked") as answer:  # noqa: S310 - our own server on 127.0.0.1
        return int(answer.read())


@contextmanager
def _tracker(issues: int, comments: int) -> Iterator[str]:
    command = (sys.executable, "-m", "bench.tracker", str(issues), str(comments))
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().strip() if server.stdout else ""
        finally:
            server.terminate()
