"""What somebody asked us to erase goes, and no pull brings it back."""

import subprocess
from pathlib import Path

import pytest
from tests.local_github import LocalGitHub
from tests.pull.pulled import Pulled, files

MARK = "[erased on request]"
TITLE = "Ana Ruiz cannot pay her rent"


@pytest.fixture
def told(pulled: Pulled, github: LocalGitHub) -> Pulled:
    """A site whose record has a person's title, and an answer that quotes her."""
    github.repository.edit(1, title=TITLE)
    github.repository.say(
        1, "> my landlord is furious\n\nOFFICIAL: @ana-r, we are sorry.", author_association="MEMBER"
    )
    pulled.pull()
    assert pulled.entries["app-1"]["title"] == TITLE
    return pulled


def nowhere(told: Pulled, *words: str) -> None:
    for word in words:
        assert told.on_disk(word) == [], word


def test_words_are_gone_from_record_caches_and_site_and_no_pull_brings_them_back(
    told: Pulled, github: LocalGitHub
) -> None:
    assert TITLE.encode() in told.site.build()["log/app-1/index.html"]
    ran = told.site.run("erase", TITLE, "my landlord is furious", "@ana-r")
    assert ran.code == 0, ran.said
    assert "changed content/record/pulled/app/…/app-1.json" in ran.out
    nowhere(told, TITLE, "landlord", "ana-r")
    assert told.entries["app-1"]["title"] == MARK
    assert f"OFFICIAL: @{MARK}, we are sorry." in str(told.entries["app-1"]["updates"])
    for how in ([], ["--full"]):
        github.clock.sleep(3600)
        github.repository.say(1, f"OFFICIAL: news, {how}.", author_association="MEMBER")
        told.pull(*how)
        nowhere(told, TITLE, "landlord", "ana-r")
    told.site.build()
    nowhere(told, TITLE, "landlord", "ana-r")


def test_a_pull_after_an_erasure_without_news_changes_nothing(told: Pulled, github: LocalGitHub) -> None:
    told.site.run("erase", TITLE)
    told.pull_at(github)
    before = files(told.folder)
    github.clock.sleep(3600)
    (again,) = told.pull_at(github)
    assert again.entries == ()
    assert files(told.folder) == before


def test_the_memory_holds_no_word_and_an_erasure_twice_is_remembered_once(told: Pulled) -> None:
    told.site.run("erase", TITLE)
    memory = (told.site.root / "content/erased.yml").read_text()
    assert not {"ana", "ruiz", "rent"} & set(memory.lower().split())
    told.site.run("erase", TITLE.upper())
    assert (told.site.root / "content/erased.yml").read_text() == memory


def test_the_address_of_a_reply_takes_the_reply_and_its_link(told: Pulled, github: LocalGitHub) -> None:
    url = next(update["url"] for update in told.entries["app-1"]["updates"] if update.get("url"))
    count = len(told.entries["app-1"]["updates"])
    told.site.run("erase", url)
    assert len(told.entries["app-1"]["updates"]) == count - 1
    told.pull("--full")
    nowhere(told, url)


def test_the_address_of_an_issue_takes_its_title_and_every_link_to_it(told: Pulled) -> None:
    url = told.entries["app-1"]["source"]["url"]
    told.site.run("erase", url)
    told.pull("--full")
    entry = told.entries["app-1"]
    assert entry["title"] == MARK
    assert "url" not in entry["source"] and "url" not in entry["raised"] and not entry.get("venues")
    assert "OFFICIAL-12" in str(entry["updates"]), "our answers stay"


@pytest.mark.parametrize("what", ["app-1", "https://status.acme.example/log/app-1/"])
def test_an_entry_loses_all_that_its_customer_said(told: Pulled, what: str) -> None:
    told.site.run("erase", what)
    told.pull("--full")
    assert told.entries["app-1"]["title"] == MARK
    assert "url" not in told.entries["app-1"]["raised"]
    assert told.entries["app-2"]["title"] == "Slow on old phones"


def test_words_can_be_erased_in_one_entry_only(told: Pulled, github: LocalGitHub) -> None:
    github.repository.edit(2, title="Cannot pay on old phones")
    told.pull()
    told.site.run("erase", "cannot pay", "--in", "app-1")
    assert told.entries["app-1"]["title"] == f"Ana Ruiz {MARK} her rent"
    assert told.entries["app-2"]["title"] == "Cannot pay on old phones"


def test_a_memory_that_came_by_git_cleans_the_record_with_the_next_pull_and_the_site_at_once(
    told: Pulled, github: LocalGitHub
) -> None:
    told.site.run("erase", TITLE)
    memory = (told.site.root / "content/erased.yml").read_bytes()
    record = told.folder / "pulled/app/2026/app-1.json"
    record.write_text(record.read_text().replace(MARK, TITLE))
    (told.site.root / "content/erased.yml").write_bytes(memory)
    assert TITLE.encode() not in b"".join(told.site.build().values())
    (pulled,) = told.pull_at(github)
    assert pulled.entries == ("app-1",)
    assert told.on_disk(TITLE) == []


def test_a_dry_run_says_where_it_stands_and_writes_nothing(told: Pulled) -> None:
    before = files(told.site.root)
    ran = told.site.run("erase", TITLE, "--dry-run")
    assert "would change content/record/pulled/app/…/app-1.json" in ran.out
    after = files(told.site.root)
    assert after == before


def test_the_commands_that_are_printed_cut_the_words_from_the_branch_of_the_record(
    told: Pulled, tmp_path_factory: pytest.TempPathFactory
) -> None:
    origin, work = tmp_path_factory.mktemp("origin"), told.folder
    git(origin, "init", "--quiet", "--bare")
    git(work, "init", "--quiet", "--initial-branch=record")
    git(work, "remote", "add", "origin", str(origin))
    commit(work, "Pull")
    said = told.site.run("erase", TITLE).err
    commit(work, "Pull")
    assert TITLE in git(origin, "log", "-p", "--all"), "git still holds it"
    steps = said.partition("git fetch origin record")
    commands = ["git fetch origin record", *steps[2].splitlines()[1:2]]
    subprocess.run(["sh", "-ec", "\n".join(commands)], cwd=work, env=IDENTITY, check=True, capture_output=True)
    fresh = tmp_path_factory.mktemp("fresh")
    git(fresh, "clone", "--quiet", "--branch", "record", f"file://{origin}", ".")
    assert TITLE not in git(fresh, "log", "-p", "--all")
    assert (fresh / "pulled/app/2026/app-1.json").read_bytes() == (work / "pulled/app/2026/app-1.json").read_bytes()


NAMES = {f"GIT_{who}_{what}": "bot" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
IDENTITY = {**NAMES, "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=IDENTITY, check=True, capture_output=True, text=True
    ).stdout


def commit(work: Path, message: str) -> None:
    git(work, "add", "--all")
    git(work, "commit", "--quiet", f"--message={message}")
    git(work, "push", "--quiet", "origin", "HEAD:refs/heads/record")
