"""A strict GitHub on 127.0.0.1 for the tests: see README.md."""

from . import faults
from .clock import HandClock
from .server import Asked, LocalGitHub
from .shapes import comment, issue, label, milestone, release, user

__all__ = ["Asked", "HandClock", "LocalGitHub", "comment", "faults", "issue", "label", "milestone", "release", "user"]
