"""When to ask again, as the answer itself says it; and the clock that waits."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from pydantic import SecretStr

LONGEST = 30 * 86400.0  # a longer wait is a mistake of the host, and would overflow a date
MINUTE = 60.0


Closed = dict[tuple[str, SecretStr | None], datetime]
"""Until when a host wants nothing more from who asks with a token, or with none."""


class Clock(Protocol):
    """The hour, and sleep."""

    def now(self) -> datetime:
        """Return the moment, with its zone."""

    def sleep(self, seconds: float) -> None:
        """Return after so many seconds."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


@dataclass(frozen=True)
class Pause:
    """When a question may be asked again.

    `seconds` is the wait that the host named; where it named none, `first` is the first of waits that double.
    `asked` says that the host wants us to wait: then it did nothing yet, and even a POST may be sent again.
    """

    seconds: float | None = None
    first: float = 1.0
    asked: bool = False

    def wait(self, attempt: int) -> float:
        """Return the seconds to wait after the so-manyth attempt."""
        return self.first * 2.0 ** (attempt - 1) if self.seconds is None else self.seconds


def pause(status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> Pause | None:
    """Return when to ask again after a refusal, or None when asking again cannot help.

    The order is GitHub's: `retry-after`, else the reset when nothing remains, else a minute and then longer.
    """
    limited = status == 429 or (status == 403 and b"rate limit" in body.lower())
    if status in (403, 429) and headers.get("x-ratelimit-remaining") == "0":
        limited, reset = True, _reset(headers, now)
    else:
        reset = None
    if not limited and status not in (403, 408, 500, 502, 503, 504):
        return None
    named = _retry_after(headers, now)
    if named is None:
        named = reset
    if named is not None or limited:
        return Pause(named, MINUTE, asked=True)
    return None if status == 403 else Pause()


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    value = headers.get("retry-after", "").strip()
    if re.fullmatch("[0-9]{1,12}", value):
        return min(float(value), LONGEST)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return _until(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now)


def _reset(headers: Mapping[str, str], now: datetime) -> float | None:
    value = headers.get("x-ratelimit-reset", "").strip()
    if not re.fullmatch("[0-9]{1,11}", value):
        return None
    # One second more: the reset is a whole second, and clocks differ.
    return _until(datetime.fromtimestamp(int(value), UTC), now) + 1


def _until(moment: datetime, now: datetime) -> float:
    return min(max((moment - now).total_seconds(), 0.0), LONGEST)
