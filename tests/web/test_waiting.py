"""Limits: how long the client waits, and when it gives up."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.local_github import LocalGitHub, faults
from tests.web.polite import LIST, ask, client, gaps, slept

from onrecord.web import Closed, WaitTooLong, Web, WebError
from onrecord.web.limits import LONGEST, pause


def test_a_named_wait_is_obeyed_to_the_second(web: Web, github: LocalGitHub, said: list[str]) -> None:
    github.fault(faults.secondary_limit(retry_after="17"), times=2)
    assert ask(web, github).status == 200
    assert slept(github) == [17, 17]
    assert gaps(github.log) == [17, 17]
    assert said == [f"{github.url}{LIST} wants us to wait (it answered 403); asking again in 17 s"] * 2


def test_a_wait_named_by_a_date_is_obeyed(web: Web, github: LocalGitHub) -> None:
    until = github.clock.now() + timedelta(seconds=90)
    github.fault(faults.secondary_limit(retry_after=format_datetime(until, usegmt=True), status=429))
    ask(web, github)
    assert slept(github) == [90]


def test_when_nothing_remains_it_waits_until_the_reset(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.primary_limit(seconds=600))
    ask(web, github)
    assert slept(github) == [601]


def test_a_limit_without_a_time_waits_a_minute_and_then_longer(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.secondary_limit(retry_after=None), times=9)
    with pytest.raises(WaitTooLong):
        ask(web, github)
    assert slept(github) == [60, 120, 240]
    assert web.requests == 4


def test_who_gives_up_after_longer_and_longer_waits_says_when_the_next_one_ends(
    web: Web, github: LocalGitHub
) -> None:
    github.fault(faults.secondary_limit(retry_after=None), times=9)
    with pytest.raises(WaitTooLong) as told:
        ask(web, github)
    assert told.value.until == github.clock.now() + timedelta(seconds=480)


def test_a_wait_that_a_host_asked_of_one_client_is_kept_by_the_next(github: LocalGitHub) -> None:
    closed = Closed()
    github.fault(faults.primary_limit(seconds=600))
    with client(github, patience=60, closed=closed) as first, pytest.raises(WaitTooLong):
        ask(first, github)
    with client(github, patience=60, closed=closed) as second, pytest.raises(WaitTooLong, match="asked us to wait"):
        ask(second, github)
    assert len(github.log) == 1
    with client(github, patience=60, token=None, closed=closed) as anybody:
        ask(anybody, github)  # the limit is another's
    with client(github, patience=700, closed=closed) as patient:
        ask(patient, github)
    assert slept(github) == [601]
    assert gaps(github.log) == [0, 601]


def test_a_wait_beyond_patience_is_told_instead_of_slept(github: LocalGitHub) -> None:
    github.fault(faults.primary_limit(seconds=600), times=9)
    with client(github, patience=60) as web, pytest.raises(WaitTooLong) as told:
        ask(web, github)
    assert told.value.until == github.clock.now() + timedelta(seconds=601)
    assert told.value.exit_code == 3
    assert "Go on after 2026-11-21 09:10:01 UTC" in str(told.value)
    assert slept(github) == []


def test_patience_is_the_sum_of_all_sleeps(github: LocalGitHub) -> None:
    github.fault(faults.secondary_limit(retry_after="25"), nth=1)
    github.fault(faults.secondary_limit(retry_after="25"), nth=3)
    github.fault(faults.secondary_limit(retry_after="25"), nth=5)
    with client(github, patience=60) as web:
        ask(web, github)
        ask(web, github)
        with pytest.raises(WaitTooLong):
            ask(web, github)
    assert slept(github) == [25, 25]


def test_the_real_quota_runs_out_and_comes_back() -> None:
    with LocalGitHub(quota=2) as github, client(github, token=None, patience=7200) as web:
        for _ in range(3):
            ask(web, github)
    assert slept(github) == [3601]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_in_trouble_is_asked_again_a_few_times(web: Web, github: LocalGitHub, status: int) -> None:
    github.fault(faults.trouble(status), times=9)
    with pytest.raises(WebError, match="is in trouble itself") as told:
        ask(web, github)
    assert told.value.status == status
    assert slept(github) == [1, 2, 4]
    assert web.requests == 4


def test_a_server_in_trouble_may_name_the_wait(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.trouble(503, retry_after="120"))
    assert ask(web, github).status == 200
    assert slept(github) == [120]


@given(
    st.sampled_from([403, 408, 429, 500, 503]),
    st.dictionaries(
        st.sampled_from(["retry-after", "x-ratelimit-remaining", "x-ratelimit-reset"]),
        st.one_of(st.just("0"), st.integers().map(str), st.datetimes().map(format_datetime), st.text()),
    ),
)
def test_no_answer_can_ask_for_an_impossible_wait(status: int, headers: dict[str, str]) -> None:
    rest = pause(status, headers, b"", datetime(2026, 11, 21, tzinfo=UTC))
    if rest is not None:
        assert 0 <= rest.wait(4) <= LONGEST + 1
