"""Words are set in workers that can be killed: whatever a text does, every other text is set, and so is the next."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from onrecord import words
from onrecord.typesetter import Limits, Typesetter
from onrecord.typesetter.workers import Worker
from onrecord.worker.messages import Job

SLOW = "* a\n" * 16_000
"""Takes cmark a tenth of a second: with so little time, a text that never ends."""
HASTY = Limits(processor=0.03)

TEXTS = [f"Text **{number}** of `many`, https://example.org/{number}" for number in range(600)]


@pytest.fixture
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as made:
        yield made


def told_of(texts: Sequence[str]) -> dict[str, list[str]]:
    """Return texts, each under a digest of what it might be the text of."""
    return {str(number): [text] for number, text in enumerate(texts)}


def test_a_text_is_set_as_words_would_set_it(typesetter: Typesetter) -> None:
    for text in ("", "One\n\n> two", "<script>x</script>\u202e\ud800", "[x](https://a.example) ~~y~~", "x" * 70_000):
        for show_hosts in (False, True):
            assert typesetter.render(text, show_hosts=show_hosts) == words.render(text, show_hosts=show_hosts)
    assert not typesetter.has_killed


def test_what_is_set_ahead_on_every_processor_is_the_same(typesetter: Typesetter) -> None:
    typesetter.ahead(told_of(TEXTS * 2), iter)
    assert [typesetter.render(text) for text in TEXTS] == [words.render(text) for text in TEXTS]


def test_a_text_that_takes_too_long_is_shown_as_it_was_written_and_all_others_are_set() -> None:
    texts = [*TEXTS[:150], SLOW, *TEXTS[150:300], f"b{SLOW}", *TEXTS[300:]]
    with Typesetter(limits=HASTY) as typesetter:
        typesetter.ahead(told_of(texts), iter)
        told = {text: typesetter.render(text) for text in texts}
        assert sorted(typesetter.killed(texts)) == [SLOW, f"b{SLOW}"]
    assert [text for text in texts if not told[text].displayed] == [SLOW, f"b{SLOW}"]
    assert told[SLOW].html.startswith("<p>* a<br>\n* a")
    assert all(told[text] == words.render(text) for text in TEXTS)


def test_a_text_that_waits_without_working_is_ended_by_the_clock() -> None:
    worker = Worker(Limits(clock=0.5))
    assert worker.set([Job("One")])
    (program,) = workers_of(os.getpid())
    os.kill(program, signal.SIGSTOP)
    told = worker.set([Job("Two"), Job("Three")])
    worker.end()
    assert told == [words.render("Two"), words.render("Three")], "the second try has another worker"


def test_a_text_may_not_take_all_memory() -> None:
    worker = Worker(Limits(memory=1))  # no more than it has when it starts
    assert worker.set([Job("One"), Job(SLOW), Job("Two")]) == [words.render("One"), None, words.render("Two")]
    worker.end()


def test_a_worker_that_has_set_very_much_makes_room_for_another() -> None:
    worker = Worker(Limits())
    long = Job("x" * 60_000)
    assert all(worker.set([long] * 130))
    assert len(workers_of(os.getpid())) == 1
    assert all(worker.set([long] * 50))
    assert workers_of(os.getpid()) == [], "its parser has kept something of each"
    assert worker.set([Job("One")]) == [words.render("One")]
    worker.end()


def test_no_text_is_blamed_for_a_worker_that_does_not_start() -> None:
    with pytest.raises(RuntimeError, match="does not start"):
        Worker(Limits(memory=2**99)).set([Job("One")])


def test_a_worker_that_the_system_kills_costs_no_text(typesetter: Typesetter) -> None:
    typesetter.render("One")
    done = threading.Event()
    killer = threading.Thread(target=kill_now_and_then, args=(done,))
    killer.start()
    typesetter.ahead(told_of(TEXTS), iter)
    done.set()
    killer.join()
    assert not typesetter.has_killed
    assert all(typesetter.render(text).displayed for text in TEXTS)


def kill_now_and_then(done: threading.Event) -> None:
    while not done.wait(1.5):
        for program in workers_of(os.getpid()):
            os.kill(program, signal.SIGKILL)


def workers_of(parent: int) -> list[int]:
    """Return the workers that a process has started."""
    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    children = [int(child) for task in tasks for child in task.read_text().split()]
    return [child for child in children if b"onrecord.worker" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_what_was_set_is_kept_and_no_worker_is_started_for_it_again(tmp_path: Path) -> None:
    with Typesetter(tmp_path, HASTY) as first:
        first.ahead(told_of([*TEXTS[:3], SLOW]), iter)
        before = [first.render(text) for text in (*TEXTS[:3], SLOW)]
    with Typesetter(tmp_path) as second:
        second.ahead(told_of([*TEXTS[:3], SLOW]), iter)
        assert [second.render(text) for text in (*TEXTS[:3], SLOW)] == before
        assert workers_of(os.getpid()) == []


def test_what_was_set_ahead_last_time_is_not_even_looked_at(tmp_path: Path) -> None:
    def texts_of(what: str) -> Iterator[str]:
        assert what == "new", "this was set before"
        yield TEXTS[3]

    with Typesetter(tmp_path) as first:
        first.ahead(told_of(TEXTS[:3]), iter)
    with Typesetter(tmp_path) as second:
        second.ahead({"0": "old", "2": "old", "3": "new"}, texts_of)
    with Typesetter(tmp_path) as third:
        third.ahead({"2": "old", "3": "old"}, texts_of)
        with pytest.raises(AssertionError, match="set before"):
            third.ahead({"0": "old"}, texts_of)


def test_what_was_kept_is_thrown_away_when_it_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "words.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with Typesetter(tmp_path) as typesetter:
        assert typesetter.render("*One*") == words.render("*One*")
    base = sqlite3.connect(tmp_path / "words.sqlite")
    assert base.execute("SELECT html FROM texts").fetchall() == [("<p><em>One</em></p>",)]
    base.close()


def test_no_worker_outlives_its_typesetter() -> None:
    with Typesetter() as typesetter:
        typesetter.render("One")
        (program,) = workers_of(os.getpid())
    assert not Path(f"/proc/{program}").exists()


def test_a_worker_is_given_no_secret(monkeypatch: pytest.MonkeyPatch, typesetter: Typesetter) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_secret")
    typesetter.render("One")
    (program,) = workers_of(os.getpid())
    assert b"GITHUB_TOKEN" not in Path(f"/proc/{program}/environ").read_bytes()


A_BUILD_THAT_HANGS = """
import time
from onrecord.typesetter import Typesetter
Typesetter().render("One")
print("set", flush=True)
time.sleep(60)
"""


def test_a_worker_ends_with_the_build_that_was_killed() -> None:
    build = subprocess.Popen([sys.executable, "-c", A_BUILD_THAT_HANGS], stdout=subprocess.PIPE)
    assert build.stdout
    assert build.stdout.readline() == b"set\n"
    (program,) = workers_of(build.pid)
    build.kill()
    build.communicate()
    for _ in range(100):
        if not Path(f"/proc/{program}/cmdline").exists() or not Path(f"/proc/{program}/cmdline").read_bytes():
            break
        time.sleep(0.05)
    else:
        pytest.fail("the worker still runs")
