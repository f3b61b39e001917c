"""Rows that are not as GitHub describes them: each costs itself, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.local_github import HandClock, LocalGitHub, comment, faults, issue
from tests.sources.pulling import Puller, after, answers, known, puller, source

from onrecord.contracts import Answer
from onrecord.errors import SourceFailed
from onrecord.model.kinds import Status

CLOSED = "2026-11-0{}T10:00:00Z"
Edit = Callable[[dict[str, Any]], dict[str, Any]]


def closed(number: int, **facts: Any) -> Any:
    return issue(number, f"Issue {number}", closed_at=CLOSED.format(number), comments=1, **facts)


def said(number: int) -> Any:
    return comment(100 + number, number, f"Answer on {number}", created_at=CLOSED.format(number))


def github_with(count: int = 4, **how: Any) -> LocalGitHub:
    numbers = range(1, count + 1)
    return LocalGitHub(token="t", clock=HandClock(), issues=map(closed, numbers), comments=map(said, numbers), **how)


def odd(key: str, value: int, **fields: Any) -> faults.Fault:
    """Make the one row odd that has this number or id; a field that is `...` goes."""

    def change(row: dict[str, Any]) -> dict[str, Any]:
        other = {name: field for name, field in {**row, **fields}.items() if field is not ...}
        return other if row.get(key) == value else row

    return faults.change(lambda rows: [change(row) for row in rows] if isinstance(rows, list) else rows)


def lives(done: Puller) -> list[str]:
    return sorted(name for name, entry in done.known.entries.items() if entry.status is not Status.WITHDRAWN)


def words(done: Puller) -> set[str]:
    return {update.body for entry in done.known.entries.values() for update in entry.updates if update.body}


def test_an_odd_issue_costs_itself_and_the_marks_move() -> None:
    with github_with() as github:
        github.fault(odd("number", 3, labels=["fine", 5]), times=1000)
        done = puller(github).pull()
        assert done.failed is None
        assert lives(done) == ["app-1", "app-2", "app-4"]
        assert [line.partition("/issues: ")[2] for line in done.odd] == [
            'row 3 (number 3) was left out: "labels.1" is odd'
        ]
        assert (done.known.marks["sweep"], done.known.marks["issues"]) == ("done", CLOSED.format(4))
        assert done.pull().requests == 2


@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize("fields", [{"updated_at": "soon"}, {"created_at": ...}, {"user": 5}, {"labels": "none"}])
def test_the_first_or_last_issue_may_be_odd_in_any_way(number: int, fields: dict[str, Any]) -> None:
    with github_with() as github:
        github.fault(odd("number", number, **fields), times=1000)
        done = puller(github).pull()
        assert done.failed is None
        assert lives(done) == [f"app-{n}" for n in range(1, 5) if n != number]
        assert len(done.odd) == 1
        assert done.pull().failed is None
        assert done.pull().changed == 0


def test_an_issue_that_is_mended_later_comes_on_record() -> None:
    with github_with() as github:
        github.fault(odd("number", 4, labels=5), at="*/issues", times=2)
        done = puller(github).pull()
        assert lives(done) == ["app-1", "app-2", "app-3"]
        github.clock.sleep(60)
        github.repository.edit(4, title="Mended")
        assert lives(done.pull(full=True)) == ["app-1", "app-2", "app-3", "app-4"]
        assert done.odd == []


@pytest.mark.parametrize("fields", [{"labels": [5]}, {"number": "three"}, {"number": ...}])
def test_what_is_on_record_is_not_gone_because_its_row_cannot_be_read(fields: dict[str, Any]) -> None:
    with github_with() as github:
        done = puller(github).pull()
        before = done.known.entries
        github.fault(odd("number", 3, **fields), times=1000)
        assert done.pull(full=True).failed is None
        assert done.known.entries == before


def test_what_is_gone_is_withdrawn_although_another_row_is_odd() -> None:
    with github_with() as github:
        done = puller(github).pull()
        github.repository.delete(2)
        github.fault(odd("number", 3, labels=[5]), times=1000)
        assert lives(done.pull(full=True)) == ["app-1", "app-3", "app-4"]


def test_an_odd_comment_costs_itself_and_takes_no_answer_off_the_record() -> None:
    with github_with() as github:
        github.fault(odd("id", 102, created_at="soon"), at="*/comments", times=3)
        done = puller(github).pull()
        assert words(done) == {"Answer on 1", "Answer on 3", "Answer on 4"}
        assert [line.partition(": ")[2] for line in done.odd] == ['row 2 (id 102) was left out: "created_at" is odd']
        github.fault(odd("id", 103, user=[]), at="*/comments", times=1000)
        done.pull(full=True)
        assert words(done) == {f"Answer on {n}" for n in range(1, 5)}


def test_a_page_of_nothing_but_odd_comments_is_named_and_the_pull_ends_well() -> None:
    with github_with() as github:
        github.fault(faults.change(lambda rows: [7 for _ in rows]), at="*/comments", times=1000)
        done = puller(github).pull()
        assert (done.failed, len(done.known.entries), len(done.odd)) == (None, 4, 4)


@pytest.mark.parametrize("body", [{"message": "Hello"}, "text", 5, None])
def test_an_answer_that_is_no_list_is_a_failure(body: object) -> None:
    with pytest.raises(SourceFailed, match="no list of rows"):
        source().understand((Answer("issues", "https://api.github.com/x", body),), known())
    with github_with() as github:
        github.fault(faults.change(lambda rows: body), times=1000)
        done = puller(github).pull()
        assert done.failed
        assert done.known.marks == {}


def test_a_pulled_file_of_another_name_is_left_alone() -> None:
    told = after(source(), answers(closed(1)))
    odd_name = told.entries["app-1"].model_copy(update={"id": "app-one"})
    seen = (Answer("seen", "http://test", {"issues": [], "comments": []}),)
    done = after(source(), seen, start=known([odd_name, told.entries["app-1"]]))
    assert done.entries["app-one"] == odd_name
    assert done.entries["app-1"].status is Status.WITHDRAWN


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.sampled_from(
        ["", "\ud800", "x" * 9999, "https://acme.example/" + "9" * 9999, "0001-01-01T00:00:00+14:00", "2026-13-01"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "login", "a"]), inner),
    max_leaves=4,
)  # fmt: skip
_ISSUE = closed(1, labels=["known"], user="ana", author_association="OWNER")
_COMMENT = said(1)


@given(_ANYTHING)
def test_anything_in_place_of_a_row_raises_nothing(plain: Any) -> None:
    done = source().understand(answers(plain, closed(2), comments=[plain, said(2)], issue_2=[plain]), known())
    assert [entry.id for entry in done.entries] == ["app-2"]
    assert len(done.odd) >= 2


@given(st.sampled_from(sorted(_ISSUE)), st.sampled_from(sorted(_COMMENT)), _ANYTHING)
def test_anything_in_any_field_raises_nothing(of_issue: str, of_comment: str, plain: Any) -> None:
    rows = [{**_ISSUE, of_issue: plain}, closed(2)]
    comments = [{**_COMMENT, of_comment: plain}, said(2)]
    events = [{"event": plain}, {"event": "reopened", "created_at": plain}]
    done = after(source(known_issue_labels=["known"]), answers(*rows, comments=comments, issue_1=events))
    assert "app-2" in done.entries
