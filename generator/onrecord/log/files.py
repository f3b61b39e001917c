"""The files of the log: which there are, and the entry that each holds, found in the pack or understood anew."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.links import leads_through
from onrecord.log.looked import digest_of
from onrecord.log.pack import Pack, key_of
from onrecord.log.pulled import FOLDER
from onrecord.model.entry import Entry


def pulled_files(root: Path, folder: str) -> list[str]:
    """Return the files of a source, by their years and names, below the site."""
    years = sorted(year.name for year in os.scandir(root / folder) if year.name[0] in "0123456789" and year.is_dir())
    return [
        f"{folder}/{year}/{name}"
        for year in years
        for name in sorted(path.name for path in (root / folder / year).iterdir())
        if name.endswith(".json")
    ]


def written_files(root: Path, folder: str) -> list[str]:
    """Return the files that people wrote, below the site."""
    return [path.relative_to(root).as_posix() for path in sorted((root / folder).glob("**/*.md"))]


@dataclass
class FoundEntries:
    """The entries that some files hold: where each is, a digest of what it was read from, and what is wrong."""

    root: Path
    pack: Pack
    links: dict[str, Problem]
    looked: Mapping[str, bytes]
    places: dict[str, str] = field(default_factory=dict)
    digests: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(
        self,
        files: Iterable[str],
        understand: Callable[[bytes, str], Entry],
        bases: Mapping[str, bytes] = MappingProxyType({}),
    ) -> dict[str, Entry]:
        """Return the entries by their ids; `bases` has the digests of those over which a file of that id is laid."""
        found: dict[str, Entry] = {}
        for shown in files:
            name = shown.rpartition("/")[2]
            if name.startswith(".") or leads_through(shown, self.links):  # links that lead elsewhere
                continue
            try:
                key, entry = self._entry(shown, understand, bases.get(name.rpartition(".")[0], b""))
                _must_be_new(entry, shown, self.places)
            except OnRecordError as error:
                self.problems.extend(error.problems)
            else:
                found[entry.id] = entry
                self.digests[entry.id] = key
        return found

    def _entry(self, shown: str, understand: Callable[[bytes, str], Entry], base: bytes) -> tuple[bytes, Entry]:
        """Return the entry that a file holds, and the digest of what it was read from."""
        folder, place = shown.rpartition("/")[0], shown.encode(errors="surrogateescape")
        if digest := self.looked.get(shown):
            key = key_of(place, digest, base)
            if entry := self.pack.kept(folder, key):
                return key, entry
        data = bytes_of(self.root, shown)
        key = key_of(place, digest_of(data), base)  # the file may be another one since it was looked at
        return key, self.pack.entry(folder, key, partial(understand, data, shown))


def bytes_of(root: Path, shown: str) -> bytes:
    """Return the bytes of a file below the site; raises `OnRecordError` when it cannot be read."""
    try:
        return (root / shown).read_bytes()
    except OSError as error:
        what = f"this cannot be read: {error.strerror}"
        raise OnRecordError(
            Problem(Place(shown), what, "put a file here that you may read, or take it out")
        ) from None


def _must_be_new(entry: Entry, shown: str, places: dict[str, str]) -> None:
    first = places.setdefault(entry.id, shown)
    if first != shown:
        todo = f"rename this file: {first} has that id already"
        if shown.startswith(FOLDER):
            todo = f'delete the older of this file and {first}, then run "onrecord pull --full"'
        raise OnRecordError(Problem(Place(shown), f'the id "{entry.id}" is taken', todo))
