"""Where folded updates lie: they come back as they were, to any process, as long as anybody may ask."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.strategies import entries

from onrecord.hands import share
from onrecord.log.folds import Folds
from onrecord.log.keep import redacted
from onrecord.log.pack import Pack, key_of
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.folded import Folded
from onrecord.redact import Rules

ROOT = Path(__file__).parents[2]


def talked_about(number: int, *words: str) -> Entry:
    said = [{"at": f"2026-11-{day:02} 09:00", "body": body} for day, body in enumerate(words, 2)]
    facts = {"id": f"app-{number}", "kind": "issue", "title": "Slow", "status": "reported", "opened": "2026-11-01"}
    return ENTRIES.validate_python({**facts, "updates": said})


def asked(pack: Pack, *known: Entry) -> list[Entry]:
    """Ask a pack for entries, which it understands if it does not have them."""
    return [pack.entry("2026", key_of(entry.id.encode()), lambda entry=entry: entry) for entry in known]  # type: ignore[misc]


def open_files() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


@settings(max_examples=30)
@given(entries().filter(lambda entry: entry.updates))
def test_any_updates_come_back_as_they_were(entry: Entry) -> None:
    folds = Folds()
    first, second = folds.add(entry.updates), folds.add(entry.updates[-1:])
    assert (first, second) == (entry.updates, entry.updates[-1:])


def test_another_process_reads_them_too() -> None:
    folds = Folds()
    some = [folds.add(talked_about(number, f"Word {number}").updates) for number in range(200)]
    told = share(lambda part: [each[0].body for each in part], some, hands=2)
    assert sorted(word for part in told for word in part) == sorted(f"Word {number}" for number in range(200))


def test_the_file_is_closed_as_soon_as_nobody_can_ask_any_more() -> None:
    before = open_files()
    some = Folds().add(talked_about(1, "Word").updates)
    assert (some[0].body, open_files()) == ("Word", before + 1)
    del some
    assert open_files() == before


def test_a_record_of_many_folders_keeps_one_file_open(tmp_path: Path) -> None:
    entry, before = talked_about(1, "Word"), open_files()
    for _ in range(2):
        pack = Pack(tmp_path)
        kept = [pack.entry(f"{year}", key_of(b"1"), lambda: entry) for year in range(2000, 2030)]
        pack.write()
        assert open_files() == before + 1
        assert all(each.updates[0].body == "Word" for each in kept)
        del pack, kept
        assert open_files() == before


FULL = """
import resource, signal, sys
from pathlib import Path
from tests.log.test_folds import asked, talked_about
from onrecord.log.pack import Pack

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
known = [talked_about(number, "Word. " * 20) for number in range(4)]
found = asked(Pack(Path(sys.argv[1])), *known)
print(found == known, [type(entry.updates).__name__ for entry in found])
"""


def test_where_there_is_no_room_for_them_they_stay_in_memory(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, tmp_path], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "True ['Folded', 'tuple', 'tuple', 'tuple']"
    whole = [talked_about(number, "Word. " * 20) for number in range(4)]
    first = Pack(tmp_path)
    asked(first, *whole)
    first.write()
    full = FULL.replace("300, 300", "50, 50")
    done = subprocess.run(
        [sys.executable, "-c", full, tmp_path], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "True ['tuple', 'tuple', 'tuple', 'tuple']"


def test_a_pack_gives_entries_whose_words_are_on_disk(tmp_path: Path) -> None:
    known = [talked_about(number, f"Word {number}", "More") for number in range(3)] + [talked_about(3)]
    first = Pack(tmp_path)
    news = asked(first, *known)
    first.write()
    kept = asked(Pack(tmp_path), *known)
    for found in (news, kept):
        assert found == known
        assert [isinstance(entry.updates, Folded) for entry in found] == [True, True, True, False]


def test_what_was_read_from_a_pack_is_there_when_it_has_been_written_anew(tmp_path: Path) -> None:
    known = [talked_about(number, f"Word {number}") for number in range(3)]
    first = Pack(tmp_path)
    asked(first, *known)
    first.write()
    second = Pack(tmp_path)
    kept = asked(second, *known[1:], talked_about(7, "New"))
    second.write()
    assert [entry.updates[0].body for entry in kept] == ["Word 1", "Word 2", "New"]
    assert asked(Pack(tmp_path), *known[1:]) == known[1:]


def test_a_pack_in_which_words_are_torn_is_as_good_as_no_pack(tmp_path: Path) -> None:
    first = Pack(tmp_path)
    asked(first, talked_about(1, "Word one"))
    first.write()
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes().replace(b"Word one", b"Word two"))
    (anew,) = asked(Pack(tmp_path), talked_about(1, "Read anew"))
    assert anew.updates[0].body == "Read anew"


def test_personal_data_is_found_in_words_that_are_folded(tmp_path: Path) -> None:
    (entry,) = asked(Pack(tmp_path), talked_about(1, "Write to ana.lopez@mail.example.com"))
    safe, counts = redacted(entry, Rules())
    assert "ana.lopez" not in safe.updates[0].body
    assert counts.total() == 1


def test_without_a_folder_nothing_is_folded() -> None:
    (entry,) = asked(Pack(None), talked_about(1, "Word"))
    assert type(entry.updates) is tuple


def test_words_that_name_any_other_code_are_refused() -> None:
    folds, packed = Folds(), pickle.dumps(print)
    with pytest.raises(pickle.UnpicklingError, match="print"):
        folds.unfold(folds.put(packed), len(packed))
