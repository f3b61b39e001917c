"""Dated sections: when it was said, where things stand since, what is promised, and what they tell of the whole."""

import pytest
from tests.log.writing import FACTS, entry, refused, updates

from onrecord.model.kinds import Status


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
    ("heading", "kind", "status"),
    [
        ("## 2026-11-21 09:10 ack", "ack", None),
        ("## 2026-11-21 09:10 ack investigating, next 09:45, by ana", "ack", "investigating"),
        ("## 2026-11-21 handoff, by ana", "handoff", None),
        ("## 2026-11-21 09:10 monitoring", None, "monitoring"),
    ],
)
def test_a_dated_heading_may_say_what_the_words_do_for_whoever_asked(
    heading: str, kind: str | None, status: str | None
) -> None:
    (update,) = entry(f"{heading}\n\nWords.\n").updates
    assert (update.kind, update.status) == (kind, status)


def test_a_word_that_closes_is_a_status_and_never_only_a_kind_of_update() -> None:
    for word in ("close", "acknowledge", "hand-off"):
        assert f'the status cannot be "{word}"' in refused(f"Words.\n\n## 2026-11-21 09:10 {word}\n")


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
        '    begin each with "- at: …"; known there: '
        "at, status, body, by, official, venue, url, kind, next_update_at, components"
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


def test_updates_that_the_facts_list_decide_like_dated_sections() -> None:
    listed = "updates:\n  - {at: 2026-11-21 10:00, status: resolved, body: Done.}\n"
    told = entry("", FACTS + listed)
    assert (told.status, told.closed) == ("resolved", told.updates[0].at)
    reopened = entry("## 2026-11-21 11:00 investigating\n", FACTS + listed)
    assert (reopened.status, reopened.closed) == ("investigating", None)
