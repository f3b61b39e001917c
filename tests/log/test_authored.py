"""Entries that people write: facts on top, words below, dated sections for what happened since."""

import pytest
from tests.log.writing import FACTS, entry, refused, refused_whole, updates, whole

from onrecord.model.kinds import Status


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
