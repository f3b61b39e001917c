"""Answers that are lists: what can be read is read, and what cannot is named."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from onrecord.errors import SourceFailed
from onrecord.model.scalars import Line, Moment, Text, write_moment
from onrecord.sources.rows import Row, line_of, read, text_of

WHERE = "https://acme.example/notices?token=hush"


class Notice(Row):
    number: int
    at: Moment
    marks: tuple[str, ...] = ()


def notice(number: int, **fields: Any) -> dict[str, Any]:
    return {"number": number, "at": "2026-11-21", **fields}


def test_an_odd_row_is_named_and_the_others_are_read() -> None:
    rows = read(Notice, [notice(1), notice(2, marks=["a", 5]), notice(3)], WHERE)
    assert [row.number for row in rows.read] == [1, 3]
    assert rows.odd == ('https://acme.example/notices: row 2 (number 2) was left out: "marks.1" is odd',)


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"number": 7}, 'row 1 (number 7) was left out: "at" is missing'),
        ({"id": 7, "at": "2026-11-21"}, 'row 1 (id 7) was left out: "number" is missing'),
        ({"number": "joe@acme.org", "at": "2026-11-21"}, 'row 1 was left out: "number" is odd'),
        (notice(7, at="2026-02-30"), 'row 1 (number 7) was left out: "at" is odd'),
        ("joe@acme.org", "row 1 was left out: it is no group of fields"),
        (None, "row 1 was left out: it is no group of fields"),
    ],
)
def test_what_is_odd_is_said_without_its_value(plain: object, said: str) -> None:
    assert read(Notice, [plain], WHERE).odd == (f"https://acme.example/notices: {said}",)


@pytest.mark.parametrize("body", [{"a": 1}, "text", 5, None, True])
def test_an_answer_that_is_no_list_is_a_failure_that_tells_no_secret(body: object) -> None:
    with pytest.raises(SourceFailed, match="no list of rows") as caught:
        read(Notice, body, WHERE)
    assert "hush" not in str(caught.value)


def test_a_day_begins_where_the_site_is() -> None:
    (row,) = read(Notice, [notice(1)], WHERE, ZoneInfo("Europe/Berlin")).read
    assert write_moment(row.at) == "2026-11-20T23:00:00Z"


@given(st.text() | st.none() | st.builds(str.__mul__, st.text(min_size=1, max_size=3), st.just(70_000)))
def test_any_text_is_cut_to_fit(text: str | None) -> None:
    assert TypeAdapter(Text).validate_python(text_of(text)) == text_of(text)
    if line := line_of(text):
        assert TypeAdapter(Line).validate_python(line) == line
