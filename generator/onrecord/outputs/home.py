"""The first page: is it you or us, what to do, when we will say more."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import ClassVar

from markupsafe import Markup, escape

from onrecord import json_ld, metrics, times
from onrecord.file import AnyFile
from onrecord.metrics.clock import SOON
from onrecord.metrics.cohorts import last_whole_month, months
from onrecord.metrics.figures import DAY
from onrecord.model.entry import Entry, Maintenance
from onrecord.model.kinds import Kind, Status
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.health import has_known_issue, state_now
from onrecord.record.record import Record, weight
from onrecord.sharing import picture_of_home
from onrecord.states import STATES, component_state

OPEN_SHOWN = 20
ANSWERED_SHOWN = 8
NEWS_SHOWN = 3
LATELY = timedelta(days=90)
_ANSWER_NOBODY = (Kind.MAINTENANCE, Kind.ANNOUNCEMENT)


class Home:
    """The home page."""

    name: ClassVar[str] = "home"

    def files(self, record: Record, press: Press) -> Iterator[AnyFile]:
        """Yield the home page: the state of things in one line, then what is open, planned and answered."""
        headline = _headline(record, press)
        since = record.now - LATELY
        answered = record.latest(
            lambda entry: not entry.is_open and entry.kind not in _ANSWER_NOBODY and entry.changed >= since
        )
        picture = picture_of_home(headline, _tone(record), record, press)
        yield from (found.file for found in (picture, press.brand_picture) if found)
        yield press.page(
            addresses.HOME,
            "home.html",
            title=record.site.title,
            description=f"{headline.removesuffix('.')}. {record.site.description}",
            active=addresses.HOME,
            json_ld=json_ld.of_brand(record, press),
            picture=picture,
            record=record,
            headline=headline,
            tone=_tone(record),
            components=[
                (name, component, component_state(state_now(record, name), flawed=has_known_issue(record, name)))
                for name, component in record.components.items()
            ],
            promise_line=_promise_line(record, press),
            last_word=_last_word(record, press),
            soon=[entry for entry in record.planned if _is_soon(entry, record)] if not record.open_now else [],
            shown=OPEN_SHOWN,
            answered=answered[:ANSWERED_SHOWN],
            as_of=record.run.as_of(press.language),
            read=record.run.read(press.language),
            news=[entry for entry in record.news if _is_fresh(entry, since)][:NEWS_SHOWN],
            judged=_judged(record, press),
        )


def _judged(record: Record, press: Press) -> tuple[str, str] | None:
    """Return how many were answered within a day in the last whole month, in a line, and that month's address."""
    zone, language = press.language.zone, press.language
    found = last_whole_month(months(record.entries, record.now, record.targets, zone), record.now, zone)
    if found is None:
        return None
    within = found.figures.answered_within(DAY)
    line = language.say(
        "We answered %(count)s of %(of)s within a day (%(month)s)",
        count=language.count(within.count),
        of=language.count(within.of),
        month=language.month(found.first.year, found.first.month),
    )
    return line, addresses.scoreboard_page(found.first)


def _is_fresh(entry: Entry, since: datetime) -> bool:
    current = entry.kind is Kind.ANNOUNCEMENT and entry.status is not Status.EXPIRED
    return current and not entry.pinned and entry.changed >= since


def _headline(record: Record, press: Press) -> str:
    say = press.language
    if not record.open_now:
        return say.say("Nothing is broken that we know of.")
    worst, *others = record.open_now
    if not others:
        return say.say("One problem now: %(worst)s", worst=worst.title)
    if all(weight(other) < weight(worst) for other in others):
        return say.number(
            "%(worst)s, and %(num)d smaller problem",
            "%(worst)s, and %(num)d smaller problems",
            len(others),
            worst=worst.title,
        )
    return say.number(
        "%(worst)s, and %(num)d more problem", "%(worst)s, and %(num)d more problems", len(others), worst=worst.title
    )


def _tone(record: Record) -> str:
    if any(source.failed for source in record.sources) and not record.open_now:
        return "mute"
    return STATES[record.open_now[0].status].tone if record.open_now else "ok"


def _promise_line(record: Record, press: Press) -> Markup:
    # Under the headline stands when there is more about that; planned work has its say when nothing is wrong.
    promises = _promises(record.open_now, record) or _promises((*record.under_way, *record.planned), record)
    if not promises:
        return escape("")
    overdue = [promise for promise in promises if promise.overdue]
    first = min(overdue or promises, key=lambda promise: promise.at)
    say = press.language.say
    if overdue:
        line = say("We promised an update by %(moment)s and have not posted one.")
    else:
        line = say("Next update by %(moment)s.")
    moment = times.here(_short(first.at, record.now, press), first.at, first.at, press.language.zone)
    return escape(line) % {"moment": moment}


def _promises(entries: Iterable[Entry], record: Record) -> list[metrics.Promise]:
    return [promise for entry in entries if (promise := metrics.promise(entry, record.now))]


def _last_word(record: Record, press: Press) -> str:
    """Return when we last said something about what is open: without it, the time of the build is read as that."""
    going_on = (*record.open_now, *record.under_way)
    said = [update.at for entry in going_on for update in entry.updates if update.official]
    moment = _short(max(said), record.now, press) if said else ""
    return press.language.say("Our last update: %(moment)s.", moment=moment) if said else ""


def _is_soon(entry: Entry, record: Record) -> bool:
    return isinstance(entry, Maintenance) and record.now <= entry.scheduled_for <= record.now + SOON


def _short(moment: datetime, now: datetime, press: Press) -> str:
    """Return only the time of day for a moment of today."""
    zone = press.language.zone
    today = moment.astimezone(zone).date() == now.astimezone(zone).date()
    return press.language.clock(moment) if today else press.language.moment(moment)
