"""On Record: a public response log and status page."""

from importlib.metadata import version

__version__ = version("onrecord")
