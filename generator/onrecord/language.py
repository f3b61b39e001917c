"""One language of the interface: its words by gettext, its dates and lengths of time by CLDR."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton, get_day_names
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "onrecord"


def mark(text: str) -> str:
    """Return the text as it is: marks it for the catalogue where it is only looked up later."""
    return text


@dataclass(frozen=True)
class Language:
    """Says things in one language, and times in the site's zone."""

    code: str
    zone: ZoneInfo
    _locale: Locale = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look the language up once."""
        object.__setattr__(self, "_locale", Locale.parse(self.code, sep="-"))

    @cached_property
    def catalogue(self) -> NullTranslations:
        """Return the catalogue of this language; English is what the code itself says."""
        found: NullTranslations = Translations.load(LOCALES, [str(self._locale)], DOMAIN)
        return found

    @property
    def direction(self) -> str:
        """Return `ltr` or `rtl`."""
        return str(self._locale.text_direction)

    @cached_property
    def with_territory(self) -> str:
        """Return `en_US`: the language with the country that is most likely meant, as Open Graph wants it."""
        likely = get_global("likely_subtags").get(str(self._locale), str(self._locale))
        found = Locale.parse(likely)
        return f"{found.language}_{found.territory}" if found.territory else found.language

    def say(self, text: str, **values: object) -> str:
        """Return a text of the interface in this language, its `%(name)s` filled in."""
        words: str = self.catalogue.gettext(text)
        return words % values if values else words

    def number(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of a text that fits a number; `%(num)s` is the number."""
        words: str = self.catalogue.ngettext(one, many, number)
        return words % {"num": number, **values}

    def people(self, number: int) -> str:
        """Return `1,204 people`."""
        return self.number("%(counted)s person", "%(counted)s people", number, counted=self.count(number))

    def count(self, number: int) -> str:
        """Return `1,204`."""
        counted: str = format_decimal(number, locale=self._locale)
        return counted

    def percent(self, share: float) -> str:
        """Return `87%` for a share from 0 to 1."""
        said: str = format_percent(share, locale=self._locale)
        return said

    def weekday(self, number: int) -> str:
        """Return `Mon` for 0, which is Monday."""
        return str(get_day_names("abbreviated", locale=self._locale)[number])

    def day(self, moment: datetime) -> str:
        """Return `21 Nov 2026` in the site's zone."""
        return self.date(moment.astimezone(self.zone).date())

    def date(self, day: date) -> str:
        """Return `30 Nov 2026` for a day that has no time."""
        return _date(day, self._locale)

    def moment(self, moment: datetime) -> str:
        """Return `21 Nov 2026, 09:12 CET`; midnight sharp is how a bare day is kept, and prints as one."""
        local = moment.astimezone(self.zone)
        day = self.date(local.date())
        return day if _is_midnight(local) else f"{day}, {_clock(local)}"

    def last_day(self, end: datetime) -> datetime:
        """Return the last day before an end that was written as a bare day; one with a time as it is."""
        day_before = datetime.combine(end.astimezone(self.zone) - timedelta(days=1), time(), self.zone)
        return day_before.astimezone(UTC) if _is_midnight(end.astimezone(self.zone)) else end

    def clock(self, moment: datetime) -> str:
        """Return `09:12 CET`."""
        return _clock(moment.astimezone(self.zone))

    def stretch(self, start: datetime, end: datetime) -> str:
        """Return `24 Nov 2026, 01:00–03:00 CET`, the day once where both ends are on it."""
        first, last = start.astimezone(self.zone), end.astimezone(self.zone)
        if first.date() != last.date() or first.tzname() != last.tzname():
            return f"{self.moment(start)} – {self.moment(end)}"
        return f"{self.day(start)}, {first:%H:%M}–{self.clock(end)}"

    def month(self, year: int, month: int) -> str:
        """Return `November 2026`."""
        return _month(year, month, self._locale)

    def hours(self, length: timedelta) -> str:
        """Return a length of time that is no stretch of the calendar, like `19 h 5 min`, however long it is."""
        minutes = round(length.total_seconds() / 60)
        return self.length(length) if minutes < 48 * 60 else self.say("%(hours)s h", hours=self.count(minutes // 60))

    def length(self, length: timedelta) -> str:
        """Return a length of time as people say it: `18 min`, `3 h 10 min`, `5 days`, `7 years`."""
        minutes = round(length.total_seconds() / 60)
        if minutes < 60:
            return self.say("%(minutes)s min", minutes=minutes)
        if minutes < 48 * 60:
            hours, rest = divmod(minutes, 60)
            if rest == 0:
                return self.say("%(hours)s h", hours=hours)
            return self.say("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)
        days = round(minutes / (24 * 60))
        if days < 2 * 365:
            return self.number("%(num)s day", "%(num)s days", days)
        return self.number("%(num)s year", "%(num)s years", round(days / 365.25))


def _clock(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02} {local.tzname()}"


def _is_midnight(local: datetime) -> bool:
    """Tell whether a moment is how a bare day is kept."""
    return (local.hour, local.minute, local.second) == (0, 0, 0)


@lru_cache(maxsize=4096)
def _date(day: date, locale: Locale) -> str:
    """Return a day in words: pages say the same few days again and again."""
    return format_date(day, "d MMM y", locale=locale)


@lru_cache(maxsize=4096)
def _month(year: int, month: int, locale: Locale) -> str:
    return str(format_skeleton("yMMMM", datetime(year, month, 1, tzinfo=UTC), locale=locale))
