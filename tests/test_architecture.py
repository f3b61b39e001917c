"""The plan of the house, held to: floors, sizes, names, and the parts that only one place may know."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "generator").rglob("*.py"))
NO_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "handler",
    "handlers",
    "data",
    "info",
    "common",
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 45


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_a_floor_imports_only_lower_floors() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_a_file_is_one_idea_of_few_lines(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE
    assert not {path.stem, path.parent.name} & NO_NAMES
    too_long = {
        node.name: lines
        for node in functions(path)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert too_long == {}


def test_nothing_is_left_to_be_done_later() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplemented|^\s*\.\.\.\s*$", re.MULTILINE)
    shipped = [*SOURCES, *(path for path in (ROOT / "templates").rglob("*") if path.is_file())]
    assert [shown(path) for path in shipped if mark.search(path.read_text("utf-8"))] == []


def test_no_group_of_a_pattern_is_repeated_without_a_way_back() -> None:
    """Python 3.11.2 takes for a match of such a group what is none: a picture of others' stood on a page."""
    repeated = re.compile(r"(?<!\()\)(?:[*+?]|\{\d*,?\d*\})\+")
    assert [shown(path) for path in SOURCES if repeated.search(path.read_text("utf-8"))] == []


def test_other_programs_are_started_in_one_place_each_and_imported_nowhere() -> None:
    importing = re.compile(r"^\s*(?:from|import) (?:mkdocs|material|zensical|pagefind_bin)\b", re.MULTILINE)
    assert [shown(path) for path in SOURCES if importing.search(path.read_text("utf-8"))] == []
    starting = [shown(path) for path in SOURCES if "subprocess" in path.read_text("utf-8")]
    assert starting == [
        "generator/onrecord/frames/builders.py",
        "generator/onrecord/search.py",
        "generator/onrecord/typesetter/workers.py",
    ]


def test_only_the_web_client_knows_the_network() -> None:
    talking = re.compile(
        r"^\s*(?:from|import) (?:httpx|stamina|urllib\.request|http\.client|requests)\b", re.MULTILINE
    )
    found = {path.parent.name for path in SOURCES if talking.search(path.read_text("utf-8"))}
    assert found <= {"web"}


def test_the_clock_is_asked_only_at_the_edge() -> None:
    asking = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|utcnow\(")
    found = {shown(path) for path in SOURCES if asking.search(path.read_text("utf-8"))}
    assert found <= {"generator/onrecord/cli/world.py", "generator/onrecord/web/limits.py"}


def test_no_text_is_called_safe_but_what_the_words_and_the_templates_made() -> None:
    marking = re.compile(r"Markup\((?!\"|')")
    found = {shown(path) for path in SOURCES if marking.search(path.read_text("utf-8"))}
    assert found == {"generator/onrecord/words/__init__.py"}
    templates = [*(ROOT / "templates").rglob("*.html")]
    unsafe = re.compile(r"\|\s*safe\b|autoescape false")
    assert [shown(path) for path in templates if unsafe.search(path.read_text("utf-8"))] == []
