"""What a user types: help, exit codes, results on one stream and talk on the other."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tests.local_github import LocalGitHub
from tests.own_site import NOW, Site, read_all

from onrecord.cli import main

VERBS = sorted(main.commands)
HEAVY = ("httpx", "pydantic", "jinja2", "rich", "babel", "nh3", "cmarkgfm", "yaml", "phonenumbers", "mkdocs")


def typed(
    *words: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `onrecord` as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *words],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_verb_has_a_page_of_help_with_an_example(verb: str, option: str) -> None:
    shown = CliRunner().invoke(main, [verb, option])
    assert shown.exit_code == 0
    assert f"Example: onrecord {verb}" in " ".join(shown.output.split())
    assert shown.output.count("\n") < 40


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_explains_itself(verb: str) -> None:
    options = [option for option in main.commands[verb].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help and not isinstance(option.type, click.Choice)] == []


def test_what_writes_or_sends_can_be_tried_dry() -> None:
    writing = {"build", "pull", "run", "report", "new", "update", "resolve", "withdraw", "correct"}
    assert writing <= {
        verb for verb in VERBS if any(option.name == "dry_run" for option in main.commands[verb].params)
    }


def test_the_version_is_the_installed_one() -> None:
    done = typed("--version")
    assert (done.returncode, done.stdout) == (0, f"onrecord {version('onrecord')}\n")


@pytest.mark.parametrize("words", [["biuld"], ["--nonsense"], ["build", "--nonsense"], ["build", "--now", "soon"]])
def test_a_wrong_command_line_is_two_and_says_where_help_is(words: list[str], site: Site) -> None:
    ran = site.run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "-h" in ran.err


def test_a_time_that_is_none_is_shown_how_to_write(site: Site) -> None:
    assert "2026-11-21 09:30" in site.run("build", "--now", "soon").err


def test_a_folder_that_is_no_site_is_told_how_to_become_one(tmp_path: Path) -> None:
    for words in (["build"], ["check"], ["pull"], ["run"], ["serve"]):
        done = typed(*words, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert "no site_config.yml in this folder or above it, so this is not a site" in done.stderr
        assert "onrecord init" in done.stderr
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_site_named_by_hand_that_is_none_is_told_so(tmp_path: Path) -> None:
    done = typed("--site", str(tmp_path / "nowhere"), "build")
    assert done.returncode == 1
    assert "not a site" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_site_is_the_nearest_folder_above(site: Site) -> None:
    deep = site.root / "content/entries/2026"
    deep.mkdir(parents=True)
    done = typed("check", cwd=deep)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing is wrong." in done.stderr


def test_results_go_to_one_stream_and_talk_to_the_other(site: Site) -> None:
    done = typed("--site", str(site.root), "build", "--now", NOW)
    assert done.returncode == 0
    assert done.stdout.startswith("0 entries, ")
    assert "Building" in done.stderr
    described = typed("schema")
    assert described.stderr == ""
    assert set(json.loads(described.stdout)["$defs"]) >= {"site_config", "front_matter"}


def test_quiet_is_silent_when_nothing_is_wrong_and_names_what_is(site: Site) -> None:
    for words in (["build", "--now", NOW], ["check"], ["pull"], ["run"]):
        ran = site.run("-q", *words)
        assert (ran.code, ran.said) == (0, "")
    site.entry("bad", "kind: incident\ntitle: Bad")
    for words in (["build"], ["check"], ["run"]):
        ran = site.run("-q", *words)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith('error: content/entries/bad.md:2:1: "opened" is missing\n')


def test_a_problem_is_a_place_what_is_wrong_and_an_indented_line_of_what_to_do(site: Site) -> None:
    site.entry("bad", "kind: incident\ntitle: Bad\nopened: 2026-11-20\nimpcat: major")
    first, second = site.run("-q", "check").err.splitlines()
    assert first == 'error: content/entries/bad.md:5:1: there is no field "impcat" here. Did you mean "impact"?'
    assert second.startswith("    known here: ")


def test_in_actions_a_problem_is_an_annotation_too(site: Site) -> None:
    site.entry("bad", "kind: incident\ntitle: Bad")
    done = typed("--site", str(site.root), "check", env={"GITHUB_ACTIONS": "true"})
    assert done.stdout.startswith(
        '::error file=content/entries/bad.md,line=2,col=1::"opened" is missing – add a line'
    )


def test_problems_for_programs_are_a_list(site: Site) -> None:
    assert json.loads(site.run("check", "--format", "json").out) == []
    site.entry("bad", "kind: incident\ntitle: Bad")
    (problem,) = json.loads(site.run("check", "--format", "json").out)
    assert problem["path"] == "content/entries/bad.md"
    assert (problem["line"], problem["column"], problem["level"]) == (2, 1, "error")
    assert problem["what"]
    assert problem["todo"]


def test_a_warning_fails_only_when_asked_to(site: Site) -> None:
    site.entry("one", "kind: incident\ntitle: One\nopened: 2026-11-20\nauthor: nobody")
    assert site.run("check").code == 0
    strict = site.run("check", "--strict")
    assert strict.code == 1
    assert strict.err.startswith("warning: content/entries/one.md:5:9: ")


@pytest.mark.parametrize("verb", ["build", "run", "pull"])
def test_a_dry_run_writes_nothing(verb: str, site: Site) -> None:
    site.entry("one", "kind: incident\ntitle: One\nopened: 2026-11-20")
    before = read_all(site.root)
    assert typed("--site", str(site.root), verb, "--dry-run").returncode == 0
    assert read_all(site.root) == before


def test_a_failed_source_is_three_and_the_rest_is_published(site: Site) -> None:
    with LocalGitHub() as github:
        facts = f"type: github-issues, repo: acme/nowhere, api_url: {github.url}, allow_private: true"
        with (site.root / "site_config.yml").open("a") as config:
            config.write(f"sources: {{app: {{{facts}}}}}\n")
        ran = site.run("run")
    assert ran.code == 3
    assert "We could not read GitHub, acme/nowhere" in site.files["index.html"].decode()


def test_help_loads_nothing_that_it_does_not_need() -> None:
    program = (
        "import sys; from onrecord.cli import main\n"
        "try: main(['--help'])\n"
        f"except SystemExit: print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_run_that_ends_does_not_look_through_all_that_it_read_for_garbage() -> None:
    at_the_end = "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 0))"
    script = f"{at_the_end}; from onrecord.cli import main; main(['--quiet', 'schema'])"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.endswith("True\n")
