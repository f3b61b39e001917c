"""`onrecord erase`: takes a person's words out of the record and the caches, and remembers only their digests."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from onrecord.errors import Level, OnRecordError, Place, Problem, did_you_mean
from onrecord.log.erasing import FILE, forgotten, without
from onrecord.log.pulled import FOLDER, write_pulled
from onrecord.log.read import ENTRIES_FOLDER
from onrecord.model.entry import Entry
from onrecord.model.erased import Erased, Erasure
from onrecord.record import addresses
from onrecord.redact.erased import MARK, Forgotten, address_digest, phrase_digest, words_in
from onrecord.site_folder import finish
from onrecord.stages.change import open_file
from onrecord.stages.framing import WORK
from onrecord.stages.gather import Folder
from onrecord.whole import write_whole

_SHORTEST = 3  # letters; less stands everywhere
_NO_CACHES = ("lock", "manifest.json", "pull.json")
_LINE = "  - {{on: {on}, {what}}}\n"
_HEAD = """\
# What was erased because somebody asked for it: digests, never the words. "onrecord erase" adds to it.
# Keep this file: every pull and every build reads it, so that nothing of it comes back.
salt: {salt}
erased:
"""


@dataclass(frozen=True, slots=True)
class Erasing:
    """What erasing would do: pulled entries by source, people's files as they are to be, what is left to people."""

    memory: str
    pulled: dict[str, tuple[Entry, ...]]
    files: dict[str, str]
    left: tuple[Problem, ...]

    @property
    def paths(self) -> list[str]:
        """Return the files that change."""
        pulled = (
            f"{FOLDER}/{source}/…/{entry.id}.json" for source, entries in self.pulled.items() for entry in entries
        )
        return [FILE, *sorted(pulled), *sorted(self.files)]

    def write(self, folder: Folder) -> None:
        """Write it all: first the memory, so that what breaks off goes on with the next pull or build."""
        write_whole(folder.root / FILE, self.memory.encode())
        for source, entries in self.pulled.items():
            write_pulled(folder.root, source, entries, folder.log.pulled[source])
        for path, text in self.files.items():
            write_whole((folder.root / path).resolve(), text.encode())
        _empty_caches(folder.root / WORK)


def plan(folder: Folder, wishes: Sequence[str], only: Sequence[str], today: date, salt: str) -> Erasing:
    """Return what erasing these addresses, entries or words would do; the salt serves a first erasure.

    Raises `OnRecordError` when a wish is too short to be told from other words, or an entry is not on record.
    """
    known = {entry.id for entry in folder.log.entries}
    _refuse_unknown(only, known)
    before = folder.log.erased
    salt = before.salt or salt
    added = tuple(_erasure(folder, wish, tuple(only), known, today, salt) for wish in wishes)
    remembered = [_wish(erasure) for erasure in before.erased]
    after = Erased(
        salt=salt, erased=(*before.erased, *(erasure for erasure in added if _wish(erasure) not in remembered))
    )
    clean = {
        source: {name: without(entry, after) for name, entry in entries.items()}
        for source, entries in folder.log.pulled.items()
    }
    files, left = _files(replace(folder, log=replace(folder.log, pulled=clean)), Erased(salt=salt, erased=added))
    changed = {source: _differing(entries, folder.log.pulled[source]) for source, entries in clean.items()}
    return Erasing(_memory(folder.root, before, after), changed, files, left)


def _erasure(folder: Folder, wish: str, only: tuple[str, ...], known: set[str], today: date, salt: str) -> Erasure:
    here = folder.settings.site.url.rstrip("/") + "/"
    page = next((name for name in known if wish.startswith(f"{here}{addresses.entry_page(name)}")), None)
    if page or wish in known:
        return Erasure(on=today, entries=(page or wish,))
    if wish.startswith(("https://", "http://")):
        return Erasure(on=today, address=address_digest(salt, wish), entries=only)
    words = words_in(wish)
    if sum(map(len, words)) < _SHORTEST:
        what, todo = f'"{wish}" would be found everywhere', "give more of the words, or the address of the post"
        raise OnRecordError(Problem(Place(FILE), what, todo))
    return Erasure(on=today, phrase=phrase_digest(salt, words), length=len(words), entries=only)


def _refuse_unknown(only: Sequence[str], known: set[str]) -> None:
    for name in only:
        if name not in known:
            what = f'there is no entry "{name}".{did_you_mean(name, sorted(known))}'
            raise OnRecordError(Problem(Place(ENTRIES_FOLDER), what, "its id is the last part of its page's address"))


def _wish(erasure: Erasure) -> tuple[object, ...]:
    return erasure.address, erasure.phrase, erasure.entries


def _differing(entries: Mapping[str, Entry], before: Mapping[str, Entry]) -> tuple[Entry, ...]:
    return tuple(entry for name, entry in entries.items() if entry != before[name])


def _files(folder: Folder, added: Erased) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return people's files as they are to be, and the places where only a person can tell what to write."""
    files: dict[str, str] = {}
    left: list[Problem] = []
    entries = {folder.log.places[name]: name for name in (*folder.log.authored, *folder.log.overlaid)}
    for path, text in _texts(folder.root):
        name = entries.get(path, "")
        known = forgotten(added, name)
        plain = known.without(text)
        if name and plain != text and _read(folder, name, plain):
            files[path] = text = plain
        left += _left(path, text, known)
        if known.is_in(name):
            what, todo = (
                "the name of this file, which is its address, has the words",
                "rename it: the old address breaks",
            )
            left.append(Problem(Place(path), what, todo, Level.WARNING))
        if name and (entry := _read(folder, name, text)) and without(entry, added) != entry:
            left.append(_theirs(path, name))
    return files, tuple(left)


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((root / "content").rglob("*")):
        shown = path.relative_to(root).as_posix()
        if path.suffix in (".md", ".yml", ".txt") and shown != FILE and not shown.startswith("content/record/"):
            yield shown, path.read_bytes().decode("utf-8", "surrogateescape")


def _read(folder: Folder, name: str, text: str) -> Entry | None:
    """Return the entry that a file with this text holds, or None when it holds none."""
    try:
        return open_file(folder, name).read(text)
    except OnRecordError:
        return None


def _left(path: str, text: str, known: Forgotten) -> Iterator[Problem]:
    what, todo = (
        "what was erased still stands here, though no page shows it",
        "take it out of this file, and commit it",
    )
    lines = [number for number, line in enumerate(text.splitlines(), 1) if known.without(line) != line]
    if not lines and known.without(text) != text:
        lines = [1]  # the words go on over the end of a line
    for number in lines:
        yield Problem(Place(path, number), what, todo, Level.WARNING)


def _theirs(path: str, name: str) -> Problem:
    """Return that a person's file has more of what its customer said than a search for words can find."""
    todo = "look through title, summary, raised, venues and others in this file, and take it out there"
    return Problem(Place(path), f'"{name}" is published without what its customer said', todo, Level.WARNING)


def _memory(root: Path, before: Erased, after: Erased) -> str:
    """Return the text of the file that remembers: new lines at its end, all others as they were."""
    path = root / FILE
    text = path.read_text("utf-8").rstrip("\n") + "\n" if before.erased else _HEAD.format(salt=after.salt)
    return text + "".join(_LINE.format(on=wish.on, what=_said(wish)) for wish in after.erased[len(before.erased) :])


def _said(wish: Erasure) -> str:
    said = [f"address: {wish.address}"] if wish.address else []
    said += [f"phrase: {wish.phrase}, length: {wish.length}"] if wish.phrase else []
    said += [f"entries: [{', '.join(wish.entries)}]"] if wish.entries else []
    return ", ".join(said)


def _empty_caches(work: Path) -> None:
    """Delete what builds keep to save time: pages, indexes and pictures that may hold the words."""
    finish(work)
    for path in work.glob("*"):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in _NO_CACHES:
            path.unlink()


def still_in(folders: Sequence[Path], wishes: Sequence[str]) -> Iterator[Path]:
    """Yield the files in which a wish still stands letter by letter."""
    plain = [wish.casefold() for wish in wishes]
    for folder in folders:
        for path in sorted(found for found in folder.rglob("*") if found.is_file()):
            text = path.read_bytes().decode("utf-8", "replace").casefold()
            if any(wish in text for wish in plain):
                yield path


HISTORY = f"""\
Readers see "{MARK}" from the next publication on. What is left to do:

1. Commit {FILE} and every file that changed, and publish. The next pull cleans the branch `record`.
2. Git still has every earlier version. After that pull, begin the bot's branch anew, with its files as they are:
     git fetch origin record
     git push --force origin "$(git commit-tree FETCH_HEAD^{{tree}} -m 'Begin anew'):refs/heads/record"
3. If a file of yours had the words, or your main branch carries content/record, cut them from its history too, with
   git filter-repo in a fresh clone; words.txt has a line "the words==>{MARK}" for each:
     git filter-repo --replace-text words.txt --replace-message words.txt
     git push --force --all && git push --force --tags
   Everybody else clones anew; a push from an old clone would bring the words back.
4. Nobody can reach into forks and other people's clones. Your host keeps unreachable commits and pull requests for
   a while: ask its support to remove them. Search engines and web archives have forms for this.
5. Delete old artifacts and caches of workflow runs, or let them expire."""
"""What erasing cannot do, and how people do it."""
