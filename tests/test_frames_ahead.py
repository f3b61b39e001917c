"""MkDocs costs more than anything else that a small record needs: it is started early, and loads what is needed."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from tests.runs.processes import until

from onrecord.errors import OnRecordError
from onrecord.frames import FrameSettings, NavItem, make
from onrecord.frames.builders import Program, find
from onrecord.frames.project import project
from onrecord.our_code import OURS
from onrecord.stages.head_start import head_start

SETTINGS = FrameSettings(title="Acme", url="https://status.example/")


@pytest.fixture
def aside() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as one:
        yield one


def programs() -> list[int]:
    """Return the builders that run as children of this process."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    children = [int(child) for task in tasks for child in task.read_text().split()]
    return [child for child in children if b"waiting.py" in Path(f"/proc/{child}/cmdline").read_bytes()]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["mkdocs", "zensical"])
def test_a_builder_that_was_started_ahead_makes_the_same(name: str, aside: Executor, tmp_path: Path) -> None:
    settings = FrameSettings(title="Acme", url="https://status.example/", builder=name)
    late = make(settings, None, (OURS,), tmp_path / "late")
    ahead = make(settings, None, (OURS,), tmp_path / "ahead", aside, Program(find(name)))
    assert ahead.look == late.look, "known before it is made"
    assert [ahead.frame(depth) for depth in range(3)] == [late.frame(depth) for depth in range(3)]
    assert files(ahead.static) == files(late.static)
    assert programs() == []


def test_a_builder_that_fails_aside_fails_for_those_who_wait(aside: Executor, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/bad.md").write_text("[x](http://[)\n", "utf-8")
    frames = make(SETTINGS, tmp_path / "pages", (OURS,), tmp_path / "work", aside)
    assert frames.pages == {"bad/": "bad"}
    with pytest.raises(OnRecordError, match="mkdocs stopped"):
        frames.frame(0)
    assert not (tmp_path / "work").exists()


def test_words_of_a_hand_written_page_are_in_no_frame_and_its_title_is(tmp_path: Path) -> None:
    page, looks, shown = tmp_path / "pages/policy.md", list[str](), []
    page.parent.mkdir()
    for text in ("# Policy\n\nWe answer.\n", "# Policy\n\nWe answer all.\n"):
        page.write_text(text, "utf-8")
        frames = make(SETTINGS, page.parent, (OURS,), tmp_path / "work")
        looks.append(frames.look)
        shown.append([frames.not_found, *(frames.frame(depth) for depth in range(3))])
    assert looks[0] == looks[1]
    assert shown[0] == shown[1]
    assert b"We answer all." in files(frames.static)["policy/index.html"]
    named = replace(SETTINGS, nav=(NavItem("Our policy", "policy/"),))
    assert make(named, page.parent, (OURS,), tmp_path / "work").look != looks[0]


@pytest.mark.parametrize("ending", ["md", "markdown", "mkd"])
def test_an_icon_is_found_in_whatever_the_builder_takes_for_a_page(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"one.{ending}").write_text("# One\n\n:material-check:\n", "utf-8")
    assert b"pymdownx.emoji" in project(SETTINGS, tmp_path, (OURS,))["base.yml"]
    (tmp_path / f"one.{ending}").write_text("# One\n\nAt 9:30.\n", "utf-8")
    assert b"pymdownx.emoji" not in project(SETTINGS, tmp_path, (OURS,))["base.yml"]


def test_the_program_of_another_builder_is_not_taken(tmp_path: Path) -> None:
    with Program(find("zensical")) as other:
        assert make(SETTINGS, None, (OURS,), tmp_path / "work", started=other).look
    assert programs() == []


def test_a_site_without_frames_gives_the_builder_a_head_start_and_ends_it_whatever_happens(tmp_path: Path) -> None:
    with pytest.raises(KeyError), head_start(tmp_path, "mkdocs", afresh=False):
        until(lambda: len(programs()) == 1)
        raise KeyError
    assert programs() == []


def test_where_there_are_frames_nothing_is_started_unless_they_are_not_to_be_used(tmp_path: Path) -> None:
    (tmp_path / "build/frames").mkdir(parents=True)
    with head_start(tmp_path, "mkdocs", afresh=False) as builder:
        assert builder is None
        assert programs() == []
    with head_start(tmp_path, "mkdocs", afresh=True):
        until(lambda: len(programs()) == 1)


def test_pictures_by_name_are_looked_up_only_where_a_page_has_one(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "policy.md").write_text("# Policy\n\nAt 9:30 we *answer*: http://a.example/:x `a::b`\n", "utf-8")
    without = make(SETTINGS, pages, (OURS,), tmp_path / "without")
    assert b"emoji" not in (tmp_path / "without/project/base.yml").read_bytes()
    (pages / "other.md").write_text("# Other\n\n:material-check:\n", "utf-8")
    looked_up = make(SETTINGS, pages, (OURS,), tmp_path / "with")
    assert b"<svg" in (looked_up.static / "other/index.html").read_bytes()
    same = "policy/index.html"
    assert (without.static / same).read_bytes() == (looked_up.static / same).read_bytes()


def test_what_a_site_says_itself_of_pictures_by_name_is_left_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "frame/mkdocs.yml"
    own.parent.mkdir()
    own.write_bytes((OURS / "frame/mkdocs.yml").read_bytes() + b"\n")
    assert project(SETTINGS, None, (OURS, tmp_path))["base.yml"] == own.read_bytes()
