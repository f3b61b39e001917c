"""Who is official decides what is kept, so a pull takes voices.yml seriously."""

import pytest
from tests.local_github import LocalGitHub, comment, issue
from tests.pull.conftest import Serve
from tests.pull.pulled import Pulled, files

VOICES = "content/voices.yml"
BEA = "bea:\n  name: Bea\n  accounts:\n    - {platform: github, handle: bea-of-acme}\n"


@pytest.fixture
def github(serve: Serve) -> LocalGitHub:
    """An answer by somebody whom GitHub does not know as a member."""
    rows = [issue(1, "Card refused", closed_at="2026-11-04T10:00:00Z", comments=1)]
    said = [comment(11, 1, "BEA: on it.", user="bea-of-acme", author_association="NONE")]
    return serve(issues=rows, comments=said)


def test_a_voice_that_is_added_later_brings_what_it_said_before(pulled: Pulled, github: LocalGitHub) -> None:
    pulled.pull()
    assert pulled.on_disk("BEA: on it.") == []
    pulled.site.write(VOICES, BEA)
    pulled.pull()
    assert [update["by"] for update in pulled.entries["app-1"]["updates"] if update.get("body")] == ["bea"]
    pulled.site.write(VOICES, BEA + "  role: Support\n")
    assert pulled.pull().out == "app: 0 files changed; 2 requests\n"


def test_with_broken_voices_nothing_is_asked_and_nothing_lost(pulled: Pulled, github: LocalGitHub) -> None:
    pulled.site.write(VOICES, BEA)
    pulled.pull()
    before, asked = files(pulled.folder), len(github.log)
    pulled.site.write(VOICES, BEA + "  rolle: Support\n")
    ran = pulled.pull(code=1)
    assert "error: content/voices.yml:5:3: " in ran.err
    assert (files(pulled.folder), len(github.log)) == (before, asked)
