"""Whatever comes in, only errors of ours come out: few, always the same, and with `make fuzz` 126,000 new ones."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.every_field import every_field
from tests.fuzz.mutations import SIGNS, spoiled, spoiled_json
from tests.log.writing import BERLIN
from tests.strategies import authored_junk, entries, json_values
from tests.test_plugins_contract import SAMPLES, SOURCES, a_source

from onrecord import config, strict_yaml, words
from onrecord.contracts import Batch, Known
from onrecord.errors import OnRecordError
from onrecord.log.authored import read_authored
from onrecord.log.keep import redacted
from onrecord.log.overlay import read_overlay
from onrecord.log.pulled import read_pulled, read_state
from onrecord.log.read import read as read_log
from onrecord.model.entry import ENTRIES, Entry, write_entry
from onrecord.model.kinds import Kind
from onrecord.redact import DEFAULT, redact

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
HOUSE = Path(__file__).parents[2]
WRITTEN = [path.read_text("utf-8") for path in sorted((HOUSE / "content/entries").rglob("*.md"))]
LISTS = {
    name: (HOUSE / name).read_text("utf-8")
    for name in ("content/voices.yml", "content/components.yml", "content/targets.yml", "site_config.yml")
    if (HOUSE / name).is_file()
}
BASES = [every_field(kind, "Some words", id=f"app-{number}") for number, kind in enumerate(Kind)]
PULLED = [ENTRIES.dump_python(entry, mode="json", by_alias=True, exclude_defaults=True) for entry in BASES]
OVERLAYS = [
    "---\ntitle: Better\nstatus: resolved\nas_of: 2026-11-21\n---\nOurs.\n\n## 2026-11-21 09:10 resolved\n\nDone.\n",
    "---\nupdates:\n- at: 2026-11-21 09:10\n  body: x\nothers:\n- at: 2026-11-21\nmetrics:\n  exclude: x\n---\n",
]
MARKED = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=8)), max_size=60).map("".join)
ROWS: Mapping[str, list[Any]] = {
    name: [answer.body for batch in a_source(name).load(SAMPLES[name][1]) for answer in batch]
    for name in SOURCES
    if isinstance(next(iter(a_source(name).load(SAMPLES[name][1])))[0].body, list)
}
"""The rows of each source that reads JSON."""


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def reads(read: Callable[[], object]) -> None:
    """Read, and take a refusal for an answer if it says what is wrong and what to do."""
    try:
        read()
    except OnRecordError as error:
        assert all(problem.what and problem.todo for problem in error.problems)


@given(st.one_of(authored_junk, spoiled(WRITTEN).map(as_bytes)))
def test_what_people_write(data: bytes) -> None:
    reads(lambda: read_authored(strict_yaml.decoded(data, "x.md"), "x.md", "x", BERLIN))


@given(st.sampled_from(BASES), st.one_of(authored_junk, spoiled(OVERLAYS).map(as_bytes)))
def test_what_people_lay_over_a_pulled_entry(base: Entry, data: bytes) -> None:
    reads(lambda: read_overlay(strict_yaml.decoded(data, "x.md"), "x.md", base, BERLIN))


@given(st.one_of(spoiled_json(PULLED), spoiled([write_entry(entry).decode() for entry in BASES])))
def test_what_the_machine_wrote_and_somebody_changed(text: str) -> None:
    reads(lambda: read_pulled(as_bytes(text), "x.json"))


STATES = [{"format": 1, "read_at": "2026-11-21T09:10:00Z", "marks": {"issues": "x"}, "held": {"app-1": "3 pieces"}}]


@given(st.one_of(spoiled_json(STATES), json_values.map(str)))
def test_how_far_a_source_was_read(text: str) -> None:
    reads(lambda: read_state(as_bytes(text), "state.json"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    (root / "content").mkdir()
    return root


@pytest.mark.parametrize("name", LISTS)
@given(data=st.data())
def test_lists_and_settings(folder: Path, name: str, data: st.DataObject) -> None:
    (folder / name).write_bytes(as_bytes(data.draw(spoiled([LISTS[name]]))))
    reads(lambda: config.read(folder, {}) if name == config.FILE else read_log(folder, BERLIN))


@given(MARKED, st.booleans(), st.integers(1, 200))
def test_words_of_anyone(text: str, show_hosts: bool, limit: int) -> None:
    assert words.clean(rendered := words.render(text, show_hosts=show_hosts).html) == rendered
    assert len(words.plain(text, limit)) <= limit


@given(MARKED)
def test_personal_data_in_any_text(text: str) -> None:
    once = redact(words.clean(text)).text
    assert redact(once).text == once


@given(entries(), st.lists(st.sampled_from(SIGNS), max_size=6).map("".join))
def test_personal_data_in_any_field(entry: Entry, text: str) -> None:
    body = entry.model_copy(update={"body": entry.body + text.replace("\ud800", "")})
    safe, _ = redacted(body, DEFAULT)
    assert ENTRIES.validate_json(write_entry(safe)) == safe


def test_an_id_or_a_name_that_looks_like_a_payment_card_is_none() -> None:
    card = "4111-1111-1111-1111"
    links = {"fixes": [card], "for": [card], "released_by": card, "related": [card], "source": {"name": card}}
    for entry in BASES:
        known = {name: link for name, link in links.items() if name in type(entry).model_json_schema()["properties"]}
        plain = ENTRIES.validate_python({**json.loads(write_entry(entry)), **known})
        assert redacted(plain, DEFAULT)[0] == plain


@pytest.mark.parametrize("name", SOURCES)
@given(data=st.data())
def test_answers_of_any_source(name: str, data: st.DataObject) -> None:
    kinds = [spoiled([SAMPLES[name][1].strip()]), *([spoiled_json(ROWS[name])] if name in ROWS else [])]
    understands(name, data.draw(st.one_of(kinds)))


def understands(name: str, text: str) -> None:
    """Load a saved text and understand it as a pull would, batch after batch; what may be refused, may."""
    source, known = a_source(name), Known("app", NOW)
    for batch in loaded(name, text):
        with suppress(OnRecordError):
            meant = source.understand(batch, known)
            for entry in meant.entries:
                assert ENTRIES.validate_json(write_entry(entry)) == entry
            found = {**known.entries, **{entry.id: entry for entry in meant.entries}}
            known = Known("app", NOW, found, meant.marks)


def loaded(name: str, text: str) -> Iterator[Batch]:
    with suppress(ValueError):
        yield from a_source(name).load(text)
