"""What the client keeps to itself."""

import logging
from pathlib import Path

import pytest
from pydantic import SecretStr
from tests.local_github import HandClock, LocalGitHub, faults
from tests.web.polite import LIST, TOKEN, ask, client, unheard

from onrecord.web import Access, Web, WebError


def test_cookies_are_not_kept(web: Web, github: LocalGitHub) -> None:
    def bake(answer: faults.Answer, asked: faults.Question) -> faults.Answer:
        return faults.Answer(200, b"[]", {"Set-Cookie": "session=hush; Path=/"})

    github.fault(bake)
    ask(web, github)
    ask(web, github)
    assert "cookie" not in github.log[1].headers


def test_no_log_holds_a_query_or_a_token(
    web: Web, github: LocalGitHub, said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    github.fault(faults.moved(f"{github.url}{LIST}?hush=1"))
    github.fault(faults.secondary_limit(), nth=2)
    ask(web, github, labels="hush")
    whole = caplog.text + "".join(said)
    assert "hush" not in whole
    assert github.log[0].query == {"labels": "hush"}


def test_an_access_shows_neither_its_token_nor_its_proxy() -> None:
    access = Access(("a.example",), SecretStr("hush"), proxy="http://me:hush@proxy.example")
    assert "hush" not in repr(access)


@pytest.mark.parametrize("token", ["", "  ", "hush hush", "hush\nX-Evil: 1", "hüsh"])
def test_a_token_that_cannot_be_one_is_refused_unseen(token: str) -> None:
    with pytest.raises(WebError, match="the token is empty or holds") as told:
        Web(Access(("a.example",), SecretStr(token)), HandClock(), 0, unheard)
    assert "sh" not in str(told.value)


def test_white_space_around_a_token_is_not_part_of_it(github: LocalGitHub) -> None:
    with client(github, token=f"{TOKEN}\n") as web:
        ask(web, github)
    assert github.log[0].token == TOKEN


@pytest.mark.parametrize(
    ("access", "told"),
    [
        (
            Access(("a.example",), ca_file=Path("nowhere.pem")),
            "nowhere.pem: cannot be used as a list of cert",
        ),
        (Access(("a.example",), ca_file=Path(__file__)), "cannot be used as a list of certificates"),
        (Access(("a.example",), proxy="gopher://me:hush@proxy.example"), "not an address of an http proxy"),
        (Access(("a.example",), proxy="socks5://me:hush@proxy.example"), "not an address of an http proxy"),
    ],
)
def test_an_access_that_cannot_work_is_told_before_asking(access: Access, told: str) -> None:
    with pytest.raises(WebError, match=told) as error:
        Web(access, HandClock(), 0, unheard)
    assert "hush" not in str(error.value)
