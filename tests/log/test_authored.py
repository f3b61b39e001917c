"""Entries that people write: facts on top, words below, dated sections for what happened since."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.strategies import authored_junk, entries, json_values, lines, moments, texts

from onrecord.errors import OnRecordError
from onrecord.log.authored import read_authored
from onrecord.model.entry import ENTRIES, STATUSES, Entry, write_entry
from onrecord.model.kinds import Kind, Status

BERLIN = ZoneInfo("Europe/Berlin")
FACTS = "kind: incident\ntitle: Mail is late\nopened: 2026-11-21 09:00\n"


def entry(words: str = "", facts: str = FACTS, name: str = "late-mail") -> Entry:
    return whole(f"---\n{facts}---\n{words}", name)


def whole(text: str, name: str = "late-mail") -> Entry:
    return read_authored(text, f"content/entries/{name}.md", name, BERLIN)


def refused(words: str = "", facts: str = FACTS, name: str = "late-mail") -> str:
    return refused_whole(f"---\n{facts}---\n{words}", name)


def refused_whole(text: str, name: str = "late-mail") -> str:
    with pytest.raises(OnRecordError) as caught:
        whole(text, name)
    return str(caught.value)


def updates(found: Entry) -> list[tuple[str, str | None, str | None, str | None, str]]:
    return [
        (
            f"{update.at:%d %H:%M}",
            update.status,
            update.next_update_at and f"{update.next_update_at:%d %H:%M}",
            update.by,
            update.body,
        )
        for update in found.updates
    ]


def test_an_entry_is_its_facts_its_words_and_what_happened_since() -> None:
    found = entry(
        "Mail to some of you is late.\n\n"
        "## 2026-11-21 09:10 identified, next 09:45, by ana\n\nA queue is full.\n\n"
        "## 2026-11-21 09:40 resolved, by Bo Berg\n\nAll mail is out. **Sorry.**\n"
    )
    assert (found.id, found.status, found.body) == ("late-mail", Status.RESOLVED, "Mail to some of you is late.")
    assert updates(found) == [
        ("21 08:10", "identified", "21 08:45", "ana", "A queue is full."),
        ("21 08:40", "resolved", None, "Bo Berg", "All mail is out. **Sorry.**"),
    ]
    assert found.closed == found.updates[1].at


def test_an_entry_needs_three_facts() -> None:
    found = entry()
    assert (found.status, found.lang, found.updates, found.body, found.closed) == (
        "investigating",
        "en",
        (),
        "",
        None,
    )


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        ("## 2026-11-22", ("21 23:00", None, None, None)),
        ("## 2026-11-22 monitoring", ("21 23:00", "monitoring", None, None)),
        ("## 2026-11-21 09:10", ("21 08:10", None, None, None)),
        ("## 2026-11-21 09:10, by ana", ("21 08:10", None, None, "ana")),
        ("## 2026-11-21 09:10, next 09:45", ("21 08:10", None, "21 08:45", None)),
        ("## 2026-11-21 09:10 monitoring, next 2026-11-22", ("21 08:10", "monitoring", "21 23:00", None)),
        (
            "## 2026-11-21 09:10 +02:00 monitoring, next 2026-11-22 08:00 Z",
            ("21 07:10", "monitoring", "22 08:00", None),
        ),
        ("## 2026-11-21 09:10Z, next 09:45Z, by Ana Ruiz", ("21 09:10", None, "21 09:45", "Ana Ruiz")),
        ("## 2026-11-21 09:10 UTC  monitoring,next 23:00 ,  by  ana ", ("21 09:10", "monitoring", "21 22:00", "ana")),
        ("##2026-11-21 09:10 monitoring", ("21 08:10", "monitoring", None, None)),
        ("   ##\t2026-11-21 09:10 monitoring", ("21 08:10", "monitoring", None, None)),
    ],
)
def test_a_dated_heading_says_when_where_it_stands_what_is_promised_and_who_speaks(
    heading: str, read: tuple[str | None, ...]
) -> None:
    assert updates(entry(f"{heading}\n\nWords.\n")) == [(*read, "Words.")]


@pytest.mark.parametrize(
    "heading",
    [
        "## 2026-11-21 9:10 monitoring",
        "## 2026-11-21 09:10: we found it",
        "## 2026-11-21 09:10 - monitoring",
        "## 2026-11-21, monitoring",
        "## 2026-11-21 09:10 monitoring, by ana, next 09:45",
        "## 2026-11-21 09:10 monitoring, next soon",
        "## 2026-11-21 09:10 monitoring, next , by ana",
        "## 2026-11-21 09:10 monitoring, by",
        "## 2026-11-21 09:10 monitoring ##",
        "## 2026-11-21T09:10 monitoring",
    ],
)
def test_a_dated_heading_that_is_not_understood_is_never_passed_over(heading: str) -> None:
    assert refused(f"Words.\n\n{heading}\n") == (
        f'content/entries/late-mail.md:8: this dated heading is not understood: "{heading[3:]}"\n'
        '    write it like "## 2026-11-21 09:10 identified, next 09:45, by ana"'
    )


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        (
            "2026-11-21 09:10 identifed",
            (
                'the status cannot be "identifed". Did you mean "identified"?\n'
                "    use one of: investigating, identified, monitoring, resolved, postmortem, withdrawn"
            ),
        ),
        (
            "2026-11-21 09:10 completed",
            (
                'the status cannot be "completed".\n'
                "    use one of: investigating, identified, monitoring, resolved, postmortem, withdrawn"
            ),
        ),
        (
            "2026-02-30 09:10 resolved",
            (
                "in this dated heading: there is no such day or time\n"
                '    write a time like "2026-11-21 09:30", "2026-11-21 09:30 +01:00" or "2026-11-21"'
            ),
        ),
        (
            "2026-10-25 02:30 resolved",
            (
                "in this dated heading: this time happens twice in Europe/Berlin, because clocks change\n"
                '    write "2026-10-25 02:30+02:00" or "2026-10-25 02:30+01:00"'
            ),
        ),
        (
            "2026-11-21 23:50, next 00:20",
            'in this dated heading: "next" is not after its time\n    write its day too, like "2026-11-22 00:30"',
        ),
        (
            "2026-11-21 09:10, next 29:45",
            (
                'in this dated heading: "next": there is no such day or time\n'
                '    write a time like "2026-11-21 09:30", "2026-11-21 09:30 +01:00" or "2026-11-21"'
            ),
        ),
    ],
)
def test_a_dated_heading_with_a_wrong_word_or_time_says_which(heading: str, said: str) -> None:
    assert refused(f"\n## {heading}\n") == f"content/entries/late-mail.md:7: {said}"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said = refused("## 2026-02-30 completd\n\n## 2026-11-21 x y\n", FACTS + "impact: huge\nid: other\n")
    assert [line.partition(" ")[0] for line in said.splitlines() if line.startswith("content")] == [
        f"content/entries/late-mail.md:{place}:" for place in ["5:9", "6:5", "8", "8", "10"]
    ]


def test_other_headings_are_sections_of_the_body() -> None:
    found = entry(
        "Intro.\n\n## 2026-11-21 09:10\n\nFirst.\n\n### Detail\n\nOf the update.\n\n"
        "## What we change\n\nAn alarm.\n\n### How\n\n## 2026-11-21 10:00\n\nSecond.\n\n# Thanks\n\nTo you.\n"
    )
    assert found.body == "Intro.\n\n## What we change\n\nAn alarm.\n\n### How\n\n# Thanks\n\nTo you."
    assert [body for *_, body in updates(found)] == ["First.\n\n### Detail\n\nOf the update.", "Second."]


@pytest.mark.parametrize(
    "block",
    [
        "```\n## 2026-11-21 resolved\n```",
        "~~~~ text\n```\n## 2026-11-21 resolved\n~~~\n~~~~~",
        "```\n```python\n## 2026-11-21 resolved\n```",
        "  ```\n  ## 2026-11-21 resolved\n   ```  ",
        "```\n## 2026-11-21 resolved",
    ],
)
def test_a_heading_in_a_code_block_is_code(block: str) -> None:
    found = entry(block)
    assert (found.updates, found.body) == ((), block.strip())


@pytest.mark.parametrize("line", ["```code``` in a line", "    ```", "a ```", "``", "~~gone~~"])
def test_what_opens_no_code_block_hides_no_update(line: str) -> None:
    assert len(entry(f"{line}\n\n## 2026-11-21 09:10 monitoring\n").updates) == 1


def test_characters_that_look_like_line_ends_move_no_line_number() -> None:
    assert "late-mail.md:7: " in refused("a\x0bb\x0cc\x1cd\u2028e\u0085f\n## 2026-11-21 x y\n")


def test_updates_count_in_the_order_of_their_times() -> None:
    found = entry("## 2026-11-21 11:00 resolved\n\nb\n\n## 2026-11-21 10:00 identified\n\na\n")
    assert [update.body for update in found.updates] == ["a", "b"]
    assert found.status == Status.RESOLVED


def test_a_post_mortem_does_not_move_the_end() -> None:
    found = entry("## 2026-11-21 10:00 resolved\n\n## 2026-11-24 15:00 postmortem\n")
    assert (found.status, found.closed) == (Status.POSTMORTEM, found.updates[0].at)


def test_a_reopening_is_counted_and_the_last_end_is_the_end() -> None:
    found = entry(
        "## 2026-11-21 10:00 resolved\n## 2026-11-21 11:00\n## 2026-11-21 12:00 investigating\n"
        "## 2026-11-21 13:00 resolved\n"
    )
    assert found.closed == found.updates[3].at
    assert found.model_dump()["reopened_at"] == (found.updates[2].at,)


def test_an_entry_that_was_reopened_is_not_closed() -> None:
    found = entry("## 2026-11-21 10:00 resolved\n## 2026-11-21 12:00 monitoring\n")
    assert (found.closed, found.is_open) == (None, True)


def test_what_the_facts_say_goes_before_what_the_sections_tell() -> None:
    facts = FACTS + "status: monitoring\nclosed: 2026-11-21 09:30\n"
    found = entry("## 2026-11-21 10:00 resolved\n", facts)
    assert (found.status, f"{found.closed:%H:%M}") == ("monitoring", "08:30")


def test_updates_in_the_facts_join_those_in_the_body() -> None:
    found = entry("## 2026-11-21 10:00\n\nb\n", FACTS + "updates:\n  - at: 2026-11-21 09:30\n    body: a\n")
    assert [update.body for update in found.updates] == ["a", "b"]


def test_updates_that_are_not_a_list_are_said_with_sections_too() -> None:
    said = refused("## 2026-11-21 10:00\n", FACTS + "updates: none yet\n")
    assert said == (
        "content/entries/late-mail.md:5:10: \"updates\" is not a list ('none yet')\n"
        '    write one "- value" per line, or [one, two]'
    )


def test_maintenance_that_is_done_has_ended() -> None:
    facts = (
        "kind: maintenance\ntitle: T\nopened: 2026-11-01\nscheduled_for: 2026-11-02\nscheduled_until: 2026-11-03\n"
    )
    found = entry("## 2026-11-03 completed\n", facts)
    assert (found.status, found.closed) == (Status.COMPLETED, found.updates[0].at)


def test_a_note_that_is_out_is_not_said_to_have_ended() -> None:
    found = entry("## 2026-11-22 published\n", "kind: apology\ntitle: T\nopened: 2026-11-21\n")
    assert (found.status, found.closed) == (Status.PUBLISHED, None)


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_byte_order_marks_and_line_ends_of_any_system_change_nothing(start: str, end: str) -> None:
    text = f"---\n{FACTS}---\nOne.\n\nTwo.\n\n## 2026-11-21 09:10\n\nThree.\n"
    assert whole(start + text.replace("\n", end)) == whole(text)


NO_FACTS = (
    "content/entries/late-mail.md:1: this entry has no facts at its top\n"
    '    begin the file with "---", then "kind: …", "title: …", "opened: …", then "---"'
)


@pytest.mark.parametrize(
    "text", ["", "Hello.\n", "\n---\nkind: incident\n---\n", "# Title\n\n---\n", "----\na: b\n---\n"]
)
def test_an_entry_without_facts_says_how_to_begin(text: str) -> None:
    assert refused_whole(text) == NO_FACTS


def test_facts_that_never_end_say_how_to_end_them() -> None:
    assert refused_whole(f"---\n{FACTS}\nHello.\n") == (
        "content/entries/late-mail.md:1: the facts that begin here never end\n"
        '    put a line "---" between the facts and the words'
    )


def test_the_body_stands_below_the_facts_and_nowhere_else() -> None:
    assert refused("Hello.\n", FACTS + "body: Good day.\n") == (
        "content/entries/late-mail.md:5:1: there are two bodies\n"
        "    keep one of them: the words below the facts are the body"
    )


@pytest.mark.parametrize(
    ("name", "what", "todo"),
    [
        ("2026", " because a page of the site has that name", 'use a longer one, like "2026-11-late-mail"'),
        ("2026-11", " because a page of the site has that name", 'use a longer one, like "2026-11-late-mail"'),
        ("index", " because a page of the site has that name", 'use a longer one, like "2026-11-late-mail"'),
        ("Late-Mail", "", 'use small letters, digits and ". _ -", like "2026-11-late-mail"'),
    ],
)
def test_a_file_whose_name_cannot_be_an_id_is_to_be_renamed(name: str, what: str, todo: str) -> None:
    assert refused(name=name) == (
        f'content/entries/{name}.md: "{name}" cannot be an id{"," if what else ""}{what}\n    rename the file: {todo}'
    )


def test_the_name_of_the_file_is_the_id() -> None:
    assert entry(facts=FACTS + "id: late-mail\n").id == "late-mail"
    assert refused(facts=FACTS + "id: later-mail\n") == (
        'content/entries/late-mail.md:5:5: the id "later-mail" is not the name of the file\n'
        '    take the line out: the id is the name of the file, "late-mail"'
    )


@pytest.mark.parametrize("kind", ["[incident]", "{a: b}", "5", "true"])
def test_a_kind_that_is_no_word_is_said_as_such(kind: str) -> None:
    assert '"kind"' in refused("## 2026-11-21 resolved\n", f"kind: {kind}\ntitle: T\n")


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
