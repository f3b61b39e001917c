"""Whose certificates are trusted, and what is told when one is not."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from pydantic import SecretStr
from tests.local_github import HandClock, LocalGitHub, issue
from tests.own_site import Site
from tests.pull.pulled import Pulled
from tests.web.polite import LIST, TOKEN, ask, unheard

from onrecord.web import Access, Web, WebError

Serve = Callable[..., LocalGitHub]
HERE = "127.0.0.1"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "acme-ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
def serve(authority: trustme.CA) -> Iterator[Serve]:
    """Start a GitHub that shows a certificate for a name; `serve("127.0.0.1", not_after=…)`."""
    with ExitStack() as stack:

        def start(name: str, not_before: datetime | None = None, not_after: datetime | None = None) -> LocalGitHub:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(name, not_before=not_before, not_after=not_after).configure_cert(context)
            rows = [issue(1, "Card refused", closed_at="2026-11-04T10:00:00Z")]
            return stack.enter_context(LocalGitHub(issues=rows, token=TOKEN, tls=context))

        yield start


def told(github: LocalGitHub, ca_file: Path | None) -> str:
    """Return what is told when the certificate is not trusted, after one try and no request."""
    access = Access((github.host,), SecretStr(TOKEN), allow_private=True, ca_file=ca_file)
    with Web(access, github.clock, 3600, unheard) as web, pytest.raises(WebError) as error:
        ask(web, github)
    assert github.log == []
    return str(error.value)


def test_a_host_of_your_own_is_trusted_by_the_authority_in_ca_file(serve: Serve, ca_file: Path) -> None:
    github = serve(HERE)
    access = Access((github.host,), SecretStr(TOKEN), allow_private=True, ca_file=ca_file)
    with Web(access, github.clock, 0, unheard) as web:
        assert len(ask(web, github, LIST, state="all").json()) == 1


def test_a_whole_pull_takes_ca_file_from_beside_the_settings(
    serve: Serve, ca_file: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP_TOKEN", TOKEN)
    pulled, github = Pulled(site), serve(HERE)
    site.write("certificates/acme.pem", ca_file.read_text())
    pulled.settings(app=pulled.source(github, ca_file="certificates/acme.pem"))
    pulled.pull()
    assert [*pulled.entries] == ["app-1"]
    pulled.settings(app=pulled.source(github))
    assert "name its authority in ca_file" in pulled.pull(code=3).err


def test_an_unknown_authority_is_named_as_what_is_missing(serve: Serve) -> None:
    said = told(serve(HERE), None)
    assert "its certificate is not trusted: unable to get local issuer certificate" in said
    assert "name its authority in ca_file" in said


def test_a_certificate_for_another_name_is_told_as_one(serve: Serve, ca_file: Path) -> None:
    said = told(serve("git.acme.example"), ca_file)
    assert "certificate is not valid for '127.0.0.1'\n" in said
    assert "Write the address with the name that the certificate is for." in said


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({"not_after": datetime(2021, 1, 1, tzinfo=UTC)}, "certificate has expired"),
        ({"not_before": datetime(2199, 1, 1, tzinfo=UTC)}, "certificate is not yet valid"),
    ],
)
def test_a_certificate_out_of_its_time_is_told_as_one(
    serve: Serve, ca_file: Path, facts: dict[str, datetime], what: str
) -> None:
    said = told(serve(HERE, **facts), ca_file)
    assert f"its certificate is not trusted: {what}" in said
    assert "Have it renewed, and look whether this machine's clock is right." in said


def test_what_is_no_certificate_in_ca_file_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "acme.pem"
    path.write_text("Ask Ana for it.")
    for name in (path, tmp_path / "missing.pem"):
        with pytest.raises(WebError) as error:
            Web(Access(("git.acme.example",), ca_file=name), HandClock(), 0, unheard)
        assert f"{name}: cannot be used as a list of certificates: " in str(error.value)
        assert "Name a file with certificates in PEM form in ca_file." in str(error.value)
