"""Talking to a strict local GitHub: what is asked, how often, and what is then on record."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from tests.local_github import HandClock, LocalGitHub, comment, faults, issue
from tests.local_host.clock import stamp
from tests.sources.pulling import Puller, puller

from onrecord.model.kinds import Status
from onrecord.web import WaitTooLong, Web

COMMENTS = "*/issues/comments"
ISSUES = "*/issues"


def moment(second: int) -> str:
    return stamp(datetime(2026, 10, 2, tzinfo=UTC) + timedelta(seconds=second))


def many(count: int, said: int = 1, every: int = 60, **facts: Any) -> dict[str, Any]:
    """Return closed issues, one each `every` seconds, with so many comments each."""
    numbers = range(1, count + 1)
    return {
        "issues": [
            issue(
                n,
                f"Issue {n}",
                **{"created_at": moment(-9999), "closed_at": moment(n * every), "comments": said, **facts},
            )
            for n in numbers
        ],
        "comments": [
            comment(1000 * n + m, n, f"Answer {m} on {n}", created_at=moment(n * every - m))
            for n in numbers
            for m in range(said)
        ],
    }


@pytest.fixture
def serve() -> Iterator[Callable[..., LocalGitHub]]:
    running: list[LocalGitHub] = []

    def start(**how: Any) -> LocalGitHub:
        github = LocalGitHub(**{"token": "t", "clock": HandClock(), **how})
        running.append(github)
        return github.__enter__()

    yield start
    for github in running:
        github.__exit__(None, None, None)


Serve = Callable[..., LocalGitHub]


def asked(done: Puller) -> list[str]:
    """Return the paths of the last pull below the repository, in order."""
    return [
        one.path.removeprefix("/repos/acme/app/").removeprefix("/repositories/4242/")
        for one in done.github.log[len(done.github.log) - done.requests :]
    ]


def answers(done: Puller) -> set[str]:
    return {
        update.body for entry in done.known.entries.values() for update in entry.updates if update.kind == "answer"
    }


# pulling once and again


def test_a_first_pull_takes_everything_and_a_second_one_two_requests_and_nothing_new(serve: Serve) -> None:
    done = puller(serve(**many(250, said=2))).pull()
    assert len(done.known.entries) == 250
    assert len(answers(done)) == 500
    before = done.known
    again = done.pull()
    assert asked(again) == ["issues", "issues/comments"]
    assert (again.changed, again.known.entries, again.known.marks) == (0, before.entries, before.marks)


def test_requests_say_who_asks_and_which_version_one_at_a_time_and_build_no_page_address(serve: Serve) -> None:
    github = serve(**many(250, said=2))
    puller(github).pull()
    for one in github.log:
        assert one.headers["user-agent"].startswith("onrecord/")
        assert one.headers["x-github-api-version"] == "2022-11-28"
        assert one.token == "t"
        assert "page" not in one.query
        assert "after" not in one.query or one.path.startswith("/repositories/4242/")
    assert github.most_at_once == 1


def test_comments_that_share_a_moment_are_read_by_link(serve: Serve) -> None:
    facts = many(3, said=0)
    said = [comment(n, 1 + n % 3, f"Answer {n}", created_at=moment(7)) for n in range(1, 351)]
    done = puller(serve(issues=facts["issues"], comments=said)).pull()
    assert len(answers(done)) == 350


def test_a_labelled_first_pull_asks_by_label_and_the_next_one_without(serve: Serve) -> None:
    facts = many(30, said=1)
    marked = [issue(n, "Public", created_at=moment(0), closed_at=moment(n), labels=["public"]) for n in (90, 91)]
    github = serve(issues=[*facts["issues"], *marked], comments=facts["comments"])
    done = puller(github, labels=["public"]).pull()
    assert sorted(done.known.entries) == ["app-90", "app-91"]
    first = [one for one in github.log if one.path.endswith("/issues") and one.query["direction"] == "asc"]
    assert [one.query["labels"] for one in first] == ["public"]
    again = done.pull()
    assert again.requests == 2
    assert not any("labels" in one.query for one in github.log[-2:])


def test_a_label_with_a_comma_is_filtered_here(serve: Serve) -> None:
    github = serve(issues=[issue(1, "x", closed_at=moment(9), labels=["a, b"]), issue(2, "y", closed_at=moment(9))])
    done = puller(github, labels=["a, b"]).pull()
    assert [*done.known.entries] == ["app-1"]
    assert not any("labels" in one.query for one in github.log)


def test_comments_are_asked_one_by_one_when_that_is_fewer_requests(serve: Serve) -> None:
    facts = many(4, said=150)
    github = serve(issues=[*facts["issues"][:3], *many(9)["issues"][4:]], comments=facts["comments"])
    github.repository.label(2, "public")
    done = puller(github, labels=["public"]).pull()
    assert asked(done).count("issues/2/comments") == 2
    assert len(answers(done)) == 150
    assert asked(done.pull()) == ["issues", "issues/comments"]


def test_what_comes_on_record_later_brings_its_older_comments(serve: Serve) -> None:
    github = serve(**many(5))
    github.repository.open_issue("Late")
    (late,) = [number for number, row in github.repository.issues.items() if row["title"] == "Late"]
    github.repository.say(late, "Looking.")
    done = puller(github).pull()
    assert f"app-{late}" not in done.known.entries
    github.clock.move(60)  # type: ignore[attr-defined]
    github.repository.close(late)
    done.pull()
    assert f"issues/{late}/comments" in asked(done)
    assert [update.body for update in done.entry(late).updates] == ["Looking.", ""]
    assert asked(done.pull()) == ["issues", "issues/comments"]


def test_an_edited_comment_is_seen_by_the_next_pull_and_a_deleted_one_by_a_full_one(serve: Serve) -> None:
    github = serve(**many(3, said=2))
    done = puller(github).pull()
    github.repository.reword(2001, "Better words")
    github.repository.unsay(3001)
    done.pull()
    assert "Better words" in answers(done)
    assert "Answer 1 on 3" in answers(done)
    done.pull(full=True)
    assert "Answer 1 on 3" not in answers(done)
    assert "Better words" in answers(done)


def test_a_removed_label_and_a_reopening_are_seen_by_the_next_pull(serve: Serve) -> None:
    github = serve(**many(3, labels=["public"]))
    done = puller(github, labels=["public"]).pull()
    github.repository.unlabel(1, "public")
    github.repository.reopen(2)
    github.clock.move(60)  # type: ignore[attr-defined]
    github.repository.edit(2, title="Reopened and renamed")
    done.pull()
    assert done.entry(1).status is Status.WITHDRAWN
    again = done.entry(2)
    assert (again.status, again.title) == (Status.INVESTIGATING, "Reopened and renamed")
    assert [f"{at:%H:%M}" for at in again.reopened_at] == ["09:00"]  # type: ignore[attr-defined]
    assert asked(done).count("issues/2/events") == 1
    assert asked(done.pull()) == ["issues", "issues/comments"]
    github.clock.move(60)  # type: ignore[attr-defined]
    github.repository.label(1, "public")
    done.pull()
    assert [update.body for update in done.entry(1).updates] == ["Answer 0 on 1", ""]


def test_an_issue_closed_and_reopened_and_closed_between_two_pulls_tells_so(serve: Serve) -> None:
    github = serve(**many(2))
    done = puller(github).pull()
    github.repository.reopen(2)
    github.clock.move(60)  # type: ignore[attr-defined]
    github.repository.close(2)
    done.pull()
    assert len(done.entry(2).reopened_at) == 1  # type: ignore[attr-defined]
    assert done.entry(2).status is Status.RESOLVED


def test_a_full_pull_withdraws_what_is_gone(serve: Serve) -> None:
    github = serve(**many(3))
    done = puller(github).pull()
    github.repository.delete(2)
    assert done.pull().changed == 0
    done.pull(full=True)
    assert done.entry(2).status is Status.WITHDRAWN
    assert done.pull(full=True).changed == 0


def test_other_labels_in_the_settings_read_everything_again(serve: Serve) -> None:
    github = serve(**many(3))
    github.repository.label(2, "public")
    done = puller(github).pull()
    other = replace(puller(github, labels=["public"]), known=done.known).pull()
    assert "acme/app: reading everything again" in other.said
    lives = [entry.id for entry in other.known.entries.values() if entry.status is not Status.WITHDRAWN]
    assert lives == ["app-2"]


# saying what is going on


def test_without_a_token_the_limit_and_the_need_are_said_first(serve: Serve) -> None:
    github = serve(**many(120, said=3), token=None)
    done = puller(github, token=False).pull()
    (line,) = done.said
    assert "60 requests an hour (57 are left); this pull needs at most 5 more." in line
    assert done.requests == 3 + 5


def test_without_a_token_a_later_pull_speaks_of_the_limit_only_when_it_will_not_do(serve: Serve) -> None:
    done = puller(serve(**many(3), token=None, quota=7), token=False).pull()
    assert (done.requests, len(done.said)) == (4, 1)
    assert (done.pull().requests, done.said) == (2, [])
    assert done.pull().said[0].startswith("Without a token GitHub answers 7 requests an hour (0 are left)")
    assert isinstance(done.failed, WaitTooLong)


def test_with_a_token_nothing_is_said(serve: Serve) -> None:
    assert puller(serve(**many(3))).pull().said == []


def test_an_empty_pull_lists_the_labels_that_exist_each_time(serve: Serve) -> None:
    github = serve(issues=[issue(1, "x", closed_at=moment(9), labels=["bug", "for the public"])])
    done = puller(github, labels=["publik"]).pull()
    (line,) = done.said
    assert line.startswith('acme/app has no closed issue with the label "publik", so nothing goes on record.')
    assert line.endswith('Its labels: "bug", "for the public".')
    assert done.pull().said[-1] == line


def test_an_empty_pull_guesses_at_a_misspelt_label(serve: Serve) -> None:
    github = serve(issues=[issue(1, "x", closed_at=moment(9), labels=["public"])])
    assert 'Did you mean "public"?' in puller(github, labels=["pubic"]).pull().said[0]


def test_an_empty_repository_is_fine(serve: Serve) -> None:
    done = puller(serve()).pull()
    assert done.failed is None
    assert done.said == ["acme/app has no closed issue, so nothing goes on record. Its labels: none."]


def test_an_empty_answer_never_withdraws_the_whole_record(serve: Serve) -> None:
    github = serve(**many(3))
    done = puller(github).pull()
    before = done.known.entries
    github.fault(faults.change(lambda rows: []), at=ISSUES, times=100)
    done.pull(full=True)
    assert done.failed
    assert "nothing was changed" in str(done.failed)
    assert done.known.entries == before


@pytest.mark.parametrize("path", [ISSUES, COMMENTS, "*/events"])
def test_pages_that_lead_in_a_circle_are_not_walked_for_ever(serve: Serve, path: str) -> None:
    github = serve(**many(3))
    done = puller(github).pull()
    github.repository.reopen(2)
    github.fault(faults.circle(), at=path, times=50)
    done.pull()
    assert "its pages lead in a circle" in str(done.failed)
    assert done.requests < 6
    assert len(done.known.entries) == 3


def test_a_renamed_repository_is_followed_and_told(serve: Serve) -> None:
    github = serve(**many(250), formerly=("acme/old",))
    done = puller(github, repo="acme/old").pull()
    assert len(done.known.entries) == 250
    assert any("has moved" in line for line in done.said)


def test_a_repository_that_is_not_there_is_a_clear_failure(serve: Serve) -> None:
    done = puller(serve(**many(3)), repo="acme/none").pull()
    assert done.failed
    assert "private" in str(done.failed)


# what goes wrong meanwhile


@pytest.mark.parametrize("path", [ISSUES, COMMENTS])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_pull_that_breaks_anywhere_is_finished_by_the_next(serve: Serve, path: str, nth: int) -> None:
    facts = many(250, said=1)
    whole = puller(serve(**facts)).pull()
    github = serve(**facts)
    github.fault(faults.refuses(403, "no"), at=path, nth=nth)
    done = puller(github).pull()
    assert done.failed
    done.pull()
    assert done.failed is None
    assert _plain(done) == _plain(whole)
    assert asked(done.pull()) == ["issues", "issues/comments"]


def test_a_pull_that_runs_out_of_requests_goes_on_where_it_stopped(serve: Serve) -> None:
    facts = many(8, said=150, labels=["public"])
    github = serve(**facts, quota=10, token=None)
    done = puller(github, token=False, labels=["public"])
    for _ in range(4):
        done.pull(patience=1)
        assert done.failed is None or isinstance(done.failed, WaitTooLong)
        github.clock.move(3601)  # type: ignore[attr-defined]
    assert done.failed is None
    assert len(answers(done)) == 8 * 150


@pytest.mark.parametrize("at", [1, 2])
def test_an_issue_that_changes_between_pages_hides_no_other(serve: Serve, at: int) -> None:
    github = serve(**many(250))
    github.fault(faults.meanwhile(lambda: github.repository.edit(3, title="Moved")), at=ISSUES, nth=1 + at)
    done = puller(github).pull()
    assert len(done.known.entries) == 250
    assert done.entry(3).title == "Moved"


def test_comments_that_change_or_go_between_pages_hide_no_other(serve: Serve) -> None:
    github = serve(**many(250))

    def stir() -> None:
        github.repository.reword(3000, "Other words")
        github.repository.unsay(4000)

    github.fault(faults.meanwhile(stir), at=COMMENTS, nth=2)
    done = puller(github).pull()
    gone = {"Answer 0 on 3", "Answer 0 on 4"}
    assert answers(done) - gone == {"Other words", *(f"Answer 0 on {n}" for n in range(1, 251))} - gone


def test_an_issue_deleted_while_its_comments_are_asked_for_is_passed_over(serve: Serve) -> None:
    github = serve(**many(4, said=150, labels=["public"]))
    github.fault(faults.meanwhile(lambda: github.repository.delete(2)), at=ISSUES, nth=2)
    done = puller(github, labels=["public"]).pull()
    assert done.failed is None
    assert len(answers(done)) == 3 * 150


def test_ghosts_empty_bodies_bots_and_unknown_values_are_tolerated(serve: Serve) -> None:
    def odd(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {**row, "user": None, "body": None, "author_association": "WHO_KNOWS", "state_reason": "new", "x": [1]}
            for row in rows
        ]

    github = serve(**many(3))
    github.fault(faults.change(odd), times=100)
    done = puller(github).pull()
    assert len(done.known.entries) == 3
    assert answers(done) == set()


def test_marks_only_ever_move_forward_in_one_pull(serve: Serve) -> None:
    github = serve(**many(250, said=2))
    done = puller(github)
    marks = [dict(done.source.understand(batch, done.known).marks) for batch in _fetched(done)]
    for name in ("issues", "comments", "sweep"):
        for before, after in pairwise(mark[name] for mark in marks):
            assert before <= after


def _fetched(done: Puller) -> Iterator[Any]:
    with Web(done.source.access(), HandClock(), 60, done.said.append) as web:
        yield from done.source.fetch(web, done.known, done.said.append)


def _plain(done: Puller) -> dict[str, Any]:
    return {
        name: entry.model_dump(exclude={"source", "venues", "raised"})
        for name, entry in sorted(done.known.entries.items())
    }
