"""Answers that do not come whole, never end, or are no."""

import socket

import pytest
from tests.local_github import LocalGitHub, faults
from tests.web.polite import GITHUB, LIST, TOKEN, ask, client, slept

from onrecord.web import Web, WebError


@pytest.mark.parametrize(
    "fault",
    [
        faults.half_json(),
        faults.empty(),
        faults.promises_more(),
        faults.promises_less(),
        faults.cut_chunk(),
        faults.hang_up(),
    ],
    ids=["half JSON", "empty", "promises more", "promises less", "cut chunk", "hung up"],
)
def test_a_broken_answer_is_asked_for_again(web: Web, github: LocalGitHub, fault: faults.Fault) -> None:
    github.fault(fault, times=2)
    assert len(ask(web, github).json()) == 7
    assert slept(github) == [1, 2]


def test_an_answer_that_stays_broken_is_told_in_words(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.half_json(), times=9)
    with pytest.raises(WebError, match="not JSON, or with half of it"):
        ask(web, github)
    assert web.requests == 4


@pytest.mark.parametrize("fault", [faults.stall(), faults.drip(0.05), faults.drip_headers(0.05)])
def test_an_answer_that_never_ends_is_ended(github: LocalGitHub, fault: faults.Fault) -> None:
    github.fault(fault, times=9)
    with client(github, patience=0, deadline=0.2) as web, pytest.raises(WebError, match="in time"):
        ask(web, github)
    assert web.requests == 1


def test_a_packed_answer_is_unpacked(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.gzip())
    assert len(ask(web, github).json()) == 7


def test_an_answer_that_unpacks_to_too_much_is_refused(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.bomb(2**26))
    with pytest.raises(WebError, match="larger than 1,048,576 bytes"):
        ask(web, github)
    assert web.requests == 1


@pytest.mark.parametrize("packing", ["br", "deflate", "zstd", "gzip, gzip"])
def test_an_answer_in_a_packing_that_was_not_asked_for_is_not_unpacked(
    web: Web, github: LocalGitHub, packing: str
) -> None:
    github.fault(faults.packed(packing))
    with pytest.raises(WebError, match="packed in a way that was not asked for"):
        ask(web, github)
    assert github.log[0].headers["accept-encoding"] == "gzip"
    assert web.requests == 1


@pytest.mark.parametrize("kept", [5, 60])
def test_half_of_a_packed_text_is_asked_for_again(web: Web, github: LocalGitHub, kept: int) -> None:
    github.fault(faults.half_gzip(kept))
    assert web.get(github.url + LIST, headers={**GITHUB, "Accept": "*/*"}).text.startswith("[{")
    assert slept(github) == [1]


def test_nothing_new_is_no_answer_to_who_did_not_ask_for_news(web: Web, github: LocalGitHub) -> None:
    github.fault(lambda answer, asked: faults.Answer(304))
    with pytest.raises(WebError, match=r"did not accept what was asked \(304\)"):
        ask(web, github)


def test_a_post_is_not_repeated_when_it_may_have_been_done(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.trouble(502), method="POST")
    github.fault(faults.hang_up(), method="POST", nth=2)
    for _ in range(2):
        with pytest.raises(WebError):
            web.post(github.url + LIST, {"title": "Once"}, headers=GITHUB)
    assert web.requests == 2


def test_a_post_is_repeated_after_a_limit(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.secondary_limit(), method="POST")
    assert web.post(github.url + LIST, {"title": "Once"}, headers=GITHUB).status == 201
    assert slept(github) == [30]


def test_a_host_that_is_not_there_is_told_in_words(github: LocalGitHub) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"127.0.0.1:{free.getsockname()[1]}"
    with client(github, nobody) as web, pytest.raises(WebError, match="could not be reached"):
        web.get(f"http://{nobody}/")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "the token is not valid"),
        (403, 'does not let us: "No."'),
        (404, "or is private"),
        (410, "was deleted"),
        (451, "legal reasons"),
        (422, r'did not accept what was asked \(422\): "No."'),
    ],
)
def test_a_refusal_is_told_once_and_in_words(web: Web, github: LocalGitHub, status: int, told: str) -> None:
    github.fault(faults.refuses(status, "No."))
    with pytest.raises(WebError, match=told) as error:
        ask(web, github)
    assert error.value.status == status
    assert web.requests == 1


def test_without_a_token_a_401_asks_for_one(github: LocalGitHub) -> None:
    with client(github, token=None) as web, pytest.raises(WebError, match="only with a token"):
        web.post(github.url + LIST, {"title": "No"}, headers=GITHUB)


def test_a_host_that_repeats_the_token_does_not_get_it_printed(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.refuses(422, f"Bearer {TOKEN}\x1b[31m is odd"))
    with pytest.raises(WebError) as told:
        ask(web, github)
    assert TOKEN not in str(told.value)
    assert "\x1b" not in str(told.value)
