"""The polite HTTP client: asks only where it may, ends in time, waits when told to, and leaks no secret."""

from onrecord.web.client import Web
from onrecord.web.limits import Clock, SystemClock
from onrecord.web.values import Access, Reply, WaitTooLong, WebError

__all__ = ["Access", "Clock", "Reply", "SystemClock", "WaitTooLong", "Web", "WebError"]
