"""Runs workflows on this machine: their shell steps as written, against repositories on this disk."""

from .origin import Origin
from .steps import Job, Ran, workflow

__all__ = ["Job", "Origin", "Ran", "workflow"]
