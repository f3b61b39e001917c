"""What a pull keeps is the same, whether one process looks through it or two."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.one_thread import alone
from tests.own_site import read_all

from onrecord.contracts import Known, Understood
from onrecord.hands import WORTH_A_HAND
from onrecord.log.keep import Keeper
from onrecord.log.pulled import SourceState
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.erased import Erased
from onrecord.redact import Rules

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MAILS = " ".join(f"joe{number}@mailbox.org" for number in range(3))


def entries(title: str) -> list[Entry]:
    """Return entries of which some have personal data, and some too much of it."""
    bodies = ["We mended it.", "Ask jo@mailbox.org.", MAILS]
    facts = {"kind": "announcement", "title": title, "status": "published", "opened": "2026-11-01"}
    count = 4 * WORTH_A_HAND
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
