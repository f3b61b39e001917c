"""What is sent, and what comes back when all is well."""

import pytest
from tests.local_github import LocalGitHub
from tests.web.polite import GITHUB, LIST, TOKEN, ask

from onrecord.web import Reply, Web


def test_pages_are_walked_by_the_addresses_in_the_answers(web: Web, github: LocalGitHub) -> None:
    reply = ask(web, github, per_page=3)
    numbers = [row["number"] for row in reply.json()]
    while reply.next_url:
        reply = web.get(reply.next_url, headers=GITHUB)
        numbers += [row["number"] for row in reply.json()]
    assert numbers == [7, 6, 5, 4, 3, 2, 1]
    assert [asked.path for asked in github.log[1:]] == ["/repositories/4242/issues"] * 2
    assert web.requests == 3
    assert github.most_at_once == 1


def test_each_request_says_who_asks_and_brings_the_token(web: Web, github: LocalGitHub) -> None:
    ask(web, github)
    headers = github.log[0].headers
    assert headers["user-agent"].startswith("onrecord/")
    assert "(+https://" in headers["user-agent"]
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert headers["accept"] == "application/vnd.github+json"


def test_an_unchanged_answer_is_returned_as_304(web: Web, github: LocalGitHub) -> None:
    etag = ask(web, github).headers["ETag"]
    again = web.get(github.url + LIST, headers={**GITHUB, "If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")


def test_writing_sends_json_and_reads_the_answer(web: Web, github: LocalGitHub) -> None:
    made = web.post(github.url + LIST, {"title": "Source failed", "labels": ["on-record"]}, headers=GITHUB)
    assert made.status == 201
    changed = web.patch(made.json()["url"], {"state": "closed"}, headers=GITHUB)
    assert changed.json()["state"] == "closed"
    assert ask(web, github, labels="on-record", state="all").json() == [changed.json()]


@pytest.mark.parametrize(
    ("body", "text"),
    [(b"caf\xc3\xa9", "café"), (b"\xef\xbb\xbfcaf\xc3\xa9", "café"), (b"caf\xe9 \x93x\x94", "café “x”"), (b"", "")],
)
def test_an_answer_that_is_no_json_is_there_as_text(body: bytes, text: str) -> None:
    assert Reply("https://acme.example/", 200, {}, body).text == text
