"""When all that was said on an issue has been read."""

from typing import Any

import pytest
from tests.local_github import HandClock, LocalGitHub, comment, issue
from tests.sources.pulling import after, known, puller, source

from onrecord.contracts import Answer
from onrecord.sources.github_issues.owed import Owed
from onrecord.web import Web

T0, T1 = "2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z"


def said(ident: int, number: int) -> dict[str, Any]:
    return comment(ident, number, "We mended it.", created_at=T1)


def owed(**comments: int) -> Owed:
    expected = Owed()
    for name, count in comments.items():
        expected.expect(int(name.removeprefix("on_")), count)
    return expected


def test_an_issue_is_whole_with_its_last_comment() -> None:
    expected = owed(on_1=2, on_2=1)
    assert expected.whole_with([said(11, 1)]) == []
    assert expected.whole_with([said(12, 1), said(21, 2)]) == [1, 2]
    assert expected.whole_with([said(13, 1)]) == []


def test_one_without_comments_is_whole_at_once() -> None:
    assert owed(on_1=0, on_2=1).whole_with([]) == [1]


def test_a_row_that_comes_again_at_the_top_of_the_next_page_counts_once() -> None:
    expected = owed(on_1=3)
    assert expected.whole_with([said(11, 1), said(12, 1)]) == []
    assert expected.whole_with([said(12, 1)]) == []
    assert expected.whole_with([said(13, 1)]) == [1]


def test_comments_on_what_is_not_on_record_tell_nothing() -> None:
    assert owed(on_1=1).whole_with([said(21, 2)]) == []


@pytest.mark.parametrize(
    "odd", [None, 7, "row", [], {}, {"id": 1}, {"id": [], "issue_url": "x/1"}, {"id": 1, "issue_url": None}]
)
def test_a_page_with_an_odd_row_makes_nothing_whole(odd: object) -> None:
    expected = owed(on_1=1)
    assert expected.whole_with([said(11, 1), odd]) == []
    assert expected.whole_with([said(11, 1)]) == [1]


def test_a_pull_tells_of_each_entry_once_when_it_is_whole() -> None:
    counts = {1: 3, 2: 0, 3: 120, 4: 1}
    issues = [issue(n, "Late", created_at=T0, closed_at=T1, comments=count) for n, count in counts.items()]
    comments = [said(1000 * n + m, n) for n, count in counts.items() for m in range(count)]
    now, told = known(), list[str]()
    with LocalGitHub(issues=issues, comments=comments, token="t", clock=HandClock()) as github:
        asking = puller(github).source
        with Web(asking.access(), HandClock(), 60, print) as web:
            for batch in asking.fetch(web, now, print):
                whole = asking.understand(batch, now).whole
                now = after(asking, batch, start=now)
                told += whole
                assert all(
                    len(now.entries[f"app-{n}"].updates) == counts[n] + 1 for n in counts if f"app-{n}" in whole
                )
    assert sorted(told) == ["app-1", "app-2", "app-3", "app-4"]


def test_what_is_whole_is_named_as_on_record() -> None:
    assert source().understand((Answer("whole", "", [7, 8]),), known()).whole == {"app-7", "app-8"}
