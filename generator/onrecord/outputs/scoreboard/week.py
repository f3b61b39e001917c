"""The working hours as they are printed beside the figures that count them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from onrecord.model.targets import Week
from onrecord.press import Press


@dataclass(frozen=True, slots=True)
class Hours:
    """The working hours in words: the clock, the days with their hours, and the days off."""

    zone: str
    days: tuple[str, ...]
    days_off: tuple[str, ...]


def week_in_words(week: Week, press: Press) -> Hours:
    """Return the working hours, days in a row that have the same hours together: `Mon–Fri 09:00–18:00`."""
    off = tuple(press.language.date(day) for day in sorted(week.days_off))
    return Hours(week.zone, tuple(_days(week, press)), off)


def _days(week: Week, press: Press) -> Iterator[str]:
    for openings, group in groupby(range(7), week.openings):
        days = [press.language.weekday(number) for number in group]
        named = days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"
        if openings:
            yield f"{named} {', '.join(f'{opens:%H:%M}–{_end(closes)}' for opens, closes in openings)}"


def _end(closes: time) -> str:
    return f"{closes:%H:%M}" if closes != time() else "24:00"
