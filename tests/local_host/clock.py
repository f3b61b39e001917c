"""A clock that is moved by hand: whoever sleeps by it moves it."""

from datetime import UTC, datetime, timedelta


class HandClock:
    """Fits wherever the program takes a clock, and the server's; `slept` lists every sleep in seconds."""

    def __init__(self, now: datetime = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)) -> None:
        self._now = now
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.move(seconds)

    def move(self, seconds: float) -> None:
        """Let time pass without anybody sleeping."""
        self._now += timedelta(seconds=seconds)


def stamp(moment: datetime) -> str:
    """Return a moment as GitHub writes it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def epoch(moment: datetime) -> int:
    """Return a moment as seconds, as limits name it."""
    return int(moment.astimezone(UTC).timestamp())
