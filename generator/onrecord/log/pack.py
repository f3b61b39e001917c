"""The pack: entries as they were read before, by the digest of what they were read from. The files stay the truth.

One file for each folder of entries, in `build/log`. It can be deleted at any time. docs/design/pack.md says what it
spares, and why it may be trusted.
"""

import io
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from onrecord import our_code
from onrecord.log.slim import again, kinds, slim, taken_apart
from onrecord.model.entry import Entry
from onrecord.whole import write_whole

_AT_A_TIME = 1_000  # entries: to pack a whole record at once takes half as much memory again
_MODEL = "onrecord.model."
_OTHERS = {("datetime", "datetime"), ("datetime", "date"), ("datetime", "timedelta"), ("datetime", "timezone")}


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
            entry = self._folder(folder).used[key] = slim(understand())
        return entry

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
                return _Folder([*_unpacked(self._edition, packed)])
            except Exception:  # a torn pickle raises anything, and the files say it all again
                return _Folder()


def _packed(
    edition: str, entries: Mapping[bytes, Entry], bundles: Sequence[_Bundle], before: Path
) -> Iterator[bytes]:
    """Yield entries as they are packed, some at a time: what they have in common is told once, and then forgotten.

    Large bundles of which nothing has moved stay the bytes that they are in the file of before.
    """
    yield pickle.dumps((edition, len(entries)), pickle.HIGHEST_PROTOCOL)
    left = dict(entries)
    for bundle in bundles if before.is_file() else ():
        if len(bundle.entries) > _AT_A_TIME // 2 and bundle.entries.keys() <= left.keys():
            with before.open("rb") as packed:
                packed.seek(bundle.begin)
                yield packed.read(bundle.end - bundle.begin)
            left = {key: entry for key, entry in left.items() if key not in bundle.entries}
    news = iter(left.items())
    while some := dict(islice(news, _AT_A_TIME)):
        bundled = io.BytesIO()
        pickler = pickle.Pickler(bundled, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = dict.fromkeys(kinds(), taken_apart)  # slim again when they are unpacked
        pickler.dump(some)
        yield bundled.getvalue()


def _unpacked(edition: str, packed: BinaryIO) -> Iterator[_Bundle]:
    theirs, left = _OnlyEntries(packed).load()
    while theirs == edition and left > 0:
        begin = packed.tell()
        entries = _OnlyEntries(packed).load()
        yield _Bundle(entries, begin, packed.tell())
        left -= len(entries)


def _file(folder: str) -> str:
    return f"{blake2b(folder.encode(errors='surrogateescape'), digest_size=12).hexdigest()}.pack"


class _OnlyEntries(pickle.Unpickler):
    """Loads the model's values and moments: a file that names any other code is not one of ours."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(_MODEL) or (module, name) in _OTHERS:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:  # and nothing that it only imports
                return found
        if (module, name) == (again.__module__, again.__name__):
            return again
        raise pickle.UnpicklingError(f"{module}.{name}")


def key_of(*parts: bytes) -> bytes:
    """Return the key of what is read from these parts and nothing else."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()
