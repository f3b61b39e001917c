"""The small GitHub of the pulls, and a site that pulls from it."""

from tests.pull.conftest import github as github
from tests.pull.conftest import pulled as pulled
from tests.pull.conftest import serve as serve
