"""The docs cannot lie: what they say of verbs, settings and fields is the code's own word, and the README runs."""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from tests.local_github import LocalGitHub
from tests.own_site import Site

from onrecord import config
from onrecord.cli import main
from onrecord.model.entry import KnownIssue, write_entry
from onrecord.model.kinds import Kind, Status
from onrecord.stages.check import check
from onrecord.stages.gather import open_folder
from onrecord.stages.init import init

HERE = Path(__file__).parents[1]
DOCS = [*HERE.glob("*.md"), *HERE.glob("docs/**/*.md")]
BLOCK = re.compile(r"^ *```(?P<language>\w+)\n(?P<text>.*?)^ *```$", re.DOTALL | re.MULTILINE)
STAMPS = ("python", "locked", "site", "dev")
"""What make keeps in `.venv` to know that something is installed."""


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", HERE / "docs/generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "page", ["verbs.md", "settings.md", "entries.md", "writing.md", "looks.md", "faults.md", "design/scoreboard.md"]
)
def test_pages_that_the_code_knows_best_are_its_own_word(page: str) -> None:
    written = (HERE / "docs" / page).read_text("utf-8")
    assert written == _generator().PAGES[page](), "run `make docs`"


def test_the_catalogue_has_every_word_of_the_interface(tmp_path: Path) -> None:
    made = tmp_path / "onrecord.pot"
    command = ["make", "--silent", "words", f"POT={made}", f"BIN={Path(sys.executable).parent}", "-o", ".venv/dev"]
    subprocess.run(command, cwd=HERE, check=True)
    assert made.read_text("utf-8") == (HERE / "generator/onrecord/locales/onrecord.pot").read_text("utf-8")


def test_every_file_with_words_of_the_interface_is_one_that_they_are_collected_from() -> None:
    mapped = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    patterns = [mapping["pattern"].replace("**", "*") for mapping in mapped]
    says = re.compile(r"\blanguage\.(?:say|number)\(|^from onrecord.language import .*\bmark\b", re.MULTILINE)
    code = [path for path in sorted((HERE / "generator").rglob("*.py")) if says.search(path.read_text("utf-8"))]
    assert code
    names = [path.relative_to(HERE).as_posix() for path in code]
    assert [name for name in names if not any(fnmatch(name, pattern) for pattern in patterns)] == []


def test_the_readme_names_every_verb_and_no_other() -> None:
    named = set(re.findall(r"^\| `onrecord ([a-z-]+)`", (HERE / "README.md").read_text("utf-8"), re.MULTILINE))
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


def _blocks(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield each block of a page: its language, its text, and the last file of a site named before it."""
    text = (HERE / page).read_text("utf-8")
    for found in BLOCK.finditer(text):
        lines = found["text"].splitlines()
        indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
        named = re.findall(r"`((?:content|templates)/\w[\w/.-]+\.\w+)`", text[: found.start()])
        yield found["language"], "\n".join(line[indent:] for line in lines) + "\n", named[-1] if named else ""


PULLED = KnownIssue(
    kind=Kind.KNOWN_ISSUE,
    id="app-1423",
    title="Crash on receipts",
    status=Status.REPORTED,
    opened=datetime(2026, 11, 19, tzinfo=UTC),
)


@pytest.mark.parametrize("page", ["README.md", "docs/writing.md"])
def test_every_example_of_an_entry_gives_no_warning_in_a_new_site(page: str, tmp_path: Path) -> None:
    init(tmp_path, "acme/app")
    pulled = tmp_path / f"content/record/pulled/app/2026/{PULLED.id}.json"
    pulled.parent.mkdir(parents=True)
    pulled.write_bytes(write_entry(PULLED))
    entries = set()
    for language, text, path in _blocks(page):
        if language in ("markdown", "yaml"):
            (tmp_path / path).write_text(text, "utf-8")
            entries |= {path} if language == "markdown" else set()
    assert len(entries) == sum(language == "markdown" for language, _, _ in _blocks(page))
    checked = check(open_folder(tmp_path, {}), datetime(2026, 11, 30, 12, 0, tzinfo=UTC))
    assert [str(problem) for problem in checked] == []


def test_the_example_of_a_template_changes_a_part_of_its_page(site: Site) -> None:
    ((example, path),) = ((text, path) for language, text, path in _blocks("docs/looks.md") if language == "jinja")
    site.write(path, example)
    site.entry("late-mail", "kind: incident\ntitle: Mail is late\nstatus: investigating\nopened: 2026-11-20 09:00")
    home = site.build()["index.html"].decode()
    assert "Call the number on your card." in home
    assert "All known issues" in home


class Newcomer:
    """Types what the README says, in a clean folder, with no program of ours on the PATH but those it puts there.

    Everything is installed already, so that make has nothing to set up; GitHub is a folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = self.checkout = folder / "on-record"
        self.github = folder / "github"
        tracked = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=HERE, capture_output=True, text=True, check=True
        ).stdout.splitlines()
        for name in tracked:
            if (HERE / name).is_file():
                (self.checkout / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(HERE / name, self.checkout / name)
        venv = self.checkout / ".venv"
        venv.mkdir()
        for part in Path(sys.prefix).iterdir():
            if part.is_dir() or part.name == "pyvenv.cfg":
                (venv / part.name).symlink_to(part)
        for stamp in STAMPS:
            (venv / stamp).touch()
        git = f'[user]\n name = Ana\n email = ana@acme.example\n[url "{self.github}/"]\n insteadOf = https://github.com/\n'
        (folder / ".gitconfig").write_text(git)
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}

    def types(self, block: str) -> str:
        """Run a block as one script, and stay in the folder and with the PATH with which it ends."""
        script = f'set -e\n{block}\necho; pwd; echo "$PATH"'
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env=self.environment,
            check=False,
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
        *said, folder, path = done.stdout.splitlines()
        self.folder = Path(folder)
        self.environment["PATH"] = path
        return "\n".join(said)

    def serves(self, command: str) -> str:
        """Run a command that serves until it says where, and return the page that is there."""
        running = subprocess.Popen(
            ["bash", "-c", f"exec {command}"],
            cwd=self.folder,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert running.stderr
        try:
            for line in running.stderr:
                if found := re.search(r"Serving (http://127\.0\.0\.1:\d+/\S*)", line):
                    return httpx.get(found[1], timeout=30).raise_for_status().text
            raise AssertionError(f"{command} ended without serving")
        finally:
            # Not SIGINT, which a shell takes from what it starts in the background.
            os.killpg(running.pid, signal.SIGTERM)
            running.stderr.close()
            running.wait()


def test_a_newcomer_gets_through_the_readme(tmp_path: Path) -> None:
    newcomer = Newcomer(tmp_path)
    scripts = [text for language, text, _ in _blocks("README.md") if language == "sh"]
    first, start, pull, push = scripts
    ((entry, path),) = ((text, path) for language, text, path in _blocks("README.md") if language == "markdown")

    site, test = first.splitlines()
    assert (site.split("#")[0].strip(), test.split("#")[0].strip()) == ("make site", "make test")
    newcomer.types(site)
    assert (newcomer.checkout / "site/index.html").is_file()
    # The tests are not run within the tests: what make would run is enough.
    assert "-m pytest" in newcomer.types(test.replace("make", "make -n"))
    assert config.read(newcomer.checkout, {}).site.title in newcomer.serves("make serve")

    newcomer.types(start)
    assert (newcomer.folder / "site/index.html").is_file()

    with LocalGitHub(repo="acme/app") as github:
        settings = newcomer.folder / "site_config.yml"
        local = f"repo: acme/app\n    api_url: {github.url}\n    allow_private: true"
        settings.write_text(settings.read_text("utf-8").replace("repo: acme/app", local), "utf-8")
        newcomer.types(pull)

    (newcomer.folder / path).write_text(entry, "utf-8")
    newcomer.types("onrecord check --strict")
    assert "The password e-mail arrives late" in newcomer.serves("onrecord serve")

    subprocess.run(["git", "init", "--quiet", "--bare", newcomer.github / "acme/my-record.git"], check=True)
    newcomer.types(push)
    pushed = newcomer.types(f"git -C {newcomer.github}/acme/my-record.git ls-tree -r --name-only main").splitlines()
    assert {".github/workflows/publish.yml", "site_config.yml", path} <= set(pushed)
    assert not [name for name in pushed if name.startswith(("site/", "build/", "content/record/"))]


def test_pyproject_brings_only_the_package_anew_and_a_lock_its_libraries(tmp_path: Path) -> None:
    shutil.copy2(HERE / "Makefile", tmp_path)
    (tmp_path / ".venv").mkdir()
    stamps = [tmp_path / ".venv" / stamp for stamp in STAMPS]
    sources = [tmp_path / name for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock")]

    def installs(changed: str) -> list[str]:
        for number, path in enumerate((*sources, *stamps)):
            path.touch()
            os.utime(path, (number, number))
        os.utime(tmp_path / changed, (99, 99))
        planned = subprocess.run(["make", "-n", "test"], cwd=tmp_path, capture_output=True, text=True, check=True)
        return [line.split(" install ")[1] for line in planned.stdout.splitlines() if " install " in line]

    package, base, dev = "--no-deps --no-build-isolation -e .", "-r requirements.lock", "-r requirements-dev.lock"
    assert installs("pyproject.toml") == [package]
    assert installs("requirements-dev.lock") == [f"--require-hashes {dev}"]
    assert set(installs("requirements.lock")) == {f"--require-hashes {base}", package, f"--require-hashes {dev}"}
