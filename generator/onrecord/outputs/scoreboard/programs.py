"""The scoreboard for programs: a row for each entry as CSV, the figures of each month and those rows as JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from onrecord import words
from onrecord.metrics.cohorts import Cohort
from onrecord.metrics.curve import Times, Wait, Within
from onrecord.metrics.definitions import DEFINITIONS, RULES, VERSION
from onrecord.metrics.figures import DAY, Case, left_out_because, reopenings
from onrecord.metrics.pace import raised_at
from onrecord.metrics.share import Share
from onrecord.model.entry import Entry
from onrecord.model.scalars import write_moment
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would carry out; where signs are wide, it takes wide ones too."""


_BETWEEN = b"\0"
"""Stands between the rows of a month as JSON, which has no such sign, and the same as CSV."""


class Row(NamedTuple):
    """An entry that somebody raised: lengths of time in seconds, moments in UTC, absent what did not happen."""

    id: str
    url: str
    title: str
    kind: str
    status: str
    impact: str | None
    components: str
    month: str
    raised_at: str
    left_out: str | None
    acknowledged_after: int | None = None
    answered_after: int | None = None
    answered_after_working_hours: int | None = None
    fixed_after: int | None = None
    waiting: bool | None = None
    answer_target: int | None = None
    fix_target: int | None = None
    promises_due: int | None = None
    promises_kept: int | None = None
    longest_silence: int | None = None
    reopened: int | None = None
    definition: str = VERSION


_COLUMNS = Row._fields


class Data:
    """The data of all months, which are added one by one, the latest first: nothing of one is kept but its text."""

    def __init__(self, record: Record, press: Press) -> None:
        """Have no month yet."""
        self._record, self._press = record, press
        self._months: list[str] = []
        self._as_json: list[bytes] = []
        self._as_csv = [_in_cells([_COLUMNS])]

    def add(self, cohort: Cohort, key: str) -> None:
        """Add the figures of a month, and a row for each entry raised in it, those that are left out among them.

        The figures move with the clock as long as anybody was never answered; the rows by their key only.
        """
        self._months.append(_json(_month(cohort, self._press)))
        rows = self._press.piece(f"{key}.rows", partial(_in_both, cohort, self._press))
        as_json, _, as_csv = rows.partition(_BETWEEN)
        self._as_json += [as_json] if as_json else []
        self._as_csv.append(as_csv)

    def csv(self) -> bytes:
        """Return all rows, their names in the first line, and nothing in them that a spreadsheet would carry out."""
        return b"".join(self._as_csv)

    def json(self) -> bytes:
        """Return the figures of each month and the rows of the CSV, with what every figure means.

        Each field has a line, and each item of a list: indented, it takes ten times as long to write.
        """
        say = self._press.language.say
        told = {
            "definition": VERSION,
            "as_of": write_moment(self._record.now),
            "timezone": self._record.site.timezone,
            "definitions": {
                name: {"name": say(one.name), "meaning": say(one.meaning)} for name, one in DEFINITIONS.items()
            },
        }
        fields = [f"{_json(name)}: {_json(value)}".encode() for name, value in told.items()]
        lists = {
            "rules": [_json(say(rule)).encode() for rule in RULES],
            "months": [month.encode() for month in self._months],
            "entries": self._as_json,
        }
        pieces = [b"{\n", b",\n".join(fields)]
        for name, items in lists.items():
            pieces += [f",\n{_json(name)}: ".encode(), *_listed(items)]
        return b"".join([*pieces, b"\n}\n"])


def _listed(items: Sequence[bytes]) -> Iterator[bytes]:
    """Yield a list piece by piece, because all of its items are too much to have twice."""
    for number, item in enumerate(items):
        yield b",\n" if number else b"[\n"
        yield item
    yield b"\n]" if items else b"[]"


def _in_both(cohort: Cohort, press: Press) -> bytes:
    """Return the rows of a month as JSON and as CSV."""
    rows = tuple(_rows(cohort, press))
    return ",\n".join(map(_json, rows)).encode() + _BETWEEN + _in_cells(map(_cell, row) for row in rows)


def _in_cells(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _json(value: object) -> str:
    if isinstance(value, Row):  # ten thousand of them, for each of which the library would begin anew
        cells = ", ".join(f'"{name}": {_SAID[type(cell)](cell)}' for name, cell in zip(_COLUMNS, value, strict=True))
        return f"{{{cells}}}"
    return json.dumps(value, ensure_ascii=False)


_SAID: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    bool: lambda held: "true" if held else "false",
    type(None): lambda _: "null",
}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    said = str(value)
    return f"'{said}" if said.startswith(FORMULA) else said


def _rows(cohort: Cohort, press: Press) -> Iterator[Row]:
    cases = {case.id: case for case in cohort.figures.cases}
    for entry in cohort.raised:
        yield _row(entry, cohort, press, _times_of(cases[entry.id]) if entry.id in cases else {})


def _row(entry: Entry, cohort: Cohort, press: Press, times: Mapping[str, Any]) -> Row:
    return Row(
        id=entry.id,
        url=press.url(addresses.entry_page(entry.id)),
        title=words.clean(entry.title),
        kind=entry.kind.value,
        status=entry.status.value,
        impact=entry.impact and entry.impact.value,
        components=" ".join(entry.components),
        month=f"{cohort.first:%Y-%m}",
        raised_at=write_moment(raised_at(entry)),
        left_out=words.clean(why) if (why := left_out_because(entry)) else None,
        **times,
    )


def _times_of(case: Case) -> Mapping[str, Any]:
    return {
        "acknowledged_after": _over(case.acknowledgement),
        "answered_after": _over(case.answer),
        "answered_after_working_hours": _over(case.answer_at_work),
        "fixed_after": _over(case.fix),
        "waiting": case.is_waiting,
        "answer_target": _seconds(case.answer_target),
        "fix_target": _seconds(case.fix_target),
        "promises_due": len(case.facts.promises),
        "promises_kept": sum(case.facts.promises),
        "longest_silence": _seconds(case.facts.silence),
        "reopened": reopenings(case.entry),
    }


def _month(cohort: Cohort, press: Press) -> Mapping[str, object]:
    found = cohort.figures
    longest = found.longest_silence
    return {
        "month": f"{cohort.first:%Y-%m}",
        "url": press.url(addresses.scoreboard_page(cohort.first)),
        "raised": len(found.cases),
        "waiting": sum(case.is_waiting for case in found.cases),
        "closed_without_an_answer": sum(case.in_silence for case in found.cases),
        "left_out": len(cohort.left_out),
        "answer": _times(found.answer),
        "answer_at_work": _times(found.answer_at_work),
        "answered_within_a_day": {**_share(found.answered_within(DAY)), "too_early": len(found.too_early(DAY))},
        "acknowledgement": _times(found.acknowledgement),
        "fix": _times(found.fix),
        "declined": len(found.declined),
        "answered_on_time": _share(found.answered_on_time),
        "fixed_on_time": _share(found.fixed_on_time),
        "promises": _share(found.promises),
        "silence": longest and {"seconds": _seconds(longest[1]), "id": longest[0].id},
        "answered_where_raised": _share(found.answered_where_raised),
        "reopened": _share(found.reopened),
    }


def _times(times: Times) -> Mapping[str, object]:
    return {"of": len(times.waits), "half": _within(times.half), "nine_in_ten": _within(times.nine_in_ten)}


def _within(found: Within | None) -> Mapping[str, object] | None:
    return {"seconds": _seconds(found.length), "more": found.more} if found else None


def _share(share: Share) -> Mapping[str, object]:
    interval = share.interval and [round(end, 4) for end in share.interval]
    return {"count": share.count, "of": share.of, "interval": interval}


def _over(wait: Wait | None) -> int | None:
    return _seconds(wait.length) if wait and wait.is_over else None


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())
