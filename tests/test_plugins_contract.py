"""What every registered plug-in promises; ours are held to it like anyone's."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter
from tests.bare_press import ACME, bare_press
from tests.every_field import every_field
from tests.strategies import entries

from onrecord import plugins
from onrecord.contracts import Batch, Known, Source
from onrecord.errors import OnRecordError
from onrecord.file import File
from onrecord.model.entry import ENTRIES, Entry, write_entry
from onrecord.model.kinds import Kind
from onrecord.model.people import Account, Bounds, Component, NotOurs, Voice
from onrecord.record.record import Record, readable

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
OUTPUTS = list(plugins.outputs())
SOURCES = plugins.source_types()

SAMPLES: Mapping[str, tuple[dict[str, Any], str]] = {
    "feed": (
        {"url": "https://acme.example/news.xml"},
        """
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title><item>
          <title>Search finds things again</title><link>https://acme.example/news/1</link>
          <pubDate>Thu, 19 Nov 2026 08:31:00 GMT</pubDate><dc:creator>A stranger</dc:creator>
          <description>We, the makers, mended it.</description>
        </item></channel></rss>
        """,
    ),
    "github-issues": (
        {"repo": "acme/app"},
        """
        {"number": 12, "title": "Search finds nothing", "state": "closed", "state_reason": "completed",
         "labels": [], "body": "I, a stranger, say so.", "user": {"login": "someone", "id": 1, "type": "User"},
         "author_association": "NONE", "html_url": "https://github.com/acme/app/issues/12", "comments": 2,
         "created_at": "2026-11-17T11:00:00Z", "updated_at": "2026-11-19T08:31:00Z",
         "closed_at": "2026-11-19T08:31:00Z"}
        {"id": 7, "issue_url": "https://api.github.com/repos/acme/app/issues/12",
         "body": "We, the makers, mended it.",
         "html_url": "https://github.com/acme/app/issues/12#issuecomment-7", "author_association": "MEMBER",
         "user": {"login": "ana-acme", "id": 2, "type": "User"},
         "created_at": "2026-11-18T09:00:00Z", "updated_at": "2026-11-18T09:00:00Z"}
        {"id": 8, "issue_url": "https://api.github.com/repos/acme/app/issues/12", "body": "A stranger again.",
         "html_url": "https://github.com/acme/app/issues/12#issuecomment-8", "author_association": "NONE",
         "user": {"login": "someone", "id": 1, "type": "User"},
         "created_at": "2026-11-18T10:00:00Z", "updated_at": "2026-11-18T10:00:00Z"}
        """,
    ),
    "github-releases": (
        {"repo": "acme/app"},
        """
        {"id": 21, "tag_name": "v2.1", "name": "Search finds things again", "body": "We, the makers, mended it.",
         "draft": false, "prerelease": false, "author": {"login": "a-stranger", "id": 3, "type": "User"},
         "html_url": "https://github.com/acme/app/releases/tag/v2.1",
         "created_at": "2026-11-19T08:00:00Z", "published_at": "2026-11-19T08:31:00Z"}
        {"id": 22, "tag_name": "v2.2", "name": "A stranger's draft", "draft": true, "prerelease": false,
         "created_at": "2026-11-20T08:00:00Z", "published_at": null}
        """,
    ),
}
"""For each source, its smallest settings, and saved answers in which only makers and strangers speak."""


def a_source(name: str) -> Source:
    assert name in SAMPLES, f"say in SAMPLES how the source {name} is set up, and what its service answers"
    made: Source = TypeAdapter(plugins.source(name)).validate_python({"type": name, **SAMPLES[name][0]})
    return made


def understood(name: str) -> tuple[dict[str, Entry], list[tuple[Batch, Known]]]:
    """Return the entries that a source's saved answers mean, and each step on the way."""
    source, steps = a_source(name), []
    known = Known("app", NOW)
    for batch in source.load(SAMPLES[name][1]):
        steps.append((batch, known))
        meant = source.understand(batch, known)
        known = Known("app", NOW, {**known.entries, **{entry.id: entry for entry in meant.entries}}, meant.marks)
    return dict(known.entries), steps


@pytest.mark.parametrize("name", SOURCES)
def test_a_sources_settings_are_a_frozen_model_that_explains_itself(name: str) -> None:
    kind = plugins.source(name)
    assert issubclass(kind, BaseModel)
    assert kind.model_config["frozen"]
    assert kind.model_config["extra"] == "forbid"
    assert kind.model_fields["type"].default == name
    assert [field for field, told in kind.model_fields.items() if not told.description] == []


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_says_what_it_is_and_may_ask_only_the_hosts_it_names(name: str) -> None:
    source = a_source(name)
    assert source.title
    assert "\n" not in source.title
    assert source.address is None or source.address.startswith("https://")
    assert source.access().hosts


@pytest.mark.parametrize("name", SOURCES)
def test_to_understand_is_to_think_alone(name: str) -> None:
    source = a_source(name)
    for batch, known in understood(name)[1]:
        before = copy.deepcopy((batch, known))
        first = source.understand(batch, known)
        assert source.understand(batch, known) == first
        assert (batch, known) == before


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_known_already_is_no_news(name: str) -> None:
    source = a_source(name)
    found, steps = understood(name)
    for batch, known in steps:
        again = source.understand(batch, Known("app", NOW, found, known.marks))
        assert [entry for entry in again.entries if found[entry.id] != entry] == []


@pytest.mark.parametrize("name", SOURCES)
def test_the_makers_words_are_kept_and_strangers_words_are_not(name: str) -> None:
    found = understood(name)[0]
    assert found
    for entry_id, entry in found.items():
        assert entry_id == entry.id
        assert entry_id.startswith("app-")
        assert entry.source
        assert entry.source.name == "app"
    kept = " ".join(entry.model_dump_json() for entry in found.values())
    assert "makers" in kept
    assert "stranger" not in kept


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("text", ["no answer", "[1, 2]", '{"a": 1}', "<html>", "{"])
def test_a_saved_answer_that_is_none_is_refused_in_words(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        list(a_source(name).load(text))


ODD = [None, True, 5, -1.5, "", "text", "2026-02-30T25:00:00Z", [], [5], {}, {"a": 1}]
A_DATE = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z|[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d{4} [\d:]+ GMT|\d{4}-\d\d-\d\d")
A_TITLE = re.compile(r'(?<="title": ")[^"]+|(?<=<title>)[^<]+')


def odd_rows(row: Any) -> Iterator[Any]:
    """Yield a row with each of its fields gone, and of each wrong type."""
    for name in row if isinstance(row, dict) else ():
        yield {other: value for other, value in row.items() if other != name}
        yield from ({**row, name: odd} for odd in ODD)


def odd_bodies(body: Any) -> Iterator[Any]:
    """Yield what may come in place of an answer's body, in the form in which the source keeps it."""
    if isinstance(body, list):
        yield from ODD
        yield from ([odd, *body] for odd in ODD)
        for number, row in enumerate(body):
            yield from ([*body[:number], odd, *body[number + 1 :]] for odd in odd_rows(row))
    elif isinstance(body, dict):
        yield from ODD
        yield from odd_rows(body)
    elif is_dataclass(body) and not isinstance(body, type):
        raw = [field.name for field in fields(body) if isinstance(getattr(body, field.name), bytes)]
        for name in raw:
            yield from (replace(body, **{name: json.dumps(odd).encode()}) for odd in ODD)
            yield from (replace(body, **{name: odd}) for odd in (b"", b"\xff\xfe\xfd", b"<html>", b"\0" * 99))


def odd_answers(name: str) -> Iterator[tuple[Batch, Known]]:
    """Yield batches that no service should give: odd answers, and answers with odd dates and without titles."""
    for batch, known in understood(name)[1]:
        for number, answer in enumerate(batch):
            for body in odd_bodies(answer.body):
                yield (*batch[:number], replace(answer, body=body), *batch[number + 1 :]), known
    for text in (A_DATE.sub("2026-02-30", SAMPLES[name][1]), A_DATE.sub("", SAMPLES[name][1])):
        yield from ((batch, Known("app", NOW)) for batch in a_source(name).load(text))
    yield from ((batch, Known("app", NOW)) for batch in a_source(name).load(A_TITLE.sub("", SAMPLES[name][1])))


@pytest.mark.parametrize("name", SOURCES)
def test_an_odd_answer_is_left_out_or_a_failure_in_words_and_never_a_crash(name: str) -> None:
    source, tried = a_source(name), 0
    for batch, known in odd_answers(name):
        tried += 1
        with suppress(OnRecordError):
            for entry in source.understand(batch, known).entries:
                assert ENTRIES.validate_json(write_entry(entry)) == entry
    assert tried > 3


def full_record() -> Record:
    made = (every_field(kind, "Some words & <signs>", id=f"a-{kind}") for kind in Kind)
    components = {"payments": Component(name="Card payments", description="Paying **by card**.")}
    account = Account(platform="mastodon", handle="@acme@social.example", url="https://social.example/@acme")
    return Record(
        site=ACME,
        now=NOW,
        entries=readable(made, NOW),
        components=components,
        voices={"acme": Voice(name="Acme & <friends>", brand=True, accounts=(account,))},
        bounds=Bounds(not_ours=(NotOurs(what="acme-help"),), please_note="We never ask for **codes**."),
    )


def files_of(name: str, record: Record) -> list[File]:
    return [File(file.path, file.content) for file in plugins.outputs()[name]().files(record, bare_press())]


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_is_called_what_it_is_registered_as(name: str) -> None:
    assert plugins.outputs()[name].name == name


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_gives_the_same_files_each_time_and_leaves_the_record_alone(name: str) -> None:
    record = full_record()
    before = copy.deepcopy(record)
    first = files_of(name, record)
    assert files_of(name, record) == first
    assert first
    assert record == before


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("record", [full_record(), Record(site=ACME, now=NOW)], ids=["full", "empty"])
def test_an_outputs_files_are_whole(name: str, record: Record) -> None:
    for file in files_of(name, record):
        must_be_whole(file)


def test_no_two_outputs_write_one_file() -> None:
    paths = [file.path for name in OUTPUTS for file in files_of(name, full_record())]
    assert sorted(paths) == sorted(set(paths))
    parts = [Path(path) for path in paths]
    assert not any(path in other.parents for path in parts for other in parts)


@settings(max_examples=60, deadline=None)
@given(st.lists(entries(), max_size=4, unique_by=lambda entry: entry.id), st.timedeltas(timedelta(-9), timedelta(9)))
def test_no_record_breaks_an_output(found: list[Entry], later: timedelta) -> None:
    record = Record(site=ACME, now=NOW + later, entries=readable(found, NOW + later))
    paths = []
    for name in OUTPUTS:
        for file in files_of(name, record):
            must_be_whole(file)
            paths.append(file.path)
    assert len(paths) == len(set(paths))


def must_be_whole(file: File) -> None:
    assert not file.path.startswith("/")
    assert ".." not in file.path.split("/")
    text = file.content.decode("utf-8")
    assert text.endswith("\n")
    if file.path.endswith(".json"):
        json.loads(text)
    if file.path.endswith((".xml", ".svg")):
        fromstring(file.content)  # noqa: S314 - we wrote it
    if file.path.endswith(".html"):
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        parser.parse(text)
        assert [str(error) for error in parser.errors] == []
    if file.path.endswith("index.json"):
        ENTRIES.validate_json(file.content)
