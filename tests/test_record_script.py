"""The script that keeps the branch `record`: it loses nothing, and it shows the token to GitHub alone."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.actions import TOKEN, Origin

SCRIPT = Path(__file__).parents[1] / ".github/record.sh"
Checkout = Callable[[str], Path]


def environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_TERMINAL_PROMPT": "0"}


@pytest.fixture
def origin(tmp_path: Path) -> Origin:
    """A repository with nothing but the script on `main`."""
    made = Origin(tmp_path / "origin.git", environment(tmp_path))
    (tmp_path / "people/.github").mkdir(parents=True)
    shutil.copy(SCRIPT, tmp_path / "people/.github/record.sh")
    made.commit(tmp_path / "people")
    return made


@pytest.fixture
def checkout(origin: Origin, tmp_path: Path) -> Checkout:
    return lambda name: origin.checkout(tmp_path / name)


def run(folder: Path, word: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", folder / ".github/record.sh", word]
    given = environment(folder.parent) | more
    return subprocess.run(command, env=given, text=True, capture_output=True, check=False)


def write(folder: Path, name: str, text: str) -> None:
    (folder / "content/record" / name).write_text(text)


def test_what_is_saved_is_there_at_the_next_mount(origin: Origin, checkout: Checkout) -> None:
    one, two = checkout("one"), checkout("two")
    run(one, "mount")
    write(one, "app-1.json", "1\n")
    assert run(one, "save").returncode == 0
    run(two, "mount")
    assert (two / "content/record/app-1.json").read_text() == "1\n"
    assert run(two, "save").stdout == "Nothing is new on record.\n"
    assert len(origin.history("record")) == 1


def test_a_file_that_is_gone_is_gone_from_the_record(origin: Origin, checkout: Checkout) -> None:
    one = checkout("one")
    run(one, "mount")
    write(one, "app-1.json", "1\n")
    write(one, "app-2.json", "2\n")
    run(one, "save")
    (one / "content/record/app-1.json").unlink()
    run(one, "save")
    assert origin.files("record") == ["app-2.json"]


def test_who_comes_second_puts_their_news_on_top(origin: Origin, checkout: Checkout) -> None:
    before, theirs, mine = checkout("before"), checkout("theirs"), checkout("mine")
    run(before, "mount")
    write(before, "before.json", "before\n")
    run(before, "save")
    for folder in (theirs, mine):
        run(folder, "mount")
        write(folder, f"{folder.name}.json", "new\n")
    assert run(theirs, "save").returncode == 0
    assert run(mine, "save").returncode == 0
    assert origin.files("record") == ["before.json", "mine.json", "theirs.json"]
    assert len(origin.history("record")) == 3


def test_two_who_differ_about_one_file_are_not_mixed(origin: Origin, checkout: Checkout) -> None:
    theirs, mine = checkout("theirs"), checkout("mine")
    for folder in (theirs, mine):
        run(folder, "mount")
        write(folder, "app-1.json", f"{folder.name}\n")
    assert run(theirs, "save").returncode == 0
    assert run(mine, "save").returncode != 0
    run(again := checkout("again"), "mount")
    assert (again / "content/record/app-1.json").read_text() == "theirs\n"


def test_a_second_mount_loses_nothing(checkout: Checkout) -> None:
    mine = checkout("mine")
    run(mine, "mount")
    write(mine, "app-1.json", "mine\n")
    assert run(mine, "mount").returncode == 1
    assert (mine / "content/record/app-1.json").read_text() == "mine\n"


def test_a_record_that_cannot_be_asked_for_stops_the_run(origin: Origin, checkout: Checkout) -> None:
    mine = checkout("mine")
    shutil.rmtree(origin.folder)
    assert run(mine, "mount").returncode != 0
    assert not (mine / "content/record").exists()


def test_other_words_are_refused(checkout: Checkout) -> None:
    assert run(checkout("mine"), "unmount").returncode == 2


@pytest.fixture
def heard() -> Iterator[tuple[str, list[str | None]]]:
    """The address of a server that refuses everything, and the credentials it was shown."""
    shown: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.append(self.headers["Authorization"])
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", shown
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("ours", [True, False])
def test_the_token_is_shown_to_github_and_to_nobody_else(
    ours: bool, heard: tuple[str, list[str | None]], checkout: Checkout
) -> None:
    address, shown = heard
    mine = checkout("mine")
    subprocess.run(["git", "-C", mine, "remote", "set-url", "origin", f"{address}/acme/app"], check=True)
    server = address if ours else "https://github.com"
    said = run(mine, "mount", GITHUB_TOKEN=TOKEN, GITHUB_SERVER_URL=server)
    assert said.returncode != 0
    assert [bool(credentials) for credentials in shown] == [ours] * len(shown) != []
    files = [path.read_bytes() for path in mine.rglob("*") if path.is_file()]
    assert TOKEN.encode() not in b"".join([*files, said.stdout.encode(), said.stderr.encode()])
