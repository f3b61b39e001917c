"""The pack: what was read before is read no more, and nothing else is ever taken from it."""

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable
from enum import Enum
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from tests.strategies import entries

from onrecord.log.looked import digest_of
from onrecord.log.pack import Pack, key_of
from onrecord.log.read import Log, read
from onrecord.log.slim import slim, taken_apart
from onrecord.model.entry import ENTRIES, Entry, write_entry

ZONE = ZoneInfo("UTC")
STATE = "content/record/pulled/app/state.json"


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def pulled(number: int, title: str) -> str:
    facts = f'"id":"app-{number}","kind":"issue","title":"{title}","status":"reported"'
    return f'{{{facts},"opened":"2026-11-01T09:00:00Z"}}'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path, STATE, "{}")
    put(tmp_path, "content/record/pulled/app/2026/app-1.json", pulled(1, "Cards are declined"))
    put(tmp_path, "content/record/pulled/app/2026/app-2.json", pulled(2, "Slow"))
    put(tmp_path, "content/entries/app-2.md", "---\ntitle: Slow on old phones\n---\n")
    put(
        tmp_path,
        "content/entries/news.md",
        "---\nkind: announcement\ntitle: We move\nopened: 2026-11-02\n---\nSoon.\n",
    )
    return tmp_path


class Watched(Pack):
    """Notes which entries were understood anew."""

    def __init__(self, folder: Path, told: str) -> None:
        super().__init__(folder, told)
        self.news: set[str] = set()

    def entry(self, folder: str, key: bytes, understand: Callable[[], Entry]) -> Entry:
        def noted() -> Entry:
            entry = understand()
            self.news.add(entry.id)
            return entry

        return super().entry(folder, key, noted)


def reading(site: Path, zone: ZoneInfo = ZONE) -> tuple[Log, set[str]]:
    """Read a site as a run does, and return which entries were not in the pack."""
    pack = Watched(site / "build/log", zone.key)
    log = read(site, zone, pack)
    pack.write()
    return log, pack.news


def test_a_second_run_understands_nothing_anew(site: Path) -> None:
    first, news = reading(site)
    assert news == {"app-1", "app-2", "news"}
    second, news = reading(site)
    assert news == set()
    assert second == first == read(site, ZONE)


def test_only_what_changed_is_understood_anew(site: Path) -> None:
    reading(site)
    put(site, "content/record/pulled/app/2026/app-1.json", pulled(1, "Cards of one bank are declined"))
    log, news = reading(site)
    assert news == {"app-1"}
    assert log.pulled["app"]["app-1"].title == "Cards of one bank are declined"


def test_an_overlay_is_laid_anew_when_what_lies_below_it_changed(site: Path) -> None:
    reading(site)
    told = pulled(2, "Slow").replace('"reported"', '"resolved","closed":"2026-11-03T09:00:00Z"')
    put(site, "content/record/pulled/app/2026/app-2.json", told)
    log, news = reading(site)
    assert news == {"app-2"}
    assert (log.overlaid["app-2"].title, log.overlaid["app-2"].status) == ("Slow on old phones", "resolved")


def test_another_time_zone_is_another_record(site: Path) -> None:
    reading(site)
    log, news = reading(site, ZoneInfo("Europe/Berlin"))
    assert "news" in news
    assert f"{log.authored['news'].opened:%d %H}" == "01 23"


def test_a_problem_is_told_by_every_run(site: Path) -> None:
    put(site, "content/record/pulled/app/2026/app-3.json", "{")
    first, _ = reading(site)
    second, _ = reading(site)
    assert first.problems == second.problems
    assert [problem.place.path for problem in second.problems] == ["content/record/pulled/app/2026/app-3.json"]


def test_what_is_gone_from_the_record_is_gone_from_the_pack(site: Path) -> None:
    reading(site)
    (site / "content/record/pulled/app/2026/app-1.json").unlink()
    (site / "content/entries/news.md").unlink()
    (site / "content/entries/app-2.md").unlink()
    reading(site)
    kept = b"".join(path.read_bytes() for path in (site / "build/log").iterdir())
    assert b"Slow" in kept
    assert b"declined" not in kept
    assert b"We move" not in kept


def test_what_was_looked_at_and_is_kept_is_not_even_opened(site: Path) -> None:
    path = "content/record/pulled/app/2026/app-1.json"
    first, _ = reading(site)
    looked = {path: digest_of((site / path).read_bytes())}
    put(site, path, "{")
    assert read(site, ZONE, Pack(site / "build/log", ZONE.key), looked) == first


def test_what_was_written_since_it_was_looked_at_is_kept_as_what_it_is(site: Path) -> None:
    path = "content/record/pulled/app/2026/app-1.json"
    looked = {path: digest_of((site / path).read_bytes())}
    put(site, path, pulled(1, "Other words"))
    pack = Pack(site / "build/log", ZONE.key)
    read(site, ZONE, pack, looked)
    pack.write()
    put(site, path, pulled(1, "Cards are declined"))
    log, news = reading(site)
    assert news == {"app-1"}
    assert log.pulled["app"]["app-1"].title == "Cards are declined"


def test_what_a_pull_changed_is_gone_from_the_pack_before_anybody_reads_it_anew(site: Path) -> None:
    reading(site)
    pack = Watched(site / "build/log", ZONE.key)
    read(site, ZONE, pack)
    put(site, "content/record/pulled/app/2026/app-1.json", pulled(1, "Cards of one bank are declined"))
    pack.forget({"app-1"})
    kept = b"".join(path.read_bytes() for path in (site / "build/log").iterdir())
    assert (b"declined" in kept, b"Slow" in kept) == (False, True)
    assert reading(site)[1] == {"app-1"}


def test_a_pack_that_forgot_something_may_be_written_again(tmp_path: Path) -> None:
    def asked(pack: Pack) -> list[str]:
        """Ask for 3,000 entries, two large bundles and a rest; return those that were not kept."""
        news: list[str] = []
        for number in range(3_000):

            def understood(number: int = number) -> Entry:
                news.append(f"app-{number}")
                return ENTRIES.validate_json(pulled(number, "Slow"))

            pack.entry("2026", key_of(str(number).encode()), understood)
        return news

    first = Pack(tmp_path, "")
    assert len(asked(first)) == 3_000
    first.write()
    second = Pack(tmp_path, "")
    asked(second)
    second.forget({"app-5"})
    second.write()
    assert asked(Pack(tmp_path, "")) == ["app-5"]


def test_a_pack_of_another_edition_is_forgotten_whole(site: Path) -> None:
    reading(site)
    pack = Watched(site / "build/log", "Europe/Berlin")
    read(site, ZONE, pack)
    pack.forget({"app-1"})
    assert list((site / "build/log").iterdir()) == []


@pytest.mark.parametrize(
    "torn",
    [b"", b"\x80", b"no pickle", pickle.dumps(("another edition", {})), pickle.dumps(5), pickle.dumps(("", ["x"]))],
)
def test_a_pack_that_is_none_is_as_good_as_no_pack(site: Path, torn: bytes) -> None:
    first, _ = reading(site)
    for path in (site / "build/log").iterdir():
        path.write_bytes(torn)
    second, news = reading(site)
    assert second == first
    assert news == {"app-1", "app-2", "news"}


class Evil:
    def __reduce__(self) -> object:
        return Path.touch, (Path("ran"),)


@pytest.mark.parametrize("thing", [Evil(), eval, print, Pack, key_of])
def test_a_pickle_of_somebody_elses_runs_nothing(site: Path, thing: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    first, _ = reading(site)
    (path,) = [path for path in (site / "build/log").iterdir() if b"declined" in path.read_bytes()]
    path.write_bytes(pickle.dumps((thing, {})))
    assert reading(site)[0] == first
    assert not (site / "ran").exists()


def test_not_even_a_function_that_a_module_of_the_model_imports_is_called(site: Path) -> None:
    first, _ = reading(site)
    (path,) = [path for path in (site / "build/log").iterdir() if b"declined" in path.read_bytes()]
    path.write_bytes(b"conrecord.model.entry\nget_args\n(ctR.")
    assert reading(site)[0] == first


@given(entries())
def test_a_kept_entry_is_the_entry_and_is_written_as_it_was(entry: Entry) -> None:
    written = write_entry(entry)
    make, told = taken_apart(slim(entry))
    kept = make(*told)
    assert kept == entry
    assert slim(kept) is kept
    assert write_entry(kept) == written
    assert write_entry(kept.model_copy(update={"pinned": True})) == write_entry(
        entry.model_copy(update={"pinned": True})
    )


SIZES = """
import tracemalloc
from onrecord.log.slim import slim
from onrecord.model.entry import ENTRIES

plain = {"id": "one", "kind": "announcement", "title": "One", "status": "published", "opened": "2026-11-21"}
said = [{"at": "2026-11-21 09:00"} for _ in range(100)]
for keep in (lambda entry: entry, slim):
    keep(ENTRIES.validate_python({**plain, "updates": said}))
    tracemalloc.start()
    kept = [keep(ENTRIES.validate_python({**plain, "updates": said})) for _ in range(10)]
    print(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
"""


def test_a_slim_entry_takes_three_quarters_of_the_memory_at_most() -> None:
    program = [
        sys.executable,
        "-c",
        SIZES,
    ]  # a process of its own: what other objects were like before decides it too
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    whole, slim = map(int, done.stdout.split())
    assert slim < whole * 3 / 4


def test_a_pack_of_a_python_that_names_words_in_another_way_is_read(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As Python 3.11.2 has it, which Debian 12 brings.
    monkeypatch.setattr(Enum, "__reduce_ex__", lambda word, protocol: (getattr, (type(word), word.name)))
    first, _ = reading(site)
    second, news = reading(site)
    assert (second, news) == (first, set())


def test_keys_of_other_parts_are_other_keys() -> None:
    assert len({key_of(b"ab", b"c"), key_of(b"a", b"bc"), key_of(b"abc"), key_of(b"abc", b"")}) == 4


def announced(number: int) -> Entry:
    facts = {"id": f"news-{number}", "kind": "announcement", "status": "published", "opened": "2026-11-21"}
    return ENTRIES.validate_python({**facts, "title": f"Announcement {number} of many"})


def asked_for(folder: Path, numbers: Iterable[int]) -> set[int]:
    """Ask a pack for some announcements, let it write, and return which of them it did not have."""
    pack, news = Pack(folder), set[int]()

    def understood(number: int) -> Entry:
        news.add(number)
        return announced(number)

    for number in numbers:
        assert pack.entry("2026", key_of(b"%d" % number), partial(understood, number)) == announced(number)
    pack.write()
    return news


def test_what_did_not_move_in_a_long_record_is_not_packed_again(tmp_path: Path) -> None:
    assert asked_for(tmp_path, range(2_500)) == {*range(2_500)}
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()
    assert asked_for(tmp_path, range(2_501)) == {2_500}
    after = path.read_bytes()
    assert before[before.index(b"Announcement 1 of") : before.index(b"Announcement 1999 of")] in after
    assert asked_for(tmp_path, range(2_501)) == set()


def test_what_is_gone_from_a_long_record_is_gone_from_its_pack(tmp_path: Path) -> None:
    asked_for(tmp_path, range(2_500))
    left = {*range(2_501)} - {1_234}
    assert asked_for(tmp_path, left) == {2_500}
    (path,) = tmp_path.iterdir()
    assert b"Announcement 1235 of many" in path.read_bytes()
    assert b"Announcement 1234 of many" not in path.read_bytes()
    assert asked_for(tmp_path, left) == set()


def test_a_pack_that_is_deleted_while_a_build_runs_is_written_anew(tmp_path: Path) -> None:
    asked_for(tmp_path, range(600))
    pack = Pack(tmp_path)
    for number in range(601):
        pack.entry("2026", key_of(b"%d" % number), partial(announced, number))
    for path in tmp_path.iterdir():
        path.unlink()
    pack.write()
    assert asked_for(tmp_path, range(601)) == set()


def test_without_a_folder_it_remembers_within_a_run(site: Path) -> None:
    pack = Pack(None)
    entry = pack.entry("x", b"1", lambda: read(site, ZONE).authored["news"])
    assert pack.entry("y", b"1", lambda: entry) is entry
    pack.write()
    assert not (site / "build").exists()
