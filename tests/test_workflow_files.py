"""What the workflows say: who may do what, with whose code, and when."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.actions import workflow

from onrecord.stages.starter import CRON, scheduled

ROOT = Path(__file__).parents[1]
HERE = ROOT / ".github"
TEMPLATE = ROOT / "templates/init/.github"
WORKFLOWS = sorted((HERE / "workflows").glob("*.yml"))
TOKEN = "${{ github.token }}"


def jobs() -> Iterator[tuple[Path, str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in workflow(path)["jobs"].items():
            yield path, name, job


def steps() -> list[dict[str, Any]]:
    return [step for _, _, job in jobs() for step in job.get("steps", [])]


def test_a_new_site_gets_the_very_workflows_that_this_repository_uses() -> None:
    ours = {path.relative_to(HERE): path.read_bytes() for path in HERE.rglob("*") if path.is_file()}
    assert ours.pop(Path("onrecord.txt")) == b"-e .\n"
    # Who made this copy into a site may have chosen another schedule.
    schedule = Path("workflows/schedule.yml")
    ours[schedule] = scheduled(ours[schedule].decode(), CRON).encode()
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
    assert len({line.strip().removeprefix("- ") for line in uses}) == 7


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
    holders = [step["name"] for step in steps() if TOKEN in step.get("env", {}).values()]
    assert {"Build", "Install On Record"}.isdisjoint(holders)


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
