"""Real issues of a large project, served as GitHub serves them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.local_github import LocalGitHub
from tests.local_github.corpus import serve
from tests.pull.pulled import TOKEN

FOLDER = Path(os.environ.get("ONRECORD_CORPORA", "")) / "github-issues"

needs_corpora = pytest.mark.skipif(
    "ONRECORD_CORPORA" not in os.environ, reason="ONRECORD_CORPORA does not name a folder of real material"
)


@contextmanager
def real_issues(*, token: bool = True) -> Iterator[LocalGitHub]:
    """Serve 600 issues and pull requests with 2,680 comments."""
    with serve(FOLDER / "issues.jsonl", FOLDER / "comments.jsonl", token=TOKEN if token else None) as github:
        yield github
