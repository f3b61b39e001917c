"""The polite HTTP client: asks only where it may, ends in time, waits when told to, and leaks no secret."""

from onrecord.web.client import Web
from onrecord.web.limits import Clock, Closed, SystemClock
from onrecord.web.values import Access, Reply, WaitTooLong, WebError

__all__ = ["Access", "Clock", "Closed", "Reply", "SystemClock", "WaitTooLong", "Web", "WebError"]
