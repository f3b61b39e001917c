"""The site on disk: whole at any moment, the same warm and cold, and never over what is not ours."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.one_thread import alone

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.file import File, Planned
from onrecord.hands import HANDS
from onrecord.site_folder import Published, files_below, finish, publish

OLD = {"build.json": "1", "index.html": "old", "log/a/index.html": "a", "log/b/index.html": "b", "same.css": "s"}
NEW = {"build.json": "2", "index.html": "new", "log/a/index.html": "a", "log/c/index.html": "c", "same.css": "s"}


def files(site: Mapping[str, str]) -> Iterator[File]:
    return (File(path, content.encode()) for path, content in site.items())


def on_disk(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


class Site:
    """A place for a site and its work folder."""

    def __init__(self, root: Path) -> None:
        self.out, self.work = root / "site", root / "build"

    def publish(self, site: Mapping[str, str]) -> Published:
        return publish(files(site), self.out, self.work)

    @property
    def found(self) -> dict[str, str]:
        return on_disk(self.out)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_the_site_consists_of_exactly_the_files_that_were_given(site: Site) -> None:
    assert site.publish(OLD) == Published(written=5, deleted=0, total=5)
    assert site.found == OLD
    assert site.publish(NEW) == Published(written=3, deleted=1, total=5)
    assert site.found == NEW
    assert not (site.out / "log/b").exists()


def test_unchanged_files_are_not_written_again(site: Site) -> None:
    site.publish(OLD)
    before = {path: path.stat().st_mtime_ns for path in site.out.rglob("*")}
    assert site.publish(OLD) == Published(written=0, deleted=0, total=5)
    assert {path: path.stat().st_mtime_ns for path in site.out.rglob("*")} == before


def test_a_warm_build_and_a_cold_one_give_the_same(site: Site, tmp_path: Path) -> None:
    site.publish(OLD)
    site.publish(NEW)
    cold = Site(tmp_path / "cold")
    cold.publish(NEW)
    assert site.found == cold.found == NEW


@pytest.mark.parametrize("lost", ["manifest.json", "stage", "."])
def test_what_is_lost_of_the_work_folder_costs_time_only(site: Site, lost: str) -> None:
    site.publish(OLD)
    path = site.work / lost
    shutil.rmtree(path, ignore_errors=True)
    path.unlink() if path.is_file() else None
    (site.out / "index.html").write_text("by hand")
    site.publish(OLD)
    assert site.found == OLD


@pytest.mark.parametrize("torn", [b"", b"{", b'{"out": 5}', b"\xff", b'{"out": "/", "files": [1]}'])
def test_a_torn_manifest_costs_time_only(site: Site, torn: bytes) -> None:
    site.publish(OLD)
    (site.work / "manifest.json").write_bytes(torn)
    site.publish(OLD)
    assert site.found == OLD


def test_what_nobody_remembers_to_have_written_is_not_deleted(site: Site) -> None:
    site.publish(OLD)
    (site.work / "manifest.json").unlink()
    with pytest.raises(OnRecordError) as caught:
        site.publish(NEW)
    assert str(caught.value) == (
        f"{site.out}/log/b/index.html: nobody remembers whether a build wrote this file\n"
        "    delete the folder of the site, then build again"
    )
    assert site.found == OLD


def test_files_that_were_lost_or_changed_by_hand_are_put_right(site: Site) -> None:
    site.publish(OLD)
    (site.out / "same.css").unlink()
    (site.out / "index.html").write_text("by hand")
    assert site.publish(OLD).changed == ("index.html", "same.css")
    assert site.found == OLD


def test_what_others_keep_in_the_folder_is_left_alone(site: Site) -> None:
    site.publish(OLD)
    for path in (".git/HEAD", "mine/notes.txt"):
        (site.out / path).parent.mkdir()
        (site.out / path).write_text("mine")
    site.publish(NEW)
    assert site.found == NEW | {".git/HEAD": "mine", "mine/notes.txt": "mine"}


def test_a_file_of_others_in_the_way_of_a_page_is_not_written_over(site: Site) -> None:
    site.publish(OLD)
    (site.out / "log/c").mkdir()
    (site.out / "log/c/index.html").write_text("mine")
    with pytest.raises(OnRecordError, match="in the way of a page"):
        site.publish(NEW)
    assert site.found == OLD | {"log/c/index.html": "mine"}


def test_nothing_is_written_through_a_link(site: Site, tmp_path: Path) -> None:
    site.publish(OLD)
    shutil.move(site.out / "log", tmp_path / "elsewhere")
    (site.out / "log").symlink_to(tmp_path / "elsewhere")
    site.publish(NEW)
    assert site.found == NEW
    assert on_disk(tmp_path / "elsewhere")["b/index.html"] == "b"


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(site: Site) -> None:
    site.publish(OLD)
    before = on_disk(site.work)
    told = publish(files(NEW), site.out, site.work, dry_run=True)
    assert (told, told.changed) == (Published(3, 1, 5), ("build.json", "index.html", "log/c/index.html"))
    assert (site.found, on_disk(site.work)) == (OLD, before)


def test_a_failure_before_the_last_file_is_rendered_leaves_the_old_site_alone(site: Site) -> None:
    def failing() -> Iterator[File]:
        yield from files(NEW)
        raise RuntimeError("a template is broken")

    site.publish(OLD)
    with pytest.raises(RuntimeError):
        publish(failing(), site.out, site.work)
    assert site.found == OLD
    site.publish(NEW)
    assert site.found == NEW


def test_a_failed_first_build_leaves_nothing_that_the_next_would_refuse(site: Site) -> None:
    with pytest.raises(ValueError, match="two outputs"):
        publish(iter([File("a", b"1"), File("a", b"2")]), site.out, site.work)
    site.publish(NEW)
    assert site.found == NEW


def digests(of: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {path: (sha256(content.encode()).hexdigest(), "") for path, content in of.items()}


def died_after(site: Site, before: Mapping[str, str], after: Mapping[str, str], steps: int) -> None:
    """Leave the folders as a build would that died after so many of its deletions and moves."""
    if before:
        site.publish(before)
    changed = [path for path in after if before.get(path) != after[path]]
    gone = sorted(set(before) - set(after))
    shutil.rmtree(site.work / "stage", ignore_errors=True)
    for path in changed:
        staged = site.work / "stage" / path
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_text(after[path])
    journal = {"out": str(site.out), "delete": gone, "move": changed, "files": digests(after)}
    site.work.mkdir(exist_ok=True)
    (site.work / "journal.json").write_text(json.dumps(journal))
    for path in gone[:steps]:
        (site.out / path).unlink()
        if not any((site.out / path).parent.iterdir()):
            (site.out / path).parent.rmdir()
    for path in changed[: max(0, steps - len(gone))]:
        (site.out / path).parent.mkdir(parents=True, exist_ok=True)
        (site.work / "stage" / path).replace(site.out / path)


@pytest.mark.parametrize("steps", range(5))
def test_a_build_that_died_while_moving_is_finished_by_the_next(site: Site, steps: int) -> None:
    died_after(site, OLD, NEW, steps)
    finish(site.work)
    assert site.found == NEW
    assert not (site.work / "journal.json").exists()
    assert site.publish(NEW).total == len(NEW)
    assert site.found == NEW


@pytest.mark.parametrize("steps", range(6))
def test_a_first_build_that_died_while_moving_is_finished_and_not_taken_for_foreign(site: Site, steps: int) -> None:
    last = {path: NEW[path] for path in sorted(NEW, reverse=True)}
    died_after(site, {}, last, steps)
    assert site.publish(OLD).total == len(OLD)
    assert site.found == OLD


def test_a_build_that_died_is_finished_where_it_was_and_nowhere_else(site: Site, tmp_path: Path) -> None:
    died_after(site, OLD, NEW, 2)
    other = tmp_path / "other"
    publish(files(OLD), other, site.work)
    assert on_disk(other) == OLD
    assert site.found == NEW


def test_a_dry_run_leaves_to_the_next_build_what_a_dead_one_left(site: Site) -> None:
    died_after(site, OLD, NEW, 1)
    left = on_disk(site.work)
    publish(files(OLD), site.out, site.work, dry_run=True)
    assert on_disk(site.work) == left
    finish(site.work)
    assert site.found == NEW


def test_a_build_that_died_before_its_journal_was_whole_changed_nothing(site: Site) -> None:
    site.publish(OLD)
    (site.work / ".journal.json.part").write_text('{"out": "')
    site.publish(OLD)
    assert site.found == OLD


FILE = {"build.json": "1", "a": "file"}
FOLDER = {"build.json": "1", "a/b": "in a folder", "a/c/d": "deeper"}


@pytest.mark.parametrize(("before", "after"), [(FILE, FOLDER), (FOLDER, FILE)])
def test_a_path_may_turn_from_a_file_to_a_folder_and_back(
    site: Site, before: dict[str, str], after: dict[str, str]
) -> None:
    for turn in (before, after, before):
        site.publish(turn)
        assert site.found == turn


@pytest.mark.parametrize(("before", "after"), [(FILE, FOLDER), (FOLDER, FILE)])
def test_a_build_that_died_while_a_path_turned_is_finished(
    site: Site, before: dict[str, str], after: dict[str, str]
) -> None:
    died_after(site, before, after, 0)
    journal = (site.work / "journal.json").read_bytes()
    finish(site.work)
    # Everything was done but for taking the journal away.
    (site.work / "journal.json").write_bytes(journal)
    finish(site.work)
    assert site.found == after


def test_a_foreign_folder_is_refused_and_left_alone(site: Site) -> None:
    site.out.mkdir()
    (site.out / "thesis.doc").write_text("years of work")
    with pytest.raises(OnRecordError) as caught:
        site.publish(NEW)
    assert str(caught.value) == (
        f"{site.out}: this folder holds files that On Record did not write\n"
        "    choose another folder with --out, or empty this one"
    )
    assert site.found == {"thesis.doc": "years of work"}


def test_an_empty_folder_is_taken(site: Site) -> None:
    site.out.mkdir()
    site.publish(NEW)
    assert site.found == NEW


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a\\b", "", ".", "a\0b", "./a", "a//b", "a/./b"])
def test_an_output_that_writes_outside_the_site_is_a_bug(site: Site, path: str) -> None:
    with pytest.raises(ValueError, match="an output wrote to a path that is none of the site"):
        site.publish({path: "x"})
    assert not site.out.exists()


def test_two_outputs_that_write_one_path_are_a_bug(site: Site) -> None:
    with pytest.raises(ValueError, match="two outputs wrote"):
        publish(iter([File("a/b.html", b"1"), File("a/b.html", b"2")]), site.out, site.work)


def test_many_planned_files_are_made_by_many_hands_and_none_that_stands_is_made_again(site: Site) -> None:
    pages = [f"log/e-{number}/index.html" for number in range(500)]

    def planned(make: Callable[[str], bytes]) -> Iterator[Planned | File]:
        yield File("build.json", b"{}")
        yield from (Planned(page, f"key of {page}", partial(make, page)) for page in pages)

    def by_hand(page: str) -> bytes:
        return f"{page} by {os.getpid()}".encode()

    def fail(page: str) -> bytes:
        raise AssertionError(f"{page} stands")

    alone()
    assert publish(planned(by_hand), site.out, site.work).written == 501
    told = [content.partition(" by ") for path, content in sorted(site.found.items()) if path != "build.json"]
    assert [path for path, _, _ in told] == sorted(pages)
    assert len({hand for _, _, hand in told}) == HANDS
    assert publish(planned(fail), site.out, site.work) == Published(written=0, deleted=0, total=501)


def test_what_must_not_be_published_is_told_whichever_hand_made_it(site: Site) -> None:
    site.publish(OLD)
    pages = [Planned(f"log/e-{number}/index.html", "", lambda: b"secret") for number in range(500)]

    def look(file: File, _: bytes) -> Iterator[Problem]:
        yield Problem(Place(file.path), "this holds a secret", "take it out")

    with pytest.raises(OnRecordError) as raised:
        publish(pages, site.out, site.work, look)
    assert len(raised.value.problems) == 500
    assert site.found == OLD
    assert not (site.work / "stage").exists()


def test_whoever_looks_is_shown_what_stood_there_if_they_let_it_pass(site: Site) -> None:
    def shown(looker: str, content: Mapping[str, str], *, afresh: bool = False) -> dict[str, bytes]:
        seen: dict[str, bytes] = {}

        def look(file: File, stood: bytes) -> Iterator[Problem]:
            seen[file.path] = stood
            return iter(())

        publish(files(content), site.out, site.work, look, looker=looker, afresh=afresh)
        return seen

    assert shown("one", OLD) == dict.fromkeys(OLD, b"")
    assert shown("one", OLD) == {}
    assert shown("one", NEW) == {"build.json": b"1", "index.html": b"old", "log/c/index.html": b""}
    (site.out / "index.html").write_text("touched")
    assert shown("one", OLD | {"same.css": "t"}) == {
        "build.json": b"2",
        "index.html": b"",
        "log/b/index.html": b"",
        "same.css": b"s",
    }
    # Another one has other eyes, and has let nothing pass.
    assert shown("two", OLD) == dict.fromkeys(OLD, b"")
    assert shown("two", OLD) == {}
    assert shown("two", OLD, afresh=True) == dict.fromkeys(OLD, b"")


def test_what_another_looker_finds_in_a_file_that_has_not_moved_is_not_published_again(site: Site) -> None:
    def look(file: File, _: bytes) -> Iterator[Problem]:
        if file.path == "same.css":
            yield Problem(Place(file.path), "this holds a secret", "take it out")

    publish(files(OLD), site.out, site.work, looker="one")
    with pytest.raises(OnRecordError, match=r"same\.css"):
        publish(files(OLD), site.out, site.work, look, looker="two")
    with pytest.raises(OnRecordError, match=r"same\.css"):
        publish(files(OLD), site.out, site.work, look, looker="two")


def test_the_manifest_of_a_version_that_named_no_looker_is_understood(site: Site) -> None:
    site.publish(OLD)
    manifest = json.loads((site.work / "manifest.json").read_text())
    del manifest["looker"]
    (site.work / "manifest.json").write_text(json.dumps(manifest))
    publish(files(NEW), site.out, site.work, looker="one")
    assert site.found == NEW


def test_a_build_that_died_remembers_who_looked(site: Site) -> None:
    seen = set[str]()

    def look(file: File, _: bytes) -> Iterator[Problem]:
        seen.add(file.path)
        return iter(())

    publish(files(OLD), site.out, site.work, look, looker="one")
    manifest = (site.work / "manifest.json").read_text()
    (site.work / "journal.json").write_text('{"delete": [], "move": [], ' + manifest[1:])
    (site.work / "manifest.json").unlink()
    seen.clear()
    publish(files(OLD), site.out, site.work, look, looker="one")
    assert seen == set()


def test_the_files_below_a_folder_come_in_one_order(tmp_path: Path) -> None:
    for path in ("b/c.txt", "a.txt", "b/.hidden"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
    assert [file.path for file in files_below(tmp_path)] == ["a.txt", "b/.hidden", "b/c.txt"]


_PATHS = st.sampled_from(["a", "b", "c"]).flatmap(
    lambda top: st.just(top) | st.sampled_from([f"{top}/x", f"{top}/y/z", f"{top}/index.html"])
)


def _is_a_tree(site: Mapping[str, str]) -> bool:
    return not any(other.startswith(f"{path}/") for path in site for other in site)


_SITES = (
    st.dictionaries(_PATHS, st.sampled_from("12")).filter(_is_a_tree).map(lambda site: {"build.json": "1"} | site)
)


@given(st.lists(_SITES, min_size=1, max_size=5))
@settings(max_examples=60)
def test_whatever_was_there_before_the_site_is_what_was_given(
    tmp_path_factory: pytest.TempPathFactory, turns: list[dict[str, str]]
) -> None:
    site = Site(tmp_path_factory.mktemp("site"))
    for turn in turns:
        site.publish(turn)
        assert site.found == turn
        assert all(any(path.iterdir()) for path in site.out.rglob("*") if path.is_dir())
