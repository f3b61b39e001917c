"""On Record as it is installed: from a wheel, from a checkout, and what the two archives hold."""

import os
import subprocess
import sys
import tarfile
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from onrecord.our_code import OURS

ROOT = Path(__file__).parents[1]


def ran(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, made without a network."""
    folder = tmp_path_factory.mktemp("dist")
    ran(sys.executable, "-m", "hatchling", "build", "-d", str(folder), cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def installed(archives: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `onrecord` is the wheel's, and the checkout cannot be imported."""
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = archives.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder))
    ran(*pip, str(wheel))
    return {**os.environ, "PYTHONPATH": str(folder)}


def test_a_site_is_started_and_built_from_the_wheel_alone(installed: dict[str, str], tmp_path: Path) -> None:
    where = ran(sys.executable, "-c", "import onrecord; print(onrecord.__file__)", cwd=tmp_path, env=installed)
    assert Path(where).is_relative_to(installed["PYTHONPATH"])
    run = (sys.executable, "-m", "onrecord")
    ran(*run, "init", "acme", "--repo", "acme/app", cwd=tmp_path, env=installed)
    ran(*run, "check", cwd=tmp_path / "acme", env=installed)
    said = ran(*run, "build", "--now", "2026-11-21 09:12", cwd=tmp_path / "acme", env=installed)
    assert said.startswith("0 entries, ")
    home = (tmp_path / "acme/site/index.html").read_text("utf-8")
    assert "We have not logged anything yet." in home
    assert '<link rel="canonical" href="https://acme.github.io/acme/">' in home
    assert (tmp_path / "acme/site/policy/index.html").is_file()


def test_the_wheels_own_command_starts_it(installed: dict[str, str], tmp_path: Path) -> None:
    command = Path(installed["PYTHONPATH"]) / "bin/onrecord"
    assert ran(str(command), "--version", cwd=tmp_path, env=installed).startswith("onrecord ")


def test_a_checkout_finds_the_templates_at_its_top(tmp_path: Path) -> None:
    assert OURS == ROOT / "templates"
    program = "from onrecord.our_code import OURS; print(OURS)"
    assert ran(sys.executable, "-c", program, cwd=tmp_path).strip() == str(ROOT / "templates")


def test_the_wheel_holds_all_that_the_package_reads_and_nothing_else(archives: Path) -> None:
    (wheel,) = archives.glob("*.whl")
    names = set(ZipFile(wheel).namelist())
    assert {"onrecord/py.typed", "onrecord/templates/pages/entry.html"} <= names
    templates = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert {f"onrecord/{path}" for path in templates} <= names
    code = {path.relative_to(ROOT / "generator").as_posix() for path in (ROOT / "generator").rglob("*.p[yo]*")}
    assert {path for path in code if path.endswith((".py", ".pot", ".po"))} <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"onrecord"}
    assert not [name for name in names if "__pycache__" in name or ".mypy_cache" in name]


def test_the_wheel_says_who_it_is(archives: Path) -> None:
    (wheel,) = archives.glob("*.whl")
    with ZipFile(wheel) as opened:
        (name,) = (name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        about = Parser().parsestr(opened.read(name).decode())
        points = opened.read(name.replace("METADATA", "entry_points.txt")).decode()
    assert about["Name"] == "onrecord"
    assert about["License-Expression"] == "MIT"
    assert about["Requires-Python"] == ">=3.11"
    for group in ("[console_scripts]", "[onrecord.sources]", "[onrecord.outputs]"):
        assert group in points


def test_the_source_archive_holds_what_the_wheel_is_made_of(archives: Path) -> None:
    (archive,) = archives.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    wanted = {
        "pyproject.toml",
        "LICENSE",
        "README.md",
        "generator/onrecord/__init__.py",
        "templates/pages/entry.html",
    }
    assert wanted <= names
    assert not [name for name in names if name.startswith(("site/", "content/", "tests/", "build/", ".venv"))]
    assert not [name for name in names if ".mypy_cache" in name]


def test_the_source_archive_makes_the_same_wheel(archives: Path, tmp_path: Path) -> None:
    (archive,) = archives.glob("*.tar.gz")
    (wheel,) = archives.glob("*.whl")
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    ran(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "again"), cwd=folder)
    assert contents(next((tmp_path / "again").glob("*.whl"))) == contents(wheel)


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
