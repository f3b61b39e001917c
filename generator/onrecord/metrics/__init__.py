"""How well we answer: pure functions over what is on record."""

from onrecord.metrics.figures import is_trouble
from onrecord.metrics.pace import Pace, pace, raised_at, waited, was_raised
from onrecord.metrics.promises import GRACE, Promise, promise

__all__ = ["GRACE", "Pace", "Promise", "is_trouble", "pace", "promise", "raised_at", "waited", "was_raised"]
