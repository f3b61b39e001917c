"""The figures in words: modest, numbers first, and each with the entries that it is made of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from onrecord.metrics.cohorts import Cohort
from onrecord.metrics.curve import FEW, Times, Within
from onrecord.metrics.definitions import DEFINITIONS
from onrecord.metrics.figures import DAY, Case, Figures, corrected
from onrecord.metrics.share import Share
from onrecord.model.entry import Entry
from onrecord.press import Press


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as readers get it: its name in the data, the number, what stands beside it, and entries to look at.

    `listed` says in a word or two which entries those are, like "Not in time".
    """

    name: str
    said: str
    beside: str = ""
    listed: str = ""
    entries: tuple[Entry, ...] = ()

    @property
    def title(self) -> str:
        """Return what readers know the figure as."""
        return DEFINITIONS[self.name].name


def few(figures: Figures) -> bool:
    """Tell whether there are so few that they are listed, and a typical time would say nothing."""
    return 0 < len(figures.cases) < FEW


def summary(figures: Figures, press: Press) -> str:
    """Return `31 raised · 29 answered · 2 waiting`, which breaks only between its parts."""
    number = press.language.number
    cases = figures.cases
    waiting = sum(case.is_waiting for case in cases)
    silent = sum(case.in_silence for case in cases)
    said = [
        number("%(num)s raised", "%(num)s raised", len(cases)),
        number("%(num)s answered", "%(num)s answered", len(cases) - waiting - silent),
        *([number("%(num)s waiting", "%(num)s waiting", waiting)] if waiting else []),
        *([number("%(num)s closed without an answer", "%(num)s closed without an answer", silent)] if silent else []),
    ]
    return " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in said)


def figures(cohort: Cohort, published: Iterable[Entry], press: Press) -> Iterator[Told]:
    """Yield every figure of a cohort, and of what was published meanwhile, about which there is something to say."""
    found, say = cohort.figures, press.language.say
    if not found.cases:
        return
    yield from _times("answer", found.answer, press, say("Still waiting"), _of(found, lambda case: case.is_waiting))
    yield from _times("answer_at_work", found.answer_at_work, press)
    yield from _share("answered_within_a_day", found.answered_within(DAY), cohort, press, say("Not within a day"))
    if found.acknowledgement != found.answer:  # where all that we know is one first reply, it would be said twice
        yield from _times("acknowledgement", found.acknowledgement, press)
    unfixed = _of(found, lambda case: case.fix is not None and not case.fix.is_over)
    yield from _times("fix", found.fix, press, say("Not fixed yet"), unfixed)
    if found.declined:
        count = press.language.count(len(found.declined))
        yield Told("declined", count, "", say("Which"), tuple(case.entry for case in found.declined))
    yield from _share("answered_on_time", found.answered_on_time, cohort, press, say("Not in time"))
    yield from _share("fixed_on_time", found.fixed_on_time, cohort, press, say("Not in time"))
    yield from _share("promises", found.promises, cohort, press, say("Not kept"))
    if found.longest_silence:
        case, gap = found.longest_silence
        yield Told("silence", press.language.length(gap), "", say("Where"), (case.entry,))
    yield from _share("answered_where_raised", found.answered_where_raised, cohort, press, say("Answered elsewhere"))
    yield from _share("reopened", found.reopened, cohort, press, say("Which"))
    yield from _corrected(published, press)


def by_month(entries: Iterable[Entry], zone: ZoneInfo) -> Mapping[date, Sequence[Entry]]:
    """Return what readers could first see in each month, by the first day of the month."""
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.published.astimezone(zone).date().replace(day=1), []).append(entry)
    return found


def _corrected(published: Iterable[Entry], press: Press) -> Iterator[Told]:
    named = {entry.id: entry for entry in published}
    found = corrected(named.values())
    if found.of:
        which = tuple(named[name] for name in found.held)
        yield Told("corrected", k_of_n(found, press), _percentage(found, press), press.language.say("Which"), which)


def _of(found: Figures, which: Callable[[Case], bool]) -> tuple[Entry, ...]:
    return tuple(case.entry for case in found.cases if which(case))


def _times(
    name: str, times: Times, press: Press, listed: str = "", entries: tuple[Entry, ...] = ()
) -> Iterator[Told]:
    """Yield how long half of them waited, and nine in ten where there are many; nothing of few."""
    if times.half:
        count = press.language.count(len(times.waits))
        length = press.language.hours if name == "answer_at_work" else press.language.length
        said = ", ".join(_quantiles(times.half, times.nine_in_ten, length, press))
        yield Told(name, said, press.language.say("of %(count)s", count=count), listed, entries)


def _quantiles(
    half: Within, nine_in_ten: Within | None, length: Callable[[timedelta], str], press: Press
) -> Iterator[str]:
    language = press.language
    time = length(half.length)
    if half.more:
        yield language.say("half took more than %(time)s", time=time)
        return
    yield language.say("half within %(time)s", time=time)
    if nine_in_ten:
        time = length(nine_in_ten.length)
        if nine_in_ten.more:
            yield language.say("1 in 10 took more than %(time)s", time=time)
        else:
            yield language.say("9 in 10 within %(time)s", time=time)


def k_of_n(share: Share, press: Press) -> str:
    """Return `18 of 20`."""
    count = press.language.count
    return press.language.say("%(count)s of %(of)s", count=count(share.count), of=count(share.of))


def _share(name: str, share: Share, cohort: Cohort, press: Press, listed: str) -> Iterator[Told]:
    """Yield so many of so many, and the entries that a reader would want to see: those that do us no honour."""
    early = _too_early(name, share, cohort.figures)
    if not share.of and not early:
        return
    say = press.language.say
    waiting = say("too early to say: %(count)s", count=press.language.count(early)) if early else ""
    said = k_of_n(share, press) if share.of else ""
    number, *beside = [part for part in (said, _percentage(share, press), waiting) if part]
    named = set(share.held if name == "reopened" else share.failed)
    entries = _of(cohort.figures, lambda case: case.id in named)
    yield Told(name, number, " · ".join(beside), listed, entries)


def _too_early(name: str, share: Share, found: Figures) -> int:
    """Return of how many it cannot be told yet: their time is still to come."""
    if name == "answered_within_a_day":
        return len(found.too_early(DAY))
    asked = 0
    if name == "answered_on_time":
        asked = sum(case.answer_target is not None for case in found.cases)
    if name == "fixed_on_time":
        asked = sum(case.fix is not None and case.fix_target is not None for case in found.cases)
    return asked - share.of if asked else 0


def _percentage(share: Share, press: Press) -> str:
    """Return `90% (74% to 97%)`; nothing for fewer than twenty."""
    if share.interval is None:
        return ""
    true, low, high = (press.language.percent(part) for part in (share.count / share.of, *share.interval))
    return press.language.say("%(percent)s (%(low)s to %(high)s)", percent=true, low=low, high=high)
