"""The pack: entries as they were read before, by the digest of what they were read from. The files stay the truth.

One file for each folder of entries, in `build/log`. It can be deleted at any time. docs/design/pack.md says what it
spares, and why it may be trusted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from onrecord import our_code
from onrecord.log import pickles
from onrecord.log.folds import CAN_FOLD, Folds
from onrecord.log.slim import slim, with_updates
from onrecord.model.entry import Entry
from onrecord.model.folded import Folded
from onrecord.whole import write_whole

_AT_A_TIME = 1_000  # entries: to pack a whole record at once takes half as much memory again
_LENGTH, _DIGEST = 8, 16  # bytes, before what lies in a bundle


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Entries that were packed at once, and where in the file."""

    entries: Mapping[bytes, Entry]
    begin: int
    end: int


@dataclass
class _Folder:
    """What is kept of one folder of entries, in which bundles, and what of it was asked for since."""

    bundles: Sequence[_Bundle] = ()
    kept: dict[bytes, Entry] = field(default_factory=dict)
    used: dict[bytes, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for bundle in self.bundles:
            self.kept.update(bundle.entries)


class Pack:
    """Entries by what they were read from; without a folder it remembers nothing from run to run."""

    def __init__(self, folder: Path | None, told: str = "", *, afresh: bool = False) -> None:
        """Read nothing yet, and `afresh` nothing at all. `told` is whatever else decides how a file is understood."""
        self._root, self._afresh = folder, afresh
        self._edition = f"{our_code.digest()} {told}"
        self._folders: dict[str, _Folder] = {}

    def kept(self, folder: str, key: bytes) -> Entry | None:
        """Return what is kept of a folder under a key."""
        found = self._folder(folder)
        if entry := found.kept.get(key):
            found.used[key] = entry
        return entry

    def entry(self, folder: str, key: bytes, understand: Callable[[], Entry]) -> Entry:
        """Return what is kept of a folder under a key, or else what is understood now; errors are not kept."""
        if (entry := self.kept(folder, key)) is None:
            entry = self._folder(folder).used[key] = self._small(understand())
        return entry

    def _small(self, entry: Entry) -> Entry:
        """Return an entry, slim, whose updates are folded if there is a folder for them in the end, and room now."""
        if self._root is None or not CAN_FOLD or not entry.updates or isinstance(entry.updates, Folded):
            return slim(entry)
        with suppress(OSError):  # whoever only reads does not need room on the disk
            return with_updates(entry, self._folds.add(entry.updates))
        return slim(entry)

    @cached_property
    def _folds(self) -> Folds:
        return Folds(self._root and self._root.parent)

    def write(self) -> None:
        """Keep for the next run what was asked for in this one, and nothing else."""
        self._keep({name: folder.used for name, folder in self._folders.items()})

    def forget(self, ids: Set[str]) -> None:
        """Take these entries off the disk, and whatever else is kept of files that are no more; nothing is added."""
        for folder in self._folders.values():
            folder.used = {key: entry for key, entry in folder.used.items() if entry.id not in ids}
        self._keep(
            {
                name: {key: entry for key, entry in folder.used.items() if key in folder.kept}
                for name, folder in self._folders.items()
            }
        )

    def _keep(self, folders: Mapping[str, Mapping[bytes, Entry]]) -> None:
        if self._root is None:
            return
        files = {name: self._root / _file(name) for name, entries in folders.items() if entries}
        for name, path in files.items():
            before = self._folders[name]
            if folders[name].keys() != before.kept.keys():
                write_whole(path, _packed(self._edition, folders[name], before.bundles, path))
                before.bundles, before.kept = (), dict(folders[name])  # they lie elsewhere in the file by now
        for path in {*self._root.glob("*.pack")} - {*files.values()}:
            path.unlink()

    def _folder(self, folder: str) -> _Folder:
        if (found := self._folders.get(folder)) is None:
            found = self._folders[folder] = self._read(folder)
        return found

    def _read(self, folder: str) -> _Folder:
        path = self._root and self._root / _file(folder)
        if path is None or self._afresh or not path.is_file():
            return _Folder()
        with path.open("rb") as packed:
            try:
                return _Folder([*self._unpacked(packed)])
            except Exception:  # a torn pickle raises anything, as a full disk does, and the files say it all again
                return _Folder()

    def _unpacked(self, packed: BinaryIO) -> Iterator[_Bundle]:
        edition, left = pickles.load(packed)
        while edition == self._edition and left > 0:
            begin = packed.tell()
            length, digest = int.from_bytes(packed.read(_LENGTH)), packed.read(_DIGEST)
            laid = packed.read(length)
            if _digest(laid) != digest:  # nobody looks at it when it is asked for
                raise ValueError("what is folded is torn")
            entries = pickles.load(packed, self._folds.lying(laid) if laid else None)
            yield _Bundle(entries, begin, packed.tell())
            left -= len(entries)


def _packed(
    edition: str, entries: Mapping[bytes, Entry], bundles: Sequence[_Bundle], before: Path
) -> Iterator[bytes]:
    """Yield entries as they are packed, some at a time: what they have in common is told once, and then forgotten.

    Large bundles of which nothing has moved stay the bytes that they are in the file of before.
    """
    yield pickles.dump((edition, len(entries)))
    left = dict(entries)
    for bundle in bundles if before.is_file() else ():
        if len(bundle.entries) > _AT_A_TIME // 2 and bundle.entries.keys() <= left.keys():
            with before.open("rb") as packed:
                packed.seek(bundle.begin)
                yield packed.read(bundle.end - bundle.begin)
            left = {key: entry for key, entry in left.items() if key not in bundle.entries}
    news = iter(left.items())
    while some := dict(islice(news, _AT_A_TIME)):
        yield from _bundled(some)


def _bundled(entries: Mapping[bytes, Entry]) -> Iterator[bytes]:
    """Yield what is folded of some entries, after its length and its digest, and then the entries."""
    laid = bytearray()

    def lay(folded: Folded) -> tuple[Any, ...]:
        begin, packed = len(laid), folded.packed
        laid.extend(packed)
        return begin, len(packed), folded.newest, folded.latest

    packed = pickles.dump(entries, lay)
    yield from (len(laid).to_bytes(_LENGTH), _digest(laid), bytes(laid), packed)


def _digest(data: bytes | bytearray) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


def _file(folder: str) -> str:
    return f"{blake2b(folder.encode(errors='surrogateescape'), digest_size=12).hexdigest()}.pack"


def key_of(*parts: bytes) -> bytes:
    """Return the key of what is read from these parts and nothing else."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()
