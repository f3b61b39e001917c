"""Where the client may ask: hosts, redirects, addresses, proxies."""

import socket

import pytest
from tests.local_github import LocalGitHub, faults, issue
from tests.web.polite import GITHUB, LIST, TOKEN, ask, client, strict

from onrecord.web import Web, WebError
from onrecord.web.guard import Guard, NotPublic, public


def test_a_renamed_repository_is_followed_and_said(said: list[str]) -> None:
    with (
        LocalGitHub(issues=[issue(1, "One")], token=TOKEN, formerly=("acme/old",)) as github,
        client(github, say=said.append) as web,
    ):
        reply = ask(web, github, "/repos/acme/old/issues", state="all", labels="a,b")
    assert reply.url.startswith(f"{github.url}/repositories/4242/issues?")
    assert github.log[1].query == {"state": "all", "labels": "a,b"}
    assert github.log[1].token == TOKEN
    old, new = f"{github.url}/repos/acme/old/issues", f"{github.url}/repositories/4242/issues"
    assert said == [f"{old} has moved to {new}: change the address in the settings"]


def test_a_circle_of_redirects_ends(web: Web, github: LocalGitHub) -> None:
    github.fault(faults.moved(github.url + LIST, status=302), times=99)
    with pytest.raises(WebError, match="more than 3 times"):
        ask(web, github)
    assert web.requests == 4


@pytest.mark.parametrize(
    "there",
    [
        "http://127.0.0.1:1/",
        "http://evil.example/",
        "//evil.example/",
        "file:///etc/passwd",
        "http://u:p@127.0.0.1/",
        "http://[",
    ],
)
def test_a_redirect_to_anywhere_else_is_not_followed(web: Web, github: LocalGitHub, there: str) -> None:
    github.fault(faults.moved(there))
    with pytest.raises(WebError):
        ask(web, github)
    assert web.requests == 1


def test_what_may_be_secret_stays_with_the_host_that_was_asked(github: LocalGitHub) -> None:
    with LocalGitHub() as other, client(github, other.host) as web:
        github.fault(faults.moved(other.url + LIST))
        other.fault(lambda answer, asked: faults.Answer(200, b"[]"))
        assert web.get(github.url + LIST, headers={**GITHUB, "PRIVATE-TOKEN": TOKEN, "Cookie": TOKEN}).json() == []
    assert TOKEN in github.log[0].headers["private-token"]
    assert sorted(other.log[0].headers) == ["accept", "accept-encoding", "host", "user-agent"]


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ("http://127.0.0.1:1/?after=x", "not a host that may be asked"),
        ("http://[", "not a host that may be asked"),
        ("http://127.0.0.1:port/", "no address"),
    ],
)
def test_a_next_page_elsewhere_is_not_asked_for(web: Web, github: LocalGitHub, there: str, told: str) -> None:
    def lead_away(answer: faults.Answer, asked: faults.Question) -> faults.Answer:
        return faults.Answer(200, b"[]", {"Link": f'<{there}>; rel="next"'})

    github.fault(lead_away)
    elsewhere = ask(web, github).next_url
    assert elsewhere == there
    with pytest.raises(WebError, match=told):
        web.get(elsewhere)


def test_a_private_address_is_not_even_connected_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bait:
        bait.settimeout(0.1)
        host = f"localhost:{bait.getsockname()[1]}"
        with strict(host) as web, pytest.raises(WebError, match="not on the public internet"):
            web.get(f"https://{host}/")
        with pytest.raises(TimeoutError):
            bait.accept()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://api.example/x?token=hush", "is not https"),
        ("ftp://api.example/x?token=hush", "is not https"),
        ("https://other.example/x?token=hush", "is not a host that may be asked"),
        ("https://api.example:8443/x?token=hush", "is not a host that may be asked"),
        ("https://hush:hush@api.example/x", "holds a name or a password"),
        ("https://api.example:hush/", "no address"),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_and_its_secrets_kept(address: str, told: str) -> None:
    with strict("api.example") as web, pytest.raises(WebError, match=told) as error:
        web.get(address)
    assert "hush" not in str(error.value)
    assert web.requests == 0


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 (nothing listens)
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::7f00:1",
        "64:ff9b:1::7f00:1",
        "4000::1",
    ],
)
def test_an_inside_address_is_not_public_however_it_is_wrapped(address: str) -> None:
    assert not public(address)


def test_a_name_that_leads_elsewhere_the_next_time_is_not_followed_there() -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1", "127.0.0.2"]])
    guard = Guard(lambda address: address == "127.0.0.1", lambda host, port: next(answers))
    guard.give(5)
    with socket.create_server(("127.0.0.1", 0)) as right, socket.socket() as inside:
        port = right.getsockname()[1]
        inside.bind(("127.0.0.2", port))
        inside.listen()
        inside.settimeout(0.1)
        guard.connect_tcp("rebinding.example", port).close()
        right.accept()[0].close()
        for _ in range(2):
            with pytest.raises(NotPublic):
                guard.connect_tcp("rebinding.example", port)
        with pytest.raises(TimeoutError):
            inside.accept()
    assert next(answers, None) is None


@pytest.mark.parametrize("address", ["140.82.121.6", "2606:50c0:8000::153", "64:ff9b::8c52:7906"])
def test_an_outside_address_is_public(address: str) -> None:
    assert public(address)


def test_a_proxy_is_used_when_it_is_set(github: LocalGitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    with client(github, "tracker.example", proxy=github.url) as web:
        web.get("http://tracker.example/rate_limit", headers=GITHUB)
    assert github.log[0].headers["host"] == "tracker.example"


def test_the_environment_sets_no_proxy_and_no_password(
    web: Web, github: LocalGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    ask(web, github)
    assert github.log[0].headers["host"] == github.host
