"""Any entry that someone may write survives, and nothing that someone may save breaks the reader."""

import json
from datetime import timedelta

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.log.writing import BERLIN, FACTS
from tests.strategies import authored_junk, entries, json_values, lines, moments, texts

from onrecord.errors import OnRecordError
from onrecord.log.authored import read_authored
from onrecord.model.entry import ENTRIES, STATUSES, Entry, write_entry
from onrecord.model.kinds import Kind, Status


def _as_facts(plain: dict[str, object]) -> str:
    # Every value in quotes, on one line, as careful programs write them.
    return yaml.safe_dump(_in_words(plain), allow_unicode=True, default_style='"', width=10**9)


def _in_words(value: object) -> object:
    if isinstance(value, dict):
        return {key: _in_words(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_in_words(part) for part in value]
    return value if isinstance(value, str) else json.dumps(value)


@given(entries(), texts)
@settings(max_examples=100)
def test_the_facts_and_words_of_any_entry_survive(written: Entry, words: str) -> None:
    assume("---\n" not in words.replace("\r", "\n"))
    plain = {key: part for key, part in json.loads(write_entry(written)).items() if key != "body"}
    found = read_authored(f"---\n{_as_facts(plain)}---\n{words}", "x.md", written.id, BERLIN)
    body = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert found == ENTRIES.validate_python({**plain, "body": body})


_plain_words = texts.map(lambda text: text.replace("\r", "\n").strip()).filter(
    lambda text: not any(mark in text for mark in ("#", "```", "~~~"))
)
_statuses = st.none() | st.sampled_from(STATUSES[Kind.INCIDENT])
_names = lines.filter(lambda line: "," not in line)


@given(st.lists(st.tuples(moments, _statuses, st.none() | _names, _plain_words), max_size=4), _plain_words)
@settings(max_examples=100)
def test_any_update_that_is_written_as_a_dated_section_survives(
    said: list[tuple[object, Status | None, str | None, str]], words: str
) -> None:
    facts = FACTS.replace("2026-11-21 09:00", "0001-01-02")
    text = f"{words}\n\n"
    expected = []
    for at, status, by, body in said:
        at = at.replace(second=0)  # type: ignore[attr-defined]
        promised = at + timedelta(minutes=30)
        heading = f"## {at:%H:%M} UTC".replace("## ", f"## {at.date().isoformat()} ")
        heading += f" {status}" if status else ""
        heading += f", next {promised.date().isoformat()} {promised:%H:%M}Z"
        text += f"{heading}{f', by {by}' if by else ''}\n\n{body}\n\n"
        expected.append((at, status, promised, by, body))
    found = read_authored(f"---\n{facts}---\n{text}", "x.md", "x", BERLIN)
    assert found.body == words
    assert [(u.at, u.status, u.next_update_at, u.by, u.body) for u in found.updates] == sorted(
        expected, key=lambda update: update[0]
    )


@given(authored_junk)
@settings(max_examples=300)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        read_authored(data.decode("utf-8", "replace"), "x.md", "x", BERLIN)
    except OnRecordError as error:
        assert all(problem.place.path == "x.md" and problem.what and problem.todo for problem in error.problems)


@given(json_values, st.sampled_from(["", *Kind]))
@settings(max_examples=200)
def test_no_facts_break_the_reader(values: dict[str, object], kind: str) -> None:
    plain = {**values, "kind": kind} if kind else values
    text = f"---\n{json.dumps(plain)}\n---\n## 2026-11-21 09:10 resolved\n"
    try:
        read_authored(text, "x.md", "x", BERLIN)
    except OnRecordError as error:
        assert error.problems
