"""The docs cannot lie: what they say of verbs, settings and fields is the code's own word, and the README runs."""

import importlib.util
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.cli import main

HERE = Path(__file__).parents[1]
DOCS = [*HERE.glob("*.md"), *HERE.glob("docs/**/*.md")]
BLOCK = re.compile(r"^ *```(?P<language>\w+)\n(?P<text>.*?)^ *```$", re.DOTALL | re.MULTILINE)


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", HERE / "docs/generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["verbs.md", "settings.md", "entries.md"])
def test_pages_that_the_code_knows_best_are_its_own_word(page: str) -> None:
    written = (HERE / "docs" / page).read_text("utf-8")
    assert written == _generator().PAGES[page](), "run `make docs`"


def test_the_catalogue_has_every_word_of_the_interface(tmp_path: Path) -> None:
    made = tmp_path / "onrecord.pot"
    command = ["make", "--silent", "words", f"POT={made}", f"BIN={Path(sys.executable).parent}", "-o", ".venv/dev"]
    subprocess.run(command, cwd=HERE, check=True)
    assert made.read_text("utf-8") == (HERE / "generator/onrecord/locales/onrecord.pot").read_text("utf-8")


def test_the_readme_names_every_verb_and_no_other() -> None:
    named = set(re.findall(r"^\| `onrecord ([a-z]+)`", (HERE / "README.md").read_text("utf-8"), re.MULTILINE))
    assert named == set(main.commands)


def test_every_setting_and_field_carries_its_manual() -> None:
    generate = _generator()
    bare = [
        f"{page}: {line}"
        for page, text in (("settings", generate.settings()), ("entries", generate.entries()))
        for line in text.splitlines()
        if re.fullmatch(r"\| `.*\|  \|", line)
    ]
    assert bare == []


def test_every_link_of_the_docs_leads_to_a_file() -> None:
    broken = [
        f"{page.relative_to(HERE)}: {target}"
        for page in DOCS
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_docs_name_only_files_that_exist() -> None:
    text = (HERE / "ARCHITECTURE.md").read_text("utf-8")
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|html|css)|[a-z_]+\.py)`", text)
    roots = (HERE, HERE / "generator/onrecord")
    assert named
    assert [name for name in named if not any((root / name).exists() for root in roots)] == []


def test_no_decision_takes_more_than_a_page_and_a_half() -> None:
    pages = sorted((HERE / "docs/design").glob("*.md"))
    assert pages
    assert [page.name for page in pages if len(page.read_text("utf-8").split()) > 800] == []


class Newcomer:
    """Types what the README says, in a clean folder, with this checkout's programs."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "on-record"
        tracked = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=HERE, capture_output=True, text=True, check=True
        ).stdout.splitlines()
        for name in tracked:
            if (HERE / name).is_file():
                (self.checkout / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(HERE / name, self.checkout / name)
        # Everything is installed already, so make has nothing to set up.
        for stamp in ("python", "site"):
            (Path(sys.prefix) / stamp).touch()
        (self.checkout / ".venv").symlink_to(sys.prefix)
        self.folder = self.checkout

    def types(self, block: str) -> str:
        """Run a block as one script, and stay in the folder in which it ends."""
        script = f"set -e\n{block}\necho; pwd"
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.folder, capture_output=True, text=True, env=environment, check=False
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
        self.folder = Path(done.stdout.splitlines()[-1])
        return done.stdout + done.stderr

    def types_and_stops(self, command: str, until: str) -> None:
        """Run a command that does not end by itself until it says something, then end it."""
        running = subprocess.Popen(
            shlex.split(command), cwd=self.folder, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        assert running.stderr
        said = []
        for line in running.stderr:
            said.append(line)
            if until in line:
                break
        # Not SIGINT, which a shell takes from what it starts in the background.
        os.killpg(running.pid, signal.SIGTERM)
        running.stderr.close()
        running.wait()
        assert until in said[-1], said


def _blocks(page: str) -> Iterator[tuple[str, str]]:
    for found in BLOCK.finditer((HERE / page).read_text("utf-8")):
        lines = found["text"].splitlines()
        indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
        yield found["language"], "\n".join(line[indent:] for line in lines)


def test_a_newcomer_gets_through_the_readme(tmp_path: Path) -> None:
    from tests.local_github import LocalGitHub

    newcomer = Newcomer(tmp_path)
    (first, start, pull), (entry,) = (
        [text for language, text in _blocks("README.md") if language == wanted] for wanted in ("sh", "markdown")
    )

    for command in first.splitlines():
        program = command.partition("#")[0].strip()
        if program == "make serve":
            newcomer.types_and_stops("make serve", until="Serving http://127.0.0.1:")
        else:
            newcomer.types(program)
    assert (newcomer.checkout / "site/index.html").is_file()

    newcomer.types(start)
    assert (newcomer.folder / "site/index.html").is_file()

    with LocalGitHub(repo="acme/app") as github:
        settings = newcomer.folder / "site_config.yml"
        local = f"repo: acme/app\n    api_url: {github.url}\n    allow_private: true"
        settings.write_text(settings.read_text("utf-8").replace("repo: acme/app", local), "utf-8")
        newcomer.types(pull)

    (newcomer.folder / "content/entries/2026-11-late-mail.md").write_text(entry, "utf-8")
    newcomer.types("onrecord check")
    newcomer.types("onrecord build")
    page = (newcomer.folder / "site/log/2026-11-late-mail/index.html").read_text("utf-8")
    assert "The password e-mail arrives late" in page
