"""A corpus of real issues, one JSON value a line, as the server takes it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .server import LocalGitHub
from .shapes import Json


def rows(path: Path) -> list[Json]:
    """Return the values of a file with one JSON value a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def serve(issues: Path, comments: Path, **how: Any) -> LocalGitHub:
    """Return a server of these issues and comments, of the repository that they are from."""
    known = rows(issues)
    repo = urlsplit(known[0]["repository_url"]).path.removeprefix("/repos/")
    return LocalGitHub(issues=known, comments=rows(comments), repo=repo, **how)
