"""Pagefind, started as a program: turns documents into an index that a reader's browser loads in small pieces.

This is the only module that knows it. An index is kept from build to build by everything it depends on.
"""

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import filter as matching
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from onrecord import plain_json
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.file import AnyFile, Planned
from onrecord.hands import share
from onrecord.whole import must_have_room, whole_folder

_REVISION = "1"
"""Changes whenever the code below makes other files of the same documents."""
_SHIPPED = ("pagefind-entry.json", "pagefind.*.pf_meta", "index/*", "fragment/*", "filter/*")
_PROGRAM = ("pagefind.js", "pagefind-worker.js", "wasm.{wasm}.pagefind")
"""What a reader's browser runs; the leading shard's serves for all that are merged into it."""
_DOCUMENTS, _KEYS = "documents", "documents.json"


@dataclass(frozen=True, slots=True)
class Index:
    """Makes the shards of a site's search index, in a folder that is kept from build to build."""

    folder: Path
    language: str

    def shard(self, name: str, documents: Iterable[AnyFile], leading: bool, below: str = "") -> Iterator[Planned]:
        """Yield the files of one shard, `below` a folder; the leading one carries the program that searches.

        A document is HTML with Pagefind's attributes, and its path is what a result says. Each of its filters has
        one value: with more, Pagefind writes them as chance has it. Equal documents give equal files, and planned
        ones are only made when one of them has another key. Raises `OnRecordError` with Pagefind's own words when it
        cannot.
        """
        found = sorted(documents, key=lambda document: document.path)
        work = self.folder / name
        key = self._key(found)
        if _made(work) != key:
            with whole_folder(work) as making:
                _gather(found, making, work)
                _run(making, self.language)
                _in_order(making / "built")
                (making / "key").write_text(key, "utf-8")
        built = work / "built"
        entry = json.loads((built / "pagefind-entry.json").read_bytes())
        (language,) = entry["languages"].values()
        program = [pattern.format(wasm=language["wasm"] or "unknown") for pattern in _PROGRAM] if leading else []
        for path in _found(built, (*_SHIPPED, *program)):
            yield Planned(below + path, key, partial(_read, built, path))

    def _key(self, documents: Iterable[AnyFile]) -> str:
        digest = sha256(f"{_REVISION} {version('pagefind-bin')} {self.language}".encode())
        for document in documents:
            told = document.key.encode() if isinstance(document, Planned) else document.content
            digest.update(f"\0{document.path}\0{len(told)}\0".encode() + told)
        return digest.hexdigest()


def _found(built: Path, patterns: Iterable[str]) -> Iterator[str]:
    """Yield the files that have such names, by their paths; there is one for each document."""
    for pattern in patterns:
        folder, _, names = pattern.rpartition("/")
        if (built / folder).is_dir():
            there = os.listdir(built / folder)  # noqa: PTH208 - thousands of names, of which pathlib would make paths
            yield from sorted(f"{folder}/{name}".lstrip("/") for name in matching(there, names))


def _read(built: Path, path: str) -> bytes:
    return (built / path).read_bytes()


def _made(work: Path) -> str | None:
    try:
        return (work / "key").read_text("utf-8")
    except OSError:
        return None  # never made


def _gather(documents: Iterable[AnyFile], making: Path, before: Path) -> None:
    """Put the documents into a folder: what is there from before by the same key is taken as it is."""
    keys = {document.path: document.key for document in documents if isinstance(document, Planned)}
    kept = _keys(before)
    folders = {(making / _DOCUMENTS / document.path).parent for document in documents}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    new = [document for document in documents if not _taken(document, keys, kept, making, before)]
    share(partial(_write, making / _DOCUMENTS), new)
    (making / _KEYS).write_bytes(plain_json.write(keys))


def _taken(document: AnyFile, keys: Mapping[str, str], kept: Mapping[str, str], making: Path, before: Path) -> bool:
    key = keys.get(document.path)
    if not key or kept.get(document.path) != key:
        return False
    try:
        (making / _DOCUMENTS / document.path).hardlink_to(before / _DOCUMENTS / document.path)
    except OSError:
        return False  # it is gone, or this system has no such links
    return True


def _write(folder: Path, documents: Iterable[AnyFile]) -> None:
    for document in documents:
        (folder / document.path).write_bytes(document.content)


def _keys(work: Path) -> Mapping[str, str]:
    try:
        found: dict[str, str] = plain_json.read((work / _KEYS).read_bytes())
    except (OSError, ValueError):
        return {}  # never made, or by an older version
    return found


def _run(work: Path, language: str) -> None:
    command = [sys.executable, "-m", "pagefind_bin", "--silent", "--site", _DOCUMENTS, "--output-path", "built"]
    done = subprocess.run(
        # One index, whatever the languages of its entries: readers search all of them at once.
        [*command, "--force-language", language],
        cwd=work,
        # Its settings are ours alone: it would take others from the environment.
        env={name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    must_have_room(work)  # on a full disk, Pagefind ends well, and half of its files are empty
    if done.returncode:
        said = next((line.strip() for line in done.stdout.splitlines()[::-1] if line.strip()), "it said nothing")
        todo = "install On Record anew, or write `search: false` to build without a search page"
        raise OnRecordError(Problem(Place("site_config.yml"), f"Pagefind stopped: {said}", todo))


_FILTER = re.compile(rb"\x82(?:[\x60-\x77]|\x78.)[a-z0-9._-]+?(?:[\x60-\x77]|\x78.)[a-z-]+_[0-9a-f]{7,}", re.DOTALL)
"""A filter in the table of contents: in CBOR, a pair of its name and the name of its file."""


def _in_order(built: Path) -> None:
    """Put the filters in order that Pagefind 1.5.2 lists as chance has it, so that equal documents give equal bytes.

    The next version will do so itself (its change 1124). Files are named by what is in them, and so is this one.
    """
    (path,) = built.glob("pagefind.*.pf_meta")
    contents = gzip.decompress(path.read_bytes())
    ordered = iter(sorted(_FILTER.findall(contents)))
    contents = _FILTER.sub(lambda _: next(ordered), contents)
    path.unlink()
    entry = json.loads((built / "pagefind-entry.json").read_bytes())
    ((name, language),) = entry["languages"].items()
    language["hash"] = f"{name}_{sha256(contents).hexdigest()[:10]}"
    (built / f"pagefind.{language['hash']}.pf_meta").write_bytes(gzip.compress(contents, mtime=0))
    (built / "pagefind-entry.json").write_text(json.dumps(entry, separators=(",", ":")), "utf-8")
