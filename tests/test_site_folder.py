"""The built site on disk: whole before, whole after, and whole again when a build died in between."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.own_site import read_all

from onrecord.errors import OnRecordError
from onrecord.file import File
from onrecord.site_folder import Published, publish

FACTS = File("build.json", b"{}")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "build"


def died(work: Path, out: Path, *, move: dict[str, bytes], delete: tuple[str, ...] = ()) -> None:
    """Leave what a build leaves that dies right after it has written its journal."""
    for path, content in move.items():
        (work / "stage" / path).parent.mkdir(parents=True, exist_ok=True)
        (work / "stage" / path).write_bytes(content)
    todo = {"out": str(out), "move": list(move), "delete": list(delete)}
    (work / "journal.json").write_text(json.dumps(todo))


def test_a_site_consists_of_exactly_the_files_of_the_last_build(out: Path, work: Path) -> None:
    publish([FACTS, File("a/index.html", b"a"), File("b", b"b")], out, work)
    done = publish([FACTS, File("b", b"bb"), File("c/d/index.html", b"d")], out, work)
    assert done == Published(written=2, deleted=1, total=3)
    assert read_all(out) == {"build.json": b"{}", "b": b"bb", "c/d/index.html": b"d"}
    assert not (out / "a").exists()


def test_files_that_fail_on_the_way_change_nothing(out: Path, work: Path) -> None:
    def half() -> Iterator[File]:
        yield File("a", b"new")
        raise RuntimeError("the output broke")

    publish([FACTS, File("a", b"old")], out, work)
    with pytest.raises(RuntimeError):
        publish(half(), out, work)
    assert read_all(out) == {"build.json": b"{}", "a": b"old"}


def test_a_first_build_that_died_while_publishing_is_finished_by_the_next(out: Path, work: Path) -> None:
    died(work, out, move={"b": b"b", "build.json": b"{}"})
    out.mkdir()
    (out / "a").write_bytes(b"a")  # moved before it died: the folder has no build.json that would say whose it is
    publish([FACTS, File("a", b"a"), File("b", b"b")], out, work)
    assert read_all(out) == {"build.json": b"{}", "a": b"a", "b": b"b"}


def test_a_build_that_died_is_finished_where_it_wrote_although_the_next_writes_elsewhere(
    out: Path, work: Path, tmp_path: Path
) -> None:
    publish([FACTS, File("a", b"old")], out, work)
    died(work, out, move={"a": b"new"})
    publish([FACTS, File("a", b"other")], tmp_path / "other", work)
    assert (out / "a").read_bytes() == b"new"
    assert (tmp_path / "other/a").read_bytes() == b"other"


@pytest.mark.parametrize(("before", "after"), [("about", "about/index.html"), ("about/index.html", "about")])
def test_a_page_may_take_the_place_of_a_file_and_a_file_that_of_a_page(
    before: str, after: str, out: Path, work: Path
) -> None:
    publish([FACTS, File(before, b"1")], out, work)
    publish([FACTS, File(after, b"2")], out, work)
    assert read_all(out) == {"build.json": b"{}", after: b"2"}


def test_what_was_changed_by_hand_is_put_right_after_a_lost_manifest(out: Path, work: Path) -> None:
    publish([FACTS, File("a", b"a")], out, work)
    (out / "a").write_bytes(b"by hand")
    (work / "manifest.json").unlink()
    publish([FACTS, File("a", b"a")], out, work)
    assert (out / "a").read_bytes() == b"a"


@pytest.mark.parametrize("path", ["../a", "/etc/passwd", "a/../../b", "", "a\\b", "a\0"])
def test_no_output_writes_outside_the_site(path: str, out: Path, work: Path) -> None:
    with pytest.raises(ValueError, match="outside the site"):
        publish([File(path, b"")], out, work)
    assert not out.exists()


def test_two_outputs_may_not_write_one_file(out: Path, work: Path) -> None:
    with pytest.raises(ValueError, match="two outputs wrote 'a'"):
        publish([File("a", b"1"), File("a", b"2")], out, work)


def test_a_folder_that_no_build_made_is_left_alone(out: Path, work: Path) -> None:
    out.mkdir()
    (out / "mine").write_text("years of work")
    with pytest.raises(OnRecordError, match="did not write"):
        publish([FACTS], out, work)
    assert read_all(out) == {"mine": b"years of work"}


PATHS = st.sampled_from(["a", "a/b", "a/b/c", "d/index.html", "d", "e.json"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(PATHS, st.binary(max_size=2), max_size=4), min_size=1, max_size=5))
def test_after_any_series_of_builds_the_site_is_the_last_one(
    tmp_path_factory: pytest.TempPathFactory, series: list[dict[str, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("series")
    for files in series:
        # A path cannot be a file and a folder of one site.
        fit = {path: content for path, content in files.items() if not any(f"{path}/" in each for each in files)}
        publish([FACTS, *(File(*item) for item in fit.items())], folder / "site", folder / "build")
        assert read_all(folder / "site") == {"build.json": b"{}", **fit}
