"""The law by which a file, or a piece of one, need not be made again: while its key is the same, so is its content.

It is tried on the demo: its entries refer to each other, promise, wait for releases and are planned for a time.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.bare_press import bare_press

from onrecord import plugins
from onrecord.cards import Cards
from onrecord.file import Planned
from onrecord.model.entry import ENTRIES, STATUSES, Entry
from onrecord.model.kinds import Impact
from onrecord.record.record import Record, readable
from onrecord.record.run import SourceReport
from onrecord.shelf import Shelf
from onrecord.stages.gather import open_folder, record_of

ROOT = Path(__file__).parents[1]
MOMENT = "2026-11-21T08:{:02}:00Z"


@cache
def start() -> Record:
    """Return the demo, with a release and what waits for it, and so many others that not each has its own picture."""
    folder = open_folder(ROOT, {})
    released = open_folder(ROOT / "tests/sites/released/site", {})
    assert folder.log.demo
    record = record_of(folder, folder.log.demo.now)
    old = [entry for entry in record.entries if not entry.is_open][-1]
    others = [old.model_copy(update={"id": f"other-{number}", "aliases": ()}) for number in range(40)]
    sources = (SourceReport("app", "GitHub, juniper/app", "https://github.com/juniper/app"),)
    return after(replace(record, sources=sources), [*record.entries, *released.log.entries, *others])


def written(plain: dict[str, Any], chance: random.Random) -> None:
    plain["title"] = f"{plain['title']} {chance.randrange(99)}"


def gone_elsewhere(plain: dict[str, Any], chance: random.Random) -> None:
    plain["status"] = chance.choice(STATUSES[plain["kind"]])


def said_more(plain: dict[str, Any], chance: random.Random) -> None:
    update = {"at": MOMENT.format(chance.randrange(60)), "body": f"Word {chance.randrange(99)}", "kind": "answer"}
    if chance.random() < 0.5:
        update["next_update_at"] = MOMENT.format(59).replace("T08", "T09")
    plain.setdefault("updates", []).append(update)


def weighed(plain: dict[str, Any], chance: random.Random) -> None:
    plain["impact"] = chance.choice(list(Impact))


def linked(plain: dict[str, Any], chance: random.Random) -> None:
    plain["related"] = [chance.choice(start().entries).id]


def named_after(plain: dict[str, Any], chance: random.Random) -> None:
    plain["aliases"] = [f"older-{chance.randrange(9)}"]


def about(plain: dict[str, Any], chance: random.Random) -> None:
    plain["components"] = [chance.choice(list(start().components))]
    plain["topics"] = [f"topic-{chance.randrange(3)}"]


EDITS: tuple[Callable[[dict[str, Any], random.Random], None], ...] = (
    *(written, gone_elsewhere, said_more, weighed, linked, named_after, about),
)


def edited(record: Record, chance: random.Random) -> Record:
    """Return the record after somebody changed one entry."""
    while True:
        entry = chance.choice(record.entries)
        plain = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        chance.choice(EDITS)(plain, chance)
        try:
            changed = ENTRIES.validate_python(plain)
        except ValueError:
            continue
        return after(record, [changed if other is entry else other for other in record.entries])


def taken_out(record: Record, chance: random.Random) -> Record:
    entry = chance.choice(record.entries)
    return after(record, [other for other in record.entries if other is not entry])


def later(record: Record, chance: random.Random) -> Record:
    length = timedelta(minutes=chance.choice([1, 9, 40, 300, 2_000, 30_000, 600_000]))
    return after(replace(record, now=record.now + length), list(record.entries))


def called_otherwise(record: Record, chance: random.Random) -> Record:
    """Return the record after something that entries only name is called otherwise."""
    what = chance.randrange(4)
    if what == 0:
        name, part = chance.choice(list(record.components.items()))
        renamed = part.model_copy(update={"name": f"{part.name} {chance.randrange(99)}"})
        return replace(record, components={**record.components, name: renamed})
    if what == 1:
        name, voice = chance.choice(list(record.voices.items()))
        return replace(record, voices={**record.voices, name: voice.model_copy(update={"role": "Other"})})
    if what == 2:
        return replace(record, sources=(replace(record.sources[0], title=f"GitHub {chance.randrange(9)}"),))
    return replace(record, site=record.site.model_copy(update={"tell_us": f"https://a.example/{chance.random()}"}))


def after(record: Record, entries: list[Entry]) -> Record:
    return replace(record, entries=readable(entries, record.now))


class Seen(Shelf):
    """Makes every piece of a file, and has the key and the content of each."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str, bytes]] = []

    def take(self, key: str, make: Callable[[], bytes]) -> bytes:
        self.pieces.append(("a piece", key, make()))
        return self.pieces[-1][2]


def planned(record: Record, cards: Cards | None = None) -> Iterator[tuple[str, str, bytes]]:
    """Yield each file, and piece of one, that need not always be made, its key and its content."""
    seen = Seen()
    press = bare_press(record.site, cards=cards, shelf=seen)
    for output in plugins.outputs().values():
        for file in output().files(record, press):
            if isinstance(file, Planned):
                yield file.path, file.key, file.content
    yield from seen.pieces


def released_otherwise(record: Record, chance: random.Random) -> Record:
    """Return the record after the release that brought a fix was called otherwise."""
    release = chance.choice([*record.releases.values()] or record.entries)
    renamed = release.model_copy(update={"title": f"Release {chance.randrange(99)}"})
    return after(record, [renamed if other.id == release.id else other for other in record.entries])


STEPS = (released_otherwise, edited, edited, edited, taken_out, later, later, called_otherwise)


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Cards:
    return Cards(Shelf(tmp_path_factory.mktemp("shelf")))


@pytest.mark.parametrize("seed", range(6))
def test_a_file_whose_key_is_the_same_has_the_same_content(seed: int, cards: Cards) -> None:
    chance = random.Random(seed)
    record, made = start(), dict[tuple[str, str], bytes]()
    kept = 0
    for _ in range(8):
        for path, key, content in planned(record, cards):
            kept += (path, key) in made
            assert made.setdefault((path, key), content) == content, f"{path} shows what its key does not name"
        record = chance.choice(STEPS)(record, chance)
    assert kept > len(record.entries), "keys that never stay the same would spare nothing"


def test_every_entry_is_planned_and_has_a_key_of_its_own() -> None:
    keys: Mapping[str, str] = {path: key for path, key, _ in planned(start())}
    pages = [f"log/{entry.id}/index.html" for entry in start().entries]
    assert set(pages) <= keys.keys()
    assert len({keys[path] for path in pages}) == len(pages)
