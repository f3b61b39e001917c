"""Cohorts: what was raised in one month of the site's calendar, who is left out, and which month can be judged."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.metrics.cases import issue, said

from onrecord.metrics.cohorts import Cohort, last_whole_month, lately, months
from onrecord.metrics.figures import left_out_because
from onrecord.metrics.pace import Pace, pace
from onrecord.model.entry import Entry
from onrecord.model.targets import Targets

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
HOURS = {"zone": "Europe/Madrid", **{day: ["09:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}}


def at(name: str, opened: str, *updates: dict[str, object], **fields: object) -> Entry:
    return issue(*updates, id=name, opened=opened, **fields)


def by_month(*entries: Entry, now: datetime = NOW, **targets: object) -> dict[date, Cohort]:
    return dict(months(entries, now, Targets.model_validate(targets), MADRID))


def ids(cohort: Cohort) -> list[str]:
    return [entry.id for entry in cohort.raised]


def test_a_month_is_that_of_the_sites_calendar_the_latest_first() -> None:
    found = by_month(at("a", "2026-10-31 22:59"), at("b", "2026-10-31 23:00"), at("c", "2026-10-03 10:00"))
    assert {month: ids(cohort) for month, cohort in found.items()} == {
        date(2026, 11, 1): ["b"],
        date(2026, 10, 1): ["a", "c"],
    }
    assert list(found) == [date(2026, 11, 1), date(2026, 10, 1)]
    assert (found[date(2026, 10, 1)].last, by_month(at("d", "2028-02-03"))[date(2028, 2, 1)].last.day) == (
        date(2026, 10, 31),
        29,
    )


def test_what_was_raised_decides_not_what_was_opened() -> None:
    late = at("late", "2026-11-02 09:00", raised={"at": "2026-10-30 09:00"})
    assert list(by_month(late)) == [date(2026, 10, 1)]


def test_who_is_left_out_is_named_with_the_reason_and_counts_in_no_figure() -> None:
    (cohort,) = by_month(
        at("counted", "2026-11-03"),
        at("drill", "2026-11-04", metrics={"exclude": "a drill"}),
        at("wrong", "2026-11-05", status="withdrawn"),
        at("ours", "2026-11-05", kind="known-issue"),
    ).values()
    assert [case.id for case in cohort.figures.cases] == ["counted"]
    assert {entry.id: left_out_because(entry) for entry in cohort.left_out} == {
        "wrong": "withdrawn",
        "drill": "a drill",
    }


def test_what_is_known_of_a_month_is_not_read_from_its_words_again() -> None:
    counted, drill = (
        at("counted", "2026-11-03", said("12:00")),
        at("drill", "2026-11-04", metrics={"exclude": "a drill"}),
    )
    (cohort,) = by_month(counted, drill).values()
    assert cohort.pace(counted) == pace(counted)
    soon = cohort.facts[0]._replace(pace=Pace(None, timedelta(minutes=5), None))
    knowing = replace(cohort, known=[soon])
    assert knowing.figures.cases[0].answer.length == timedelta(minutes=5)
    assert (knowing.pace(counted), knowing.pace(drill)) == (soon.pace, pace(drill))


def test_lately_is_the_last_so_many_days() -> None:
    entries = [at("old", "2026-08-23 11:59"), at("young", "2026-08-23 12:00"), at("new", "2026-11-20")]
    assert ids(lately(entries, 90, NOW, Targets(), MADRID)) == ["new", "young"]


def test_the_last_whole_month_is_the_one_in_which_everybody_has_had_a_day() -> None:
    found = by_month(at("sep", "2026-09-03"), at("oct", "2026-10-31 20:00"), at("nov", "2026-11-01 09:00"))

    def judged(now: datetime) -> str | None:
        cohort = last_whole_month(found, now, MADRID)
        return cohort and f"{cohort.first:%b}"

    midnight = datetime(2026, 11, 1, 23, tzinfo=UTC)  # in Madrid, a day after the end of October
    assert (judged(midnight - timedelta(seconds=1)), judged(midnight), judged(NOW)) == ("Sep", "Oct", "Oct")
    assert last_whole_month({}, NOW, MADRID) is None
    assert last_whole_month(by_month(at("x", "2026-10-03", status="withdrawn")), NOW, MADRID) is None


def test_beside_the_hours_of_the_calendar_stand_those_in_which_somebody_works() -> None:
    friday, monday = "2026-10-23 15:00", {"at": "2026-10-26 09:00", "body": "Words."}  # clocks go back in between
    (cohort,) = by_month(at("a", friday, monday), hours={**HOURS, "days_off": ["2026-10-22"]}).values()
    (case,) = cohort.figures.cases
    assert case.answer.length == timedelta(days=2, hours=18)
    assert case.answer_at_work
    assert case.answer_at_work.length == timedelta(hours=2)  # 17:00 to 18:00 on Friday, 09:00 to 10:00 on Monday
    assert by_month(at("a", friday, monday))[date(2026, 10, 1)].figures.cases[0].answer_at_work is None
