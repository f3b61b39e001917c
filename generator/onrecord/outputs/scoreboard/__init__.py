"""How fast we answer: the figures of lately and of each month, and the same for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from onrecord import json_ld
from onrecord.file import AnyFile, File, Planned
from onrecord.metrics import facts
from onrecord.metrics.cohorts import Cohort, lately, months
from onrecord.metrics.definitions import DEFINITIONS, RULES, VERSION
from onrecord.metrics.figures import DAY, follow_through
from onrecord.metrics.pace import raised_at
from onrecord.metrics.share import Share
from onrecord.model.entry import Entry
from onrecord.model.targets import Target
from onrecord.outputs.scoreboard.programs import Data
from onrecord.outputs.scoreboard.said import Told, by_month, few, figures, summary
from onrecord.outputs.scoreboard.week import Hours, week_in_words
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record

LATELY = 90
"""How many days the first page looks back."""

BARS = 12
"""For how many months it draws a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A month as a bar: how many were raised, and answered within a day, of those of which that can be told."""

    month: date
    share: Share
    too_early: int
    cohort: Cohort | None


class Scoreboard:
    """The pages, and the data, of how fast we answer."""

    name: ClassVar[str] = "scoreboard"

    def files(self, record: Record, press: Press) -> Iterator[AnyFile]:
        """Yield `/scoreboard/`, a page for each month in which something was raised, `data.csv` and `data.json`."""
        zone = press.language.zone
        raised = months(record.entries, record.now, record.targets, zone)
        standing = {
            month: press.key_of(record, cohort.raised, cohort.first, cohort.targets)
            for month, cohort in raised.items()
        }
        keys = {month: _key(cohort, standing[month], press) for month, cohort in raised.items()}
        found = {month: _knowing(cohort, keys[month], press) for month, cohort in raised.items()}
        yield _front(found, _recent(found, record, zone), record, press)
        published, data = by_month(record.entries, zone), Data(record, press)
        order = list(found)  # the latest first
        for later, month, sooner in zip([None, *order], order, [*order[1:], None], strict=False):
            cohort = found.pop(month)  # its figures go with it: those of all months are many
            data.add(cohort, keys[month])
            yield _planned(cohort, standing[month], (sooner, later), published.get(month, ()), record, press)
        yield File(addresses.SCOREBOARD_CSV, data.csv())
        yield File(addresses.SCOREBOARD_JSON, data.json())


def _key(cohort: Cohort, standing: str, press: Press) -> str:
    """Return the key of what is kept of a month from build to build; `standing` is that of its entries."""
    return press.key(standing, None if cohort.is_settled else cohort.now)


def _knowing(cohort: Cohort, key: str, press: Press) -> Cohort:
    """Return a month whose facts are kept: to read them from the words of each entry takes longest."""
    return replace(cohort, known=facts.understood(press.piece(f"{key}.facts", lambda: facts.told(cohort.facts))))


def _recent(found: Mapping[date, Cohort], record: Record, zone: ZoneInfo) -> Cohort:
    """Return what was raised lately, whose facts are known from its months."""
    recent = lately(record.entries, LATELY, record.now, record.targets, zone)
    since = recent.first - DAY  # where clocks go back just after midnight, a later entry can be of the day before
    their_months = [cohort for cohort in found.values() if cohort.last >= since]
    known = {
        entry.id: its
        for cohort in their_months
        for entry, its in zip(cohort.matters, cohort.known or cohort.facts, strict=True)
    }
    return replace(recent, known=[known[entry.id] for entry in recent.matters])


def _front(found: Mapping[date, Cohort], recent: Cohort, record: Record, press: Press) -> File:
    say = press.language.say
    oldest = min(record.open_now, key=lambda entry: (raised_at(entry), entry.id), default=None)
    since = record.now - timedelta(days=LATELY)
    published = [entry for entry in record.entries if entry.published >= since]
    ends = sorted({min(found), max(found)}) if found else []
    title = say("How fast we answer")
    what = say("How long customers waited for an answer and for the fix, month by month, with every case.")
    return press.page(
        addresses.SCOREBOARD,
        "scoreboard.html",
        title=title,
        description=f"{summary(recent.figures, press)}. {what}" if recent.figures.cases else what,
        json_ld=json_ld.of_figures(title, what, ends, record, press),
        months=found,
        bars=_bars(found, record),
        earlier=[month for month in found if month not in _last_months(record.today)],
        period=LATELY,
        record=record,
        oldest=oldest and (oldest, record.now - raised_at(oldest)),
        definitions=DEFINITIONS.values(),
        rules=RULES,
        steps=follow_through(record.entries, record.today),
        cohort=recent,
        **_common(recent, published, record, press).values,
    )


def _planned(
    cohort: Cohort,
    standing: str,
    beside: tuple[date | None, date | None],
    published: Sequence[Entry],
    record: Record,
    press: Press,
) -> Planned:
    """Return a month's page: it moves with its entries and figures, and with the clock while somebody waits."""
    common = _common(cohort, published, record, press)
    told = [
        (one.name, one.said, one.beside, one.listed, [entry.id for entry in one.entries]) for one in common.figures
    ]
    clock = record.now if any(case.is_waiting for case in cohort.figures.cases) else None
    shows = (told, common.summary, common.targets, common.week, beside, clock)
    key = press.key_of(record, published, standing, *shows)
    anew = replace(cohort)  # which has worked nothing out yet
    make = partial(_month, anew, beside, published, record, press)
    return press.plan(addresses.scoreboard_page(cohort.first), key, make)


def _month(
    cohort: Cohort,
    beside: tuple[date | None, date | None],
    published: Sequence[Entry],
    record: Record,
    press: Press,
) -> File:
    common, say = _common(cohort, published, record, press), press.language
    month = say.month(cohort.first.year, cohort.first.month)
    return press.page(
        addresses.scoreboard_page(cohort.first),
        "scoreboard_month.html",
        title=say.say("How fast we answered: %(month)s", month=month),
        description=f"{common.summary}.",
        month=month,
        sooner=beside[0],
        later=beside[1],
        cohort=cohort,
        **common.values,
    )


@dataclass(frozen=True, slots=True)
class _Common:
    """What every page of the scoreboard says of its cohort."""

    summary: str
    few: bool
    figures: tuple[Told, ...]
    targets: tuple[Target, ...]
    week: Hours | None

    @property
    def values(self) -> Mapping[str, Any]:
        """Return what templates get."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {"active": addresses.SCOREBOARD, "version": VERSION, "raised_at": raised_at, **told}


def _common(cohort: Cohort, published: Sequence[Entry], record: Record, press: Press) -> _Common:
    week = record.targets.hours
    return _Common(
        summary=summary(cohort.figures, press),
        few=few(cohort.figures),
        figures=tuple(figures(cohort, published, press)),
        targets=record.targets.between(cohort.first, cohort.last),
        week=week_in_words(week, press) if week else None,
    )


def _bars(found: Mapping[date, Cohort], record: Record) -> list[Bar]:
    """Return the last twelve months, the latest first, but none before the first in which something was raised."""
    shown = [month for month in _last_months(record.today) if found and month >= min(found)]
    return [_bar(month, found.get(month)) for month in shown]


def _bar(month: date, cohort: Cohort | None) -> Bar:
    if cohort is None:
        return Bar(month, Share(), 0, None)
    return Bar(month, cohort.figures.answered_within(DAY), len(cohort.figures.too_early(DAY)), cohort)


def _last_months(today: date) -> list[date]:
    months = [today.replace(day=1)]
    while len(months) < BARS:
        months.append((months[-1] - DAY).replace(day=1))
    return months
