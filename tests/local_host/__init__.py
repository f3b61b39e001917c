"""Any host on 127.0.0.1, with every fault by name and a clock that is moved by hand."""

from . import faults
from .clock import HandClock
from .host import Asked, LocalHost

__all__ = ["Asked", "HandClock", "LocalHost", "faults"]
