"""How well each kind is found in lines that were marked before the patterns were written."""

import json
from collections import Counter

import pytest
from tests.pull.corpus import FOLDER, needs_corpora
from tests.redact.labelled import LABELLED, RULES, Measured, labelled, measure, missed

from onrecord.redact import KINDS, finds

LINES = labelled(LABELLED)


def test_the_lines_have_every_kind_and_many_of_nothing() -> None:
    marked = Counter(mark.kind for line in LINES for mark in line.marked)
    assert set(marked) == set(KINDS)
    assert min(marked.values()) >= 8
    nothing = sum(not line.marked for line in LINES)
    assert len(LINES) >= 240
    assert nothing >= 0.4 * len(LINES)


@pytest.mark.parametrize("kind", KINDS)
def test_nearly_all_of_a_kind_is_found_and_hardly_anything_else(kind: str) -> None:
    found = measure(LINES)[kind]
    said = "\n".join(missed(LINES))
    assert found.recall >= 0.97, said
    assert found.precision >= 0.97, said


def test_a_set_in_which_nothing_is_found_and_one_in_which_too_much_is_are_told_apart() -> None:
    (line, *_) = LINES
    assert measure([line.__class__("nobody is here", line.marked)])["e-mail"] == Measured(1, 0, 0)
    unmarked = measure([line.__class__(line.text, ())])["e-mail"]
    assert (unmarked, unmarked.precision) == (Measured(0, 0, 1), 0.0)


@needs_corpora
def test_in_the_real_issues_of_a_large_project_next_to_nothing_is_found() -> None:
    texts = [
        row[field] or ""
        for name in ("issues", "comments")
        for row in map(json.loads, (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines())
        for field in ("title", "body")
        if field in row
    ]
    counts = Counter(find.kind for text in texts for find in finds(text[:65_536], RULES))
    assert len(texts) > 3_000
    assert counts.total() <= 3, counts
