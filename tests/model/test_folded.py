"""Folded updates: whatever is asked of them, they are the tuple that they stand for."""

import copy
from dataclasses import dataclass

import pytest
from hypothesis import given
from tests.strategies import entries

from onrecord.model.entry import ENTRIES, Entry, write_entry
from onrecord.model.folded import Folded, latest_of, newest_of, whole
from onrecord.model.parts import Update

UPDATES = tuple(
    Update.model_validate({"at": f"2026-11-2{day} 09:00", "body": f"Day {day}", **more})
    for day, more in (
        (1, {"next_update_at": "2026-11-25 12:00"}),
        (2, {"official": False}),
        (3, {"by": "ana"}),
    )
)


@dataclass
class Elsewhere:
    """A place with one thing in it."""

    lies: tuple[Update, ...]

    def unfold(self, begin: int, size: int) -> tuple[Update, ...]:
        assert (begin, size) == (5, 7)
        return self.lies

    def packed(self, begin: int, size: int) -> bytes:
        return b"%d %d" % (begin, size)


def folded(updates: tuple[Update, ...]) -> Folded:
    return Folded(Elsewhere(updates), 5, 7, newest_of(updates), latest_of(updates))


def with_folded(entry: Entry) -> Entry:
    updates = whole(entry.updates)
    return entry.model_copy(update={"updates": folded(updates)}) if updates else entry


@given(entries())
def test_an_entry_with_folded_updates_is_that_entry_wherever_it_goes(entry: Entry) -> None:
    small = with_folded(entry)
    assert small == entry
    assert entry == small
    assert write_entry(small) == write_entry(entry)
    for told in ({}, {"by_alias": True, "exclude_defaults": True}, {"mode": "json"}):
        assert small.model_dump(**told) == entry.model_dump(**told)  # type: ignore[arg-type]
    assert ENTRIES.validate_python(small.model_dump(by_alias=True)) == entry
    assert small.changed == entry.changed
    another = copy.deepcopy(small)  # as it would be told to another process
    assert another == entry
    assert type(another.updates) is tuple


def test_folded_updates_are_read_as_a_tuple_is() -> None:
    some = folded(UPDATES)
    assert (*some,) == UPDATES
    assert [*reversed(some)] == [*reversed(UPDATES)]
    assert (len(some), some[-1], some[1:], UPDATES[1] in some) == (3, UPDATES[2], UPDATES[1:], True)
    assert repr(some) == repr(UPDATES)
    assert whole(some) is UPDATES
    assert some.packed == b"5 7"


def test_other_updates_are_others() -> None:
    some = folded(UPDATES)
    assert some == UPDATES == some
    assert some == folded(UPDATES)
    for other in (UPDATES[:2], (), [*UPDATES], folded(UPDATES[1:]), None):
        assert some != other


def test_that_there_are_some_and_when_is_known_without_looking() -> None:
    some = Folded(Elsewhere(()), 0, 0, newest_of(UPDATES), latest_of(UPDATES))
    assert some
    assert newest_of(some) == UPDATES[2].at
    assert latest_of(some) == UPDATES[0].next_update_at
    with pytest.raises(AssertionError):
        len(some)
