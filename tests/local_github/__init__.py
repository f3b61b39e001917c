"""A strict GitHub on 127.0.0.1 for the tests: see README.md."""

from tests.local_host import Asked, HandClock, faults

from .server import LocalGitHub
from .shapes import comment, issue, label, milestone, release, user

__all__ = ["Asked", "HandClock", "LocalGitHub", "comment", "faults", "issue", "label", "milestone", "release", "user"]
