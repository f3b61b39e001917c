"""Hostile text in every field of every source's answers: what is understood of it does no harm on any page."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from html import escape

import pytest
from tests.bare_press import ACME, bare_press
from tests.hostile import filled, harmless
from tests.hostile.ours import STRINGS
from tests.hostile.reading import wrong_with
from tests.test_plugins_contract import SAMPLES, SOURCES, a_source

from onrecord import plugins
from onrecord.contracts import Known
from onrecord.errors import OnRecordError
from onrecord.model.entry import ENTRIES, Entry, write_entry
from onrecord.record.record import Record, readable

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
PACKS = list(filled.packs(STRINGS))
_LEAF = re.compile(r'(?<=": )"(?:[^"\\]|\\.)*"|(?<=>)[^<>\s][^<>]*(?=<)')
_LABELS = '"labels": []', '"labels": [{"name": "bug"}], "milestone": {"title": "2.1"}'
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def answers(name: str) -> Iterator[str]:
    """Yield the saved answers of a source many times, with other strings in one or all of the fields."""
    whole = SAMPLES[name][1].replace(*_LABELS)
    leaves = list(_LEAF.finditer(whole))
    for number, pack in enumerate(PACKS):
        for leaf in leaves[number % 3 :: 3]:
            yield whole[: leaf.start()] + spelled(leaf[0], pack) + whole[leaf.end() :]
        yield _LEAF.sub(lambda leaf, pack=pack: leaf[0] if has_meaning(leaf[0]) else spelled(leaf[0], pack), whole)  # type: ignore[misc]


def spelled(leaf: str, pack: filled.Pack) -> str:
    return json.dumps(pack.text) if leaf.startswith('"') else escape(_NO_XML.sub("", pack.text))


def has_meaning(leaf: str) -> bool:
    """Tell whether a field is a time, an address or a word of the service's own, without which a row is odd."""
    return bool(re.search(r"\d{4}-\d\d-\d\dT|\d\d:\d\d:\d\d|https?://", leaf) or re.fullmatch(r'"[A-Za-z_]+"', leaf))


def understood(name: str) -> Iterator[Entry]:
    source = a_source(name)
    for number, text in enumerate(answers(name)):
        known = Known(f"app{number}", NOW)  # of each answer entries of its own
        with suppress(OnRecordError, ValueError):
            for batch in source.load(text):
                meant = source.understand(batch, known)
                found = {**known.entries, **{entry.id: entry for entry in meant.entries}}
                known = Known(known.name, NOW, found, meant.marks)
        yield from known.entries.values()


@pytest.mark.parametrize("name", SOURCES)
def test_what_a_source_understands_of_it_does_no_harm(name: str) -> None:
    entries = list(understood(name))
    kept = " ".join(write_entry(entry).decode() for entry in entries)
    assert len(entries) > len(PACKS)
    assert [string for string in ("alert(1)", "data-search", "7 * 7") if string not in kept] == []
    assert [entry for entry in entries if ENTRIES.validate_json(write_entry(entry)) != entry] == []
    record = Record(site=ACME, now=NOW, entries=readable(entries, NOW))
    for output in plugins.outputs().values():
        for file in output().files(record, bare_press()):
            if file.path.endswith(".html"):  # in a bare frame, which has no policy
                wrong = list(harmless.anything(harmless.parsed(file.content.decode())))
            else:
                wrong = wrong_with(file.path, file.content)
            assert wrong == [], file.path
