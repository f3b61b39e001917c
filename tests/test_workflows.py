"""The workflows, as written: run step by step against a protected repository and a GitHub on this machine."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.actions import Job, Origin, Ran, workflow
from tests.actions.expressions import true
from tests.local_github import LocalGitHub, comment, issue

from onrecord.stages.init import init
from onrecord.stages.report import LABEL

ROOT = Path(__file__).parents[1]
HERE = ROOT / ".github"
TEMPLATE = ROOT / "templates/init/.github"
WORKFLOWS = sorted((HERE / "workflows").glob("*.yml"))
INSTALL = ("Install what On Record needs", "Install On Record")
TOKEN = "ghs_thetokenoftherun"
ADDRESS = "https://acme.github.io/app"
TOKEN_MARK = "${{ github.token }}"


def jobs() -> Iterator[tuple[Path, str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in workflow(path)["jobs"].items():
            yield path, name, job


def steps() -> list[dict[str, Any]]:
    return [step for _, _, job in jobs() for step in job.get("steps", [])]


# What they say


def test_a_new_site_gets_the_very_workflows_that_this_repository_uses() -> None:
    ours = {path.relative_to(HERE): path.read_bytes() for path in HERE.rglob("*") if path.is_file()}
    assert ours.pop(Path("onrecord.txt")) == b"-e .\n"
    assert ours == {path.relative_to(TEMPLATE): path.read_bytes() for path in TEMPLATE.rglob("*") if path.is_file()}


def test_an_auditor_finds_nothing() -> None:
    zizmor = [Path(sys.executable).with_name("zizmor"), "--offline", "--no-progress", "--persona", "auditor"]
    done = subprocess.run([*zizmor, HERE, TEMPLATE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_action_is_pinned_to_a_commit_and_says_its_version() -> None:
    uses = [line for path in WORKFLOWS for line in path.read_text().splitlines() if "uses: actions/" in line]
    assert len(uses) == len([step for step in steps() if "uses" in step])
    for line in uses:
        assert re.search(r"uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line
    assert len({line.strip().removeprefix("- ") for line in uses}) == 6


def test_nothing_is_allowed_unless_a_job_says_so() -> None:
    assert all(workflow(path)["permissions"] == {} for path in WORKFLOWS)
    assert all(job["permissions"] for _, _, job in jobs())
    allowed = {name: job["permissions"] for path, name, job in jobs() if path.name != "publish.yml"}
    assert "contents" not in allowed["deploy"]
    assert allowed["preview"] == {"contents": "read"}
    assert allowed["stay"] == {"actions": "write"}


def test_every_job_ends_in_time() -> None:
    assert all(job["timeout-minutes"] <= 30 for _, _, job in jobs() if "steps" in job)


def test_no_checkout_leaves_the_token_behind() -> None:
    checkouts = [step for step in steps() if "actions/checkout@" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_the_built_in_token_is_enough_and_the_build_has_none() -> None:
    assert not any("secrets." in path.read_text() for path in WORKFLOWS)
    holders = [step["name"] for step in steps() if TOKEN_MARK in step.get("env", {}).values()]
    assert {"Check", "Build", *INSTALL}.isdisjoint(holders)


def test_every_shell_step_is_one_line_without_words_of_the_event() -> None:
    for step in steps():
        assert "\n" not in step.get("run", "").strip(), step["name"]
        assert "${{" not in step.get("run", ""), step["name"]


def test_only_trusted_events_start_a_run_with_a_token_that_writes() -> None:
    starts = {path.name: set(workflow(path)[True]) for path in WORKFLOWS}
    assert starts == {
        "preview.yml": {"pull_request"},
        "publish.yml": {"push", "workflow_dispatch", "repository_dispatch"},
        "schedule.yml": {"schedule"},
        "site.yml": {"workflow_call"},
    }


def test_the_schedule_enables_itself_again() -> None:
    (step,) = workflow(HERE / "workflows/schedule.yml")["jobs"]["stay"]["steps"]
    assert step["run"].startswith("gh api -X PUT ")
    assert step["run"].endswith('/actions/workflows/schedule.yml/enable"')


@pytest.mark.parametrize("caller", ["schedule.yml", "publish.yml"])
def test_a_caller_allows_what_the_reusable_workflow_asks_for(caller: str) -> None:
    job = workflow(HERE / "workflows" / caller)["jobs"]["site"]
    assert job["uses"] == "$/.github/workflows/site.yml"
    rank = {"read": 1, "write": 2}
    for called in workflow(HERE / "workflows/site.yml")["jobs"].values():
        for name, level in called["permissions"].items():
            assert rank[job["permissions"][name]] >= rank[level], name


def test_both_callers_publish_one_after_the_other() -> None:
    for caller in ("schedule.yml", "publish.yml"):
        wanted = {"group": "pages", "cancel-in-progress": False}
        assert workflow(HERE / "workflows" / caller)["concurrency"] == wanted


def test_the_two_locks_agree() -> None:
    pins = re.compile(r"(?m)^([\w.-]+==\S+)")
    small = set(pins.findall((ROOT / "requirements.lock").read_text()))
    assert small <= set(pins.findall((ROOT / "requirements-dev.lock").read_text()))


# What they do


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a runner: a Python of its own, with the libraries of this one but not On Record."""
    home = tmp_path_factory.mktemp("runner")
    subprocess.run([sys.executable, "-m", "venv", home / "python"], check=True)
    libraries = home / "libraries"
    libraries.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "onrecord" not in path.name:
            (libraries / path.name).symlink_to(path)
    (inside,) = (home / "python/lib").glob("python*/site-packages")
    (inside / "libraries.pth").write_text(f"{libraries}\n")
    return {
        "PATH": f"{home / 'python/bin'}:{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "GITHUB_ACTIONS": "true",
        "GITHUB_REPOSITORY": "acme/app",
        "GITHUB_SERVER_URL": "https://github.com",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PIP_NO_INDEX": "1",
    }


@pytest.fixture
def github() -> Iterator[LocalGitHub]:
    rows = [
        issue(1, "Cards are declined", labels=("public",), state="closed", state_reason="completed"),
        issue(2, "Somebody else's words", labels=()),
    ]
    said = [comment(10, 1, "We fixed it.", user="ana", author_association="MEMBER")]
    with LocalGitHub(issues=rows, comments=said, token=TOKEN) as server:
        yield server


class Site:
    """A site on `main` of a protected repository, and the runs of its workflows."""

    def __init__(self, folder: Path, environment: dict[str, str], github: LocalGitHub) -> None:
        self.environment = environment | {"GITHUB_API_URL": github.url}
        self.origin = Origin(folder / "origin.git", self.environment)
        self.main = folder / "people"
        self.runs = 0
        self._folder = folder
        init(self.main, "acme/app")
        self.edit("site_config.yml", "    repo: acme/app\n", f"    repo: acme/app\n    api_url: {github.url}\n")
        self.edit("site_config.yml", "    labels:", "    allow_private: true\n    labels:")
        self.origin.commit(self.main)

    def edit(self, path: str, before: str, after: str) -> None:
        text = (self.main / path).read_text()
        assert before in text
        (self.main / path).write_text(text.replace(before, after, 1))

    def job(self, name: str, **more: Any) -> Job:
        self.runs += 1
        checkout = self.origin.checkout(self._folder / f"run-{self.runs}")
        plain = workflow(checkout / ".github/workflows" / f"{name}.yml")["jobs"][name]
        environment = self.environment | {"GITHUB_WORKSPACE": str(checkout)}
        return Job(plain, checkout, environment, token=TOKEN, address=ADDRESS, **more)

    def publish(self, **more: Any) -> Ran:
        return self.job("site", **more).run()


@pytest.fixture
def site(tmp_path: Path, runner: dict[str, str], github: LocalGitHub) -> Site:
    return Site(tmp_path, runner, github)


def deployed(ran: Ran) -> bool:
    deploy = workflow(HERE / "workflows/site.yml")["jobs"]["deploy"]
    return true(deploy["if"], {"needs": {"site": {"outputs": ran.outputs}}})


def page(ran: Ran, path: str = "index.html") -> str:
    assert ran.uploaded is not None, ran.said
    return (ran.uploaded / path).read_text()


def test_news_is_one_commit_on_the_record_and_no_news_is_none(site: Site, github: LocalGitHub) -> None:
    first = site.publish()
    assert set(first.outcomes.values()) == {"success", "skipped"}, first.said
    assert (deployed(first), first.red) == (True, False)
    assert "Cards are declined" in page(first, "log/app-1/index.html")
    assert len(site.origin.history("record")) == 1
    assert "pulled/app/2026/app-1.json" in "\n".join(site.origin.files("record"))

    second = site.publish(without=INSTALL)
    assert deployed(second)
    assert len(site.origin.history("record")) == 1
    assert "Cards are declined" in page(second, "log/app-1/index.html")

    github.clock.move(3600)
    github.repository.label(2, "public")
    github.repository.close(2)
    third = site.publish(without=INSTALL)
    assert "Somebody else" in page(third, "log/app-2/index.html")
    assert len(site.origin.history("record")) == 2
    assert site.origin.history("record")[0].startswith("github-actions[bot]: Pull: ")
    assert site.origin.history("main") == ["Ana: Edit"]
    assert set(site.origin.pushed) == {"refs/heads/record"}


def test_a_failed_source_still_publishes_and_one_issue_says_so(site: Site, github: LocalGitHub) -> None:
    site.publish()
    github.repository.name = "acme/renamed"
    site.environment["GITHUB_REPOSITORY"] = "acme/renamed"
    for _ in range(2):
        ran = site.publish(without=INSTALL)
        assert (deployed(ran), ran.red) == (True, False), ran.said
        assert "Cards are declined" in page(ran, "log/app-1/index.html")
    tracking = [row for row in github.repository.issues.values() if LABEL in str(row["labels"])]
    assert [row["state"] for row in tracking] == ["open"]
    assert len([asked for asked in github.log if asked.method != "GET"]) == 1

    site.edit("site_config.yml", "repo: acme/app", "repo: acme/renamed")
    site.origin.commit(site.main)
    site.publish(without=INSTALL)
    assert tracking[0]["state"] == "closed"


def test_a_bad_entry_is_left_out_the_rest_is_published_and_the_run_is_red(site: Site) -> None:
    (site.main / "content/entries/broken.md").write_text("---\nkind: incidnet\n---\n")
    site.origin.commit(site.main)
    ran = site.publish()
    assert (deployed(ran), ran.red) == (True, True)
    assert ran.outcomes["Check"] == ran.outcomes["Build"] == "failure"
    assert ran.outcomes["Turn red when a step above failed"] == "failure"
    assert "content/entries/broken.md" in ran.said["Check"]
    assert "Cards are declined" in page(ran, "log/app-1/index.html")
    assert ran.uploaded is not None
    assert not (ran.uploaded / "log/broken").exists()


def test_without_a_site_nothing_is_deployed(site: Site) -> None:
    site.edit("site_config.yml", "  title: On record", "  titel: On record")
    site.origin.commit(site.main)
    ran = site.publish()
    assert (deployed(ran), ran.red) == (False, True)
    assert ran.outcomes["Look for secrets"] == "failure"
    assert site.origin.history("record") == []


def test_a_secret_in_the_site_stops_the_deploy(site: Site) -> None:
    about = site.main / "content/pages/about.md"
    about.write_text(f"# About\n\nOur token is {TOKEN}\n")
    site.origin.commit(site.main)
    ran = site.publish()
    assert (deployed(ran), ran.red) == (False, True)
    assert "holds the value of GITHUB_TOKEN" in ran.said["Look for secrets"]
    assert TOKEN not in "".join(ran.said.values())


def test_a_record_that_main_carries_is_left_alone(site: Site) -> None:
    record = site.main / "content/record/pulled/app"
    record.mkdir(parents=True)
    (record / "state.json").write_text("{}\n")
    (site.main / ".gitignore").write_text("/site/\n/build/\n")
    site.origin.commit(site.main)
    ran = site.publish()
    assert deployed(ran)
    assert site.origin.history("record") == []
    assert site.origin.pushed == []
    assert "left alone" in ran.said["Mount the record"]


def test_a_preview_shows_what_is_right_and_blocks_what_is_wrong(site: Site) -> None:
    site.publish()
    ran = site.job("preview", without=INSTALL).run()
    assert (ran.red, "Cards are declined" in page(ran, "log/app-1/index.html")) == (False, True)
    (site.main / "content/entries/broken.md").write_text("---\nkind: incidnet\n---\n")
    site.origin.commit(site.main)
    ran = site.job("preview", without=INSTALL).run()
    assert (ran.red, ran.uploaded) == (True, None)
    assert set(site.origin.pushed) == {"refs/heads/record"}


# The script between them


def save_beside(site: Site, runner: dict[str, str], name: str) -> None:
    """Add a file to the record from another checkout."""
    other = site.origin.checkout(site.main.parent / f"other-{name}")
    script(other, "mount", runner)
    (other / "content/record" / name).write_text("theirs\n")
    script(other, "save", runner)


def script(checkout: Path, word: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["bash", checkout / ".github/record.sh", word]
    return subprocess.run(command, env=environment, text=True, capture_output=True, check=False)


def test_who_comes_second_puts_their_news_on_top(site: Site, runner: dict[str, str]) -> None:
    mine = site.origin.checkout(site.main.parent / "mine")
    save_beside(site, runner, "before.json")
    script(mine, "mount", runner)
    save_beside(site, runner, "meanwhile.json")
    (mine / "content/record/mine.json").write_text("mine\n")
    done = script(mine, "save", runner)
    assert done.returncode == 0, done.stderr
    assert site.origin.files("record") == ["before.json", "meanwhile.json", "mine.json"]
    assert len(site.origin.history("record")) == 3


def test_a_second_mount_loses_nothing(site: Site, runner: dict[str, str]) -> None:
    mine = site.origin.checkout(site.main.parent / "mine")
    script(mine, "mount", runner)
    (mine / "content/record/mine.json").write_text("mine\n")
    assert script(mine, "mount", runner).returncode == 1
    assert (mine / "content/record/mine.json").read_text() == "mine\n"


def test_a_record_that_cannot_be_asked_for_stops_the_run(site: Site, runner: dict[str, str]) -> None:
    mine = site.origin.checkout(site.main.parent / "mine")
    shutil.rmtree(site.origin.folder)
    assert script(mine, "mount", runner).returncode != 0
    assert not (mine / "content/record").exists()


def test_the_token_goes_to_github_and_nowhere_else(site: Site, runner: dict[str, str]) -> None:
    heard: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers["Authorization"])
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    checkout = site.origin.checkout(site.main.parent / "mine")
    subprocess.run(["git", "-C", checkout, "remote", "set-url", "origin", f"{here}/acme/app"], check=True)
    for github in (here, "https://github.com"):
        script(checkout, "mount", runner | {"GITHUB_TOKEN": TOKEN, "GITHUB_SERVER_URL": github})
    server.shutdown()
    server.server_close()
    assert heard[0] is not None
    assert heard[0].startswith("Basic ")
    assert heard[-1] is None
    assert not [path for path in checkout.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
