"""Two runs on one site at once: the second says who is at work and since when, and leaves."""

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen

from tests.local_github import LocalGitHub, faults
from tests.own_site import NOW, Site
from tests.pull.pulled import Pulled
from tests.runs.processes import ended, kept, no_traceback, run, start, until

from onrecord.stages.alone import RUNS, WORDS, Lock, alone

NEWS = ("new", "announcement", "We move", "--set", "opened=2026-11-20")


@contextmanager
def a_pull_that_waits(pulled: Pulled, github: LocalGitHub) -> Iterator["Popen[str]"]:
    """Have a pull under way that gets no answer, until the block is left."""
    github.fault(faults.stall(600), times=1000)
    before = len(github.log)
    process = start(pulled.site.root, "pull")
    try:
        until(lambda: len(github.log) > before)
        yield process
    finally:
        process.kill()
        ended(process)


@contextmanager
def held(site: Site, lock: Lock) -> Iterator[None]:
    with alone(site.root, lock, "some verb", datetime(2026, 11, 21, 9, 5, tzinfo=UTC)):
        yield


def test_a_second_run_says_who_is_at_work_and_leaves(pulled: Pulled, github: LocalGitHub) -> None:
    pulled.pull()
    pulled.site.build()
    before = kept(pulled.site)
    with a_pull_that_waits(pulled, github) as first:
        for verb in ("pull", "build", "run", "serve", "check --online"):
            ran = run(pulled.site.root, *verb.split())
            assert ran.code == 1
            said = re.sub(r"since [\d-]+ [\d:]+ UTC", "since then", no_traceback(ran))
            assert said == (
                "error: build/lock: another onrecord is at work on this site: "
                f'"pull", process {first.pid}, since then\n'
                f"    wait until it is done, then try again; if it hangs, end process {first.pid}\n"
            )
        assert first.poll() is None
    assert kept(pulled.site) == before


def test_who_reads_and_who_tries_need_not_wait(pulled: Pulled, github: LocalGitHub) -> None:
    pulled.pull()
    with a_pull_that_waits(pulled, github):
        for verb in ("check", "triage", "build --dry-run"):
            assert run(pulled.site.root, *verb.split()).code == 0


def test_a_killed_run_holds_up_no_other(pulled: Pulled, github: LocalGitHub) -> None:
    with a_pull_that_waits(pulled, github) as first:
        os.kill(first.pid, signal.SIGKILL)
        assert ended(first).code == -signal.SIGKILL
        assert (pulled.site.root / "build/lock.json").exists()
        ran = run(pulled.site.root, "build", "--now", NOW)
    assert (ran.code, no_traceback(ran)) == (0, "Building the site …\n")


def test_people_write_while_a_pull_waits(pulled: Pulled, github: LocalGitHub) -> None:
    with a_pull_that_waits(pulled, github):
        assert run(pulled.site.root, *NEWS).code == 0
    assert len(list((pulled.site.root / "content/entries").rglob("*.md"))) == 1


def test_two_people_do_not_write_at_once(site: Site) -> None:
    with held(site, WORDS):
        ran = run(site.root, *NEWS)
        assert run(site.root, *NEWS, "--dry-run").code == 0
    assert ran.code == 1
    assert "build/lock-words: another onrecord is at work" in no_traceback(ran)
    assert f'"some verb", process {os.getpid()}, since 2026-11-21 09:05:00 UTC' in ran.err
    assert not (site.root / "content").exists()
    assert run(site.root, *NEWS).code == 0


def test_what_serve_builds_anew_waits_for_the_run_that_is_under_way(site: Site) -> None:
    process = start(site.root, "serve", "--port", "0")
    try:
        until(lambda: "Serving" in _next_line(process))
        with held(site, RUNS):
            site.entry("late-mail", "kind: incident\ntitle: Mail is late\nopened: 2026-11-20\n")
            until(lambda: "waiting for it" in _next_line(process))
        until((site.out / "log/late-mail/index.html").exists)
    finally:
        process.kill()
        ended(process)


def test_who_has_only_just_begun_is_not_named(site: Site) -> None:
    with held(site, RUNS):
        (site.root / "build/lock.json").unlink()
        assert "another onrecord is at work on this site\n" in run(site.root, "build").err
        (site.root / "build/lock.json").write_text(json.dumps({"verb": "pull"}))
        assert "another onrecord is at work on this site\n" in run(site.root, "build").err


def test_a_folder_that_is_no_site_gets_no_lock(tmp_path: Path) -> None:
    ran = run(tmp_path, "build")
    assert "so this is not a site" in no_traceback(ran)
    assert list(tmp_path.iterdir()) == []


def _next_line(process: "Popen[str]") -> str:
    assert process.stderr
    line = process.stderr.readline()
    assert line, "it ended"
    return line
