"""Runs workflows on this machine: their shell steps as written, against repositories on this disk."""

from .origin import Origin
from .site import TOKEN, Site, runner
from .steps import Job, Ran, workflow

__all__ = ["TOKEN", "Job", "Origin", "Ran", "Site", "runner", "workflow"]
