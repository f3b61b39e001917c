"""Edits of what people wrote: the field or the section that was meant, and every other byte as it was."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.log.writing import BERLIN
from tests.strategies import entries, lines, moments, texts

from onrecord.errors import OnRecordError
from onrecord.log.authored import read_authored
from onrecord.log.editing import Value, empty_fields, with_field, with_item, with_parts, with_section, written_time
from onrecord.log.written import front_matter
from onrecord.model.entry import ENTRIES, Entry, write_entry
from onrecord.model.kinds import Kind
from onrecord.model.scalars import Moment
from onrecord.strict_yaml import decoded

ROOT = Path(__file__).parents[2]
DEMO = sorted(ROOT.glob("content/entries/**/*.md"))
PATH = "content/entries/x.md"
FACTS = (
    "---\nkind: incident  # what it is\n# Where it stands\nstatus: investigating\ncomponents:\n  - app\n---\nWords.\n"
)

values: st.SearchStrategy[Value] = st.recursive(
    texts.filter(bool) | lines | st.sampled_from(["null", "~", "no", "12:30", "a: b", "# c", "- d", "[", "{", "'"]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(lines, inner, min_size=1, max_size=3).map(dict)
    ),
    max_leaves=6,
)
endings = st.sampled_from(["\n", "\r\n", "\r"])
starts = st.sampled_from(["", "\ufeff"])


def facts(text: str) -> dict[str, object]:
    return front_matter(text, PATH)[0].plain


def in_words(value: object) -> Value:
    if isinstance(value, dict):
        return {key: in_words(part) for key, part in value.items()}
    if isinstance(value, list):
        return [in_words(part) for part in value]
    return value if isinstance(value, str) else json.dumps(value)


def around(before: str, after: str) -> tuple[int, int]:
    """Return how many characters at the start, and how many at the end, two texts share."""
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    rest = before[same:][::-1], after[same:][::-1]
    return same, next((at for at, (one, other) in enumerate(zip(*rest, strict=False)) if one != other), len(rest[0]))


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("status", "resolved", "status: resolved\n"),
        ("title", "Cards: declined", "title: 'Cards: declined'\n"),
        ("title", "null", "title: 'null'\n"),
        ("opened", "2026-11-21 09:10", "opened: 2026-11-21 09:10\n"),
        ("do_now", "One.\nTwo.", 'do_now: "One.\\nTwo."\n'),
        ("topics", ["cards", "a, b"], "topics: [cards, 'a, b']\n"),
        ("affected", {"count": "12", "regions": ["Spain"]}, "affected:\n  count: 12\n  regions: [Spain]\n"),
        ("prevention", [{"action": "An alarm", "due": "2026-12-01"}], "prevention:\n  - action: An alarm\n    due:"),
    ],
)
def test_a_field_is_written_as_a_person_would(name: str, value: Value, line: str) -> None:
    edited = with_field(FACTS, PATH, name, value)
    assert line in edited
    assert facts(edited) == {**facts(FACTS), name: value}


def test_a_field_that_is_there_changes_where_it_stands() -> None:
    assert with_field(FACTS, PATH, "status", "resolved") == FACTS.replace("investigating", "resolved")
    assert with_field(FACTS, PATH, "kind", "issue") == FACTS.replace("incident  #", "issue  #")
    assert with_field(FACTS, PATH, "status", "") == FACTS.replace("status: investigating", "status:")
    folded = FACTS.replace("investigating", ">-\n  a\n  b\n\n# c")
    assert with_field(folded, PATH, "status", "resolved") == FACTS.replace("investigating", "resolved\n\n# c")


def test_a_field_that_is_empty_is_filled() -> None:
    empty = FACTS.replace("status: investigating", "status:")
    assert with_field(empty, PATH, "status", "investigating") == FACTS
    assert with_field(empty.replace("status:", "status: ~"), PATH, "status", "investigating") == FACTS


def test_a_field_fills_the_place_that_is_kept_for_it() -> None:
    kept = FACTS.replace(
        "components:", "# affected:\n#   count:\n#   who:\n#   and this stays\n# note: a thing\ncomponents:"
    )
    edited = with_field(kept, PATH, "affected", {"count": "3"})
    assert edited == kept.replace("# affected:\n#   count:\n#   who:\n", "affected:\n  count: 3\n")
    assert "# note: a thing\n" in with_field(kept, PATH, "note", "b")


def test_facts_in_braces_and_with_a_margin_are_edited_too() -> None:
    braces = '---\n{"kind": incident, topics: [a, b,], }\n---\n'
    assert with_field(braces, PATH, "title", "a, b") == braces.replace('{"kind"', "{title: 'a, b', \"kind\"")
    assert with_field(braces, PATH, "kind", "a, b") == braces.replace("incident", "'a, b'")
    assert with_field(braces, PATH, "topics", ["c"]) == braces.replace("[a, b,]", "[c]")
    assert with_item(braces, PATH, "topics", "c") == braces.replace("b,", "b, c,")
    assert (
        with_field("---\n  kind: issue\n---\n", PATH, "topics", ["c"]) == "---\n  kind: issue\n  topics: [c]\n---\n"
    )


def test_an_item_joins_a_list_as_that_is_written() -> None:
    item = {"was": "a", "now": "b: c"}
    written = "corrections:\n  - was: a\n    now: 'b: c'\n"
    once = with_item(FACTS, PATH, "corrections", item)
    assert once == FACTS.replace("---\nWords", f"{written}---\nWords")
    twice = with_item(once.replace("b: c'\n", "b: c'  # so\n"), PATH, "corrections", item)
    assert twice == once.replace("b: c'\n", "b: c'  # so\n  - was: a\n    now: 'b: c'\n")
    assert with_item(FACTS, PATH, "components", "shops") == FACTS.replace("- app\n", "- app\n  - shops\n")
    flow = FACTS.replace("components:\n  - app", "components: [{a: b}, # c\n  ]")
    assert with_item(flow, PATH, "components", item) == flow.replace("{a: b}", "{a: b}, {was: a, now: 'b: c'}")


def test_a_file_that_would_not_say_what_was_meant_is_refused() -> None:
    tricky = '---\nkind: incident\ntitle: "One\n# status:\ntwo"\n---\n'
    with pytest.raises(OnRecordError) as caught:
        with_field(tricky, PATH, "status", "resolved")
    assert str(caught.value) == (
        f'{PATH}:2:1: "status" cannot be set here by a program\n'
        "    open the file and write it yourself: status: resolved"
    )


def test_facts_without_a_field_get_their_first() -> None:
    assert with_field("---\n# Ours\n---\n", PATH, "status", "resolved") == "---\n# Ours\nstatus: resolved\n---\n"
    assert with_item("---\n---", PATH, "topics", "cards") == "---\ntopics: [cards]\n---"


@pytest.mark.parametrize(
    ("text", "blank"),
    [("---\n---\n", "\n"), ("---\n---", "\n\n"), ("a", "\n\n"), ("a\n", "\n"), ("a\n\n", ""), ("a\n\n\n", "")],
)
def test_a_section_stands_apart_from_what_is_above_it(text: str, blank: str) -> None:
    assert with_section(text, "2026-11-21", " B.\n") == f"{text}{blank}## 2026-11-21\n\nB.\n"
    windows = text.replace("\n", "\r\n") if "\n" in text else text
    expected = (
        f"{text}{blank}## 2026-11-21\n".replace("\n", "\r\n") if "\n" in text else f"{text}{blank}## 2026-11-21\n"
    )
    assert with_section(windows, "2026-11-21", "") == expected


def test_the_fields_that_wait_for_a_value_come_with_the_words_above_them() -> None:
    text = "---\n# It is:\nkind: issue\n\n# How much\n# it hurts\nimpact:\ntitle:  # one\nlang: \n# x:\n---\na:\n"
    assert empty_fields(text, PATH) == {"impact": "How much it hurts", "lang": ""}


def test_a_part_of_a_group_that_waits_is_called_as_it_is_set() -> None:
    text = "---\nraised:\n  at: 2026-11-21\n  # In our\n  # words\n  paraphrase:\n# a:\ntopics:\n- a\n---\n"
    assert empty_fields(text, PATH) == {"raised.paraphrase": "In our words"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("raised:\n  at: 1  # a\n  count: 2  # b\n", "raised:\n  at: 1  # a\n  count: 3  # b\n  url: x\n"),
        ("raised:\n    at: 1\n    # c\n    count:\n", "raised:\n    at: 1\n    # c\n    count: 3\n    url: x\n"),
        ("raised: {at: 1}\n", "raised: {url: x, count: 3, at: 1}\n"),
        ("raised: {at: 1, count: 2}\n", "raised: {url: x, at: 1, count: 3}\n"),
        ("raised:\ntitle: a\n", "raised: {count: 3, url: x}\ntitle: a\n"),
        ("# raised:\n#   at:\n#   count:\ntitle: a\n", "raised:\n  count: 3\n  url: x\ntitle: a\n"),
    ],
)
def test_a_group_gets_parts_and_keeps_the_others(before: str, after: str) -> None:
    assert with_parts(f"---\n{before}---\n", PATH, "raised", {"count": "3", "url": "x"}) == f"---\n{after}---\n"


def test_a_time_is_written_in_the_sites_zone_and_with_its_offset_where_clocks_change() -> None:
    written = [
        written_time(datetime.fromisoformat(moment), ZoneInfo("Europe/Berlin"))
        for moment in ("2026-11-21T08:10:59Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")
    ]
    assert written == ["2026-11-21 09:10", "2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00"]


@given(st.sampled_from(DEMO), endings, starts, st.booleans(), st.data())
@settings(max_examples=60)
def test_every_byte_of_the_demo_but_the_edit_stays(
    path: Path, ending: str, start: str, newline_at_end: bool, data: st.DataObject
) -> None:
    text = path.read_text("utf-8")
    text = start + (text if newline_at_end else text.rstrip("\n")).replace("\n", ending)
    before = decoded(text.encode(), PATH)
    name = data.draw(st.sampled_from([*facts(before), "topics", "zzz"]))
    value = data.draw(values)
    edited = with_field(before, PATH, name, value)
    assert facts(edited) == {**facts(before), name: value}
    assert front_matter(edited, PATH)[1] == front_matter(before, PATH)[1]
    shared = sum(around(before, edited))
    old = facts(before).get(name)
    if old is None:
        assert shared == len(before)
    if isinstance(old, str) and f"{name}: {old}{ending}" in before:
        assert shared >= len(before) - len(old)

    longer = with_section(edited, "2026-11-30 09:10, by ana", "It is\nover.")
    assert longer.startswith(edited)
    assert longer.endswith(f"## 2026-11-30 09:10, by ana{ending}{ending}It is{ending}over.{ending}")


@given(entries(), endings)
@settings(max_examples=60)
def test_any_entry_that_is_written_field_by_field_survives(written: Entry, ending: str) -> None:
    plain = {key: part for key, part in json.loads(write_entry(written)).items() if key != "body"}
    text = f"---\nkind: {plain['kind']}\n---\n".replace("\n", ending)
    for name, value in plain.items():
        text = with_field(text, PATH, name, in_words(value))
    assert read_authored(text, PATH, written.id, BERLIN) == ENTRIES.validate_python(plain)


@given(entries(Kind.INCIDENT, Kind.APOLOGY), lines, st.lists(lines, min_size=1, max_size=3), st.booleans())
@settings(max_examples=60)
def test_any_list_grows_at_its_end(written: Entry, line: str, topics: list[str], in_flow: bool) -> None:
    plain = {key: part for key, part in json.loads(write_entry(written)).items() if key != "body"}
    text = f"---\n{json.dumps({'kind': plain.pop('kind')})}\n---\n" if in_flow else "---\nkind: incident\n---\n"
    for name, value in plain.items():
        text = with_field(text, PATH, name, in_words(value))
    longer = with_item(text, PATH, "corrections", {"was": line, "now": topics})
    before = facts(text)
    assert facts(longer) == {**before, "corrections": [*before.get("corrections", []), {"was": line, "now": topics}]}  # type: ignore[misc]
    assert sum(around(text, longer)) == len(text)


@given(moments.filter(lambda moment: moment.year > 1950), st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "UTC"]))
@settings(max_examples=60)
def test_any_time_of_the_clock_is_read_as_it_was_meant(moment: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    read = TypeAdapter(Moment).validate_python(written_time(moment, zone), context={"zone": zone})
    assert read == moment.replace(second=0)
