"""What a pull keeps is the same, whether one process looks through it or two, and whenever it is written."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.one_thread import alone
from tests.own_site import read_all

from onrecord.contracts import Known, Understood
from onrecord.hands import WORTH_A_HAND
from onrecord.log.keep import Keeper
from onrecord.log.pulled import SourceState, entry_file, state_file
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.erased import Erased
from onrecord.redact import Rules

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TITLES = ("It is late", "It was late", "Ask jo@mailbox.org")
NUMBERS = st.integers(0, 11)
MAILS = " ".join(f"joe{number}@mailbox.org" for number in range(3))


def entries(title: str, count: int = 4 * WORTH_A_HAND) -> list[Entry]:
    """Return entries of which some have personal data, and some too much of it."""
    bodies = ["We mended it.", "Ask jo@mailbox.org.", MAILS]
    facts = {"kind": "announcement", "title": title, "status": "published", "opened": "2026-11-01"}
    return [
        ENTRIES.validate_python({**facts, "id": f"app-{n}", "body": bodies[n * n % 11 % 3]}) for n in range(count)
    ]


def kept(root: Path) -> tuple[dict[str, bytes], Keeper]:
    """Keep entries, and then most of them in other words; return what is on disk, and who kept them."""
    keeper = Keeper(root, Known("app", NOW), SourceState(), Rules(hold_over=2), Erased())
    for news in (entries("It is late"), entries("It was late")[::-1][5:]):
        keeper.keep(Understood(tuple(news), {"read": news[0].title}))
        keeper.save(NOW)
    return read_all(root), keeper


@pytest.fixture
def one(tmp_path: Path) -> tuple[dict[str, bytes], Keeper]:
    """What one process keeps: beside another thread none is forked."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        return kept(tmp_path / "one")
    finally:
        done.set()
        thread.join()


def test_two_processes_keep_what_one_does_to_the_byte(one: tuple[dict[str, bytes], Keeper], tmp_path: Path) -> None:
    alone()
    (files, keeper), (theirs, other) = one, kept(tmp_path / "two")
    assert theirs == files
    assert (other.changed, other.redacted, other.state) == (keeper.changed, keeper.redacted, keeper.state)
    assert list(other.known.entries.items()) == list(keeper.known.entries.items())


def test_what_either_finds_is_counted_and_what_either_holds_is_nowhere(tmp_path: Path) -> None:
    alone()
    files, keeper = kept(tmp_path)
    assert keeper.redacted["e-mail"] > 0
    assert len(keeper.state.held) > WORTH_A_HAND // 2
    assert len(files) == 4 * WORTH_A_HAND - len(keeper.state.held) + 1
    assert [path for path, text in files.items() if b"mailbox.org" in text] == []


def test_what_is_whole_is_written_at_once_and_how_far_it_was_read_only_when_it_is_saved(tmp_path: Path) -> None:
    fine, found, _, _, held = entries("It is late", 5)
    keeper = Keeper(tmp_path, Known("app", NOW), SourceState(), Rules(hold_over=2), Erased())
    keeper.keep(Understood((fine, found, held), {"read": "1"}, whole=frozenset({fine.id, held.id, "app-77"})))
    assert [*read_all(tmp_path)] == [entry_file("app", fine)]
    keeper.save(NOW)
    assert {*read_all(tmp_path)} == {entry_file("app", fine), entry_file("app", found), state_file("app")}
    assert keeper.state.held.keys() == {held.id}


def test_an_entry_that_is_held_stays_until_the_state_says_why(tmp_path: Path) -> None:
    before = Keeper(tmp_path, Known("app", NOW), SourceState(), Rules(hold_over=2), Erased())
    fine, held = entries("It is late", 5)[0], entries("It is late", 5)[4]
    before.keep(Understood((held.model_copy(update={"body": "Fine."}), fine)))
    before.save(NOW)
    keeper = Keeper(tmp_path, before.known, before.state, Rules(hold_over=2), Erased())
    keeper.keep(Understood((held,), whole=frozenset({held.id})))
    assert entry_file("app", held) in read_all(tmp_path), "a pull that is killed now has lost nothing without a word"
    keeper.save(NOW)
    assert entry_file("app", held) not in read_all(tmp_path)
    assert keeper.state.held.keys() == {held.id}


BATCH = st.tuples(st.sampled_from(TITLES), st.sets(NUMBERS), st.sets(NUMBERS), st.booleans())


@given(st.lists(BATCH, max_size=6))
def test_whatever_is_taken_for_whole_the_same_is_on_disk_in_the_end(
    batches: list[tuple[str, set[int], set[int], bool]],
) -> None:
    left = []
    for guesses in (True, False):
        with TemporaryDirectory() as folder:
            keeper = Keeper(Path(folder), Known("app", NOW), SourceState(), Rules(hold_over=2), Erased())
            for mark, (title, chosen, whole, saved) in enumerate(batches):
                news = tuple(entry for number, entry in enumerate(entries(title, 12)) if number in chosen)
                ids = frozenset(f"app-{number}" for number in whole if guesses)
                keeper.keep(Understood(news, {"read": str(mark)}, whole=ids))
                if saved and guesses:
                    keeper.save(NOW)
            keeper.save(NOW)
            left.append((read_all(Path(folder)), keeper.state, {**keeper.known.entries}))
    assert left[0] == left[1]
