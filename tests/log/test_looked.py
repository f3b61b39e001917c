"""A second look: it opens next to nothing, and sees whatever moved."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.log.looked import Looked, digest_of, digests_below, look, stands

LATER = datetime.now(UTC) + timedelta(days=1)
"""A look that began long after all was written has nothing to ask a second time but the disk."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in ("a.md", "2026/b.md", "2026/c.md"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(f"words of {path}")
    return tmp_path


def looked(folder: Path, began: datetime = LATER) -> Looked:
    found = look(str(folder), began)
    assert found
    return found


def put_back(folder: Path) -> None:
    """Write other bytes of the same length, and set back the time at which that was."""
    before = (folder / "a.md").stat()
    (folder / "a.md").write_text("others in a.md")
    os.utime(folder / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))


def test_files_of_any_year_are_looked_at(folder: Path) -> None:
    for moment in (10**19, -(10**18)):
        os.utime(folder / "a.md", ns=(moment, moment))
        assert stands(str(folder), looked(folder))


MOVED: dict[str, Callable[[Path], object]] = {
    "a file that was written again": lambda folder: (folder / "a.md").write_text("other words"),
    "a file whose times were set back": put_back,
    "a new file": lambda folder: (folder / "2026/d.md").write_text("words"),
    "a file that is gone": lambda folder: (folder / "2026/b.md").unlink(),
    "a file that moved": lambda folder: (folder / "2026/b.md").rename(folder / "b.md"),
    "two that changed places": lambda folder: [
        (folder / "a.md").rename(folder / "x"),
        (folder / "2026/b.md").rename(folder / "a.md"),
        (folder / "x").rename(folder / "2026/b.md"),
    ],
    "a link": lambda folder: (folder / "link").symlink_to("a.md"),
    "the folder": lambda folder: folder.rename(folder.with_name("elsewhere")),
}


def test_it_has_a_digest_of_each_file_by_its_path(folder: Path) -> None:
    found = looked(folder)
    digests = digests_below(str(folder), found)
    assert digests["2026/b.md"] == digest_of(b"words of 2026/b.md")
    assert len(digests) == 3
    assert stands(str(folder), found)


def test_no_digest_is_taken_for_that_of_another_file(folder: Path) -> None:
    found = looked(folder)
    (folder / "2026/a.md").write_text("words")
    assert digests_below(str(folder), found) == {}


@pytest.mark.parametrize("what", MOVED)
def test_a_second_look_sees(what: str, folder: Path) -> None:
    found = looked(folder)
    MOVED[what](folder)
    assert not stands(str(folder), found)


def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    found = looked(tmp_path / "none")
    assert not found.digests
    assert stands(str(tmp_path / "none"), found)
    (tmp_path / "none").mkdir()
    assert stands(str(tmp_path / "none"), found)


@pytest.mark.parametrize("target", ["a.md", "nowhere", "link"])
def test_nothing_is_told_where_a_link_is(folder: Path, target: str) -> None:
    (folder / "2026/link").symlink_to(target)
    assert look(str(folder), LATER) is None


def test_what_was_written_just_before_is_asked_for_its_bytes(folder: Path) -> None:
    # A disk may give two writes one time; this one does not, so the second is made to look like the first.
    first = looked(folder, began=datetime.now(UTC))
    (folder / "a.md").write_text("others in a.md")
    assert not stands(str(folder), replace(first, stamps=looked(folder).stamps))


def test_what_git_keeps_is_not_looked_at(folder: Path) -> None:
    found = looked(folder)
    (folder / ".git").mkdir()
    (folder / ".git/HEAD").write_text("fetched")
    assert stands(str(folder), found)
