"""Entries that the machine wrote: read as they were, or named as broken with the line and the cure."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import json_values

from onrecord.errors import OnRecordError
from onrecord.log.pulled import (
    SourceState,
    entry_file,
    read_pulled,
    read_state,
    state_file,
    write_pulled,
    write_state,
)
from onrecord.model.entry import Entry, write_entry

PATH = "content/record/pulled/app/2026/app-1.json"
TODO = '\n    the machine writes this file: restore it, or delete it and run "onrecord pull --full"'


def issue(number: int = 1, **fields: object) -> Entry:
    plain = {
        "id": f"app-{number}",
        "kind": "issue",
        "title": "Mail is late",
        "status": "resolved",
        "opened": "2026-11-21 09:00",
        **fields,
    }
    return read_pulled(json.dumps(plain).encode(), PATH)


def refused(data: bytes) -> str:
    with pytest.raises(OnRecordError) as caught:
        read_pulled(data, PATH)
    return str(caught.value)


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_file_is_the_entry_one_field_a_line() -> None:
    assert write_entry(issue()).decode() == (
        '{\n "id": "app-1",\n "kind": "issue",\n "title": "Mail is late",\n "status": "resolved",\n'
        ' "opened": "2026-11-21T09:00:00Z"\n}\n'
    )


def test_a_file_cut_in_half_says_so() -> None:
    whole = write_entry(issue())
    assert refused(whole[: len(whole) // 2]) == f"{PATH}:1:1: this group is never closed{TODO}"
    assert refused(whole[:50]) == f"{PATH}:4:11: this quote is never closed{TODO}"


def test_a_field_that_someone_changed_is_found_at_its_line() -> None:
    broken = write_entry(issue()).replace(b'"resolved"', b'"reslvd"').replace(b'"title"', b'"titel"')
    assert refused(broken) == (
        f'{PATH}:1:1: "title" is missing{TODO}\n'
        f'{PATH}:4:2: there is no field "titel" here. Did you mean "title"?{TODO}\n'
        f'{PATH}:5:12: "status" cannot be "reslvd". Did you mean "resolved"?{TODO}'
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", ':1: "kind" is missing'),
        (b"{}", ':1:1: "kind" is missing'),
        (b"[1, 2]", ":1: this is not a group of fields"),
        (b"\x00\x00\x00", ":1:1: there is an invisible character here (U+0000)"),
        (b"\xff\xfe", ":1: this is not a group of fields"),
        (b"<<<<<<< HEAD\n{}\n", ":1: this is not a group of fields"),
        (b"[" * 100_000, ":1:21: this is nested too deeply"),
    ],
)
def test_what_is_no_entry_is_named_and_kills_nothing(data: bytes, said: str) -> None:
    assert refused(data).splitlines()[0].startswith(PATH + said)


def test_yaml_that_is_no_json_is_refused_although_people_could_read_it() -> None:
    assert refused(b"id: app-1\nkind: issue\ntitle: T\nstatus: resolved\nopened: 2026-11-21\n") == (
        f'{PATH}: this file is not whole\n    delete it and run "onrecord pull --full"'
    )


def test_a_pulled_entry_lies_in_the_year_in_which_it_was_raised() -> None:
    assert entry_file("app", issue()) == PATH
    assert state_file("app") == "content/record/pulled/app/state.json"


def test_only_what_is_new_or_differs_is_written(tmp_path: Path) -> None:
    one, two = issue(1), issue(2)
    assert write_pulled(tmp_path, "app", [one, two], {}) == 2
    before = files(tmp_path)
    known = {"app-1": one, "app-2": two}
    assert write_pulled(tmp_path, "app", [one, two], known) == 0
    assert write_pulled(tmp_path, "app", [issue(2, title="Later")], known) == 1
    after = files(tmp_path)
    assert [path for path in after if after[path] != before[path]] == [entry_file("app", two)]


def test_a_file_that_is_gone_is_written_again(tmp_path: Path) -> None:
    assert write_pulled(tmp_path, "app", [issue()], {"app-1": issue()}) == 1


def test_an_entry_whose_year_changes_lies_in_one_place_only(tmp_path: Path) -> None:
    write_pulled(tmp_path, "app", [issue()], {})
    write_pulled(tmp_path, "app", [issue(opened="2025-12-31")], {"app-1": issue()})
    assert list(files(tmp_path)) == ["content/record/pulled/app/2025/app-1.json"]


def test_how_far_a_source_was_read_survives(tmp_path: Path) -> None:
    state = SourceState(
        read_at=datetime(2026, 11, 21, 9, tzinfo=UTC), marks={"since": "x\ny"}, held={"app-9": "3 pieces"}
    )
    write_state(tmp_path, "app", state)
    assert read_state((tmp_path / state_file("app")).read_bytes(), "state.json") == state


def test_a_state_that_a_newer_on_record_wrote_says_so() -> None:
    with pytest.raises(OnRecordError) as caught:
        read_state(b'{"format": 2, "shards": []}', "state.json")
    assert str(caught.value) == "state.json: a newer On Record wrote this\n    update On Record, then run this again"


@given(json_values, st.integers(0, 400))
@settings(max_examples=200)
def test_no_json_breaks_the_reader_whole_or_cut(values: dict[str, object], end: int) -> None:
    for data in (json.dumps(values).encode(), write_entry(issue())[:end], json.dumps(values).encode()[:end]):
        for read in (read_pulled, read_state):
            try:
                read(data, PATH)
            except OnRecordError as error:
                assert all(problem.place.path == PATH for problem in error.problems)


@given(st.binary(max_size=100))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with pytest.raises(OnRecordError):
        read_pulled(data, PATH)
