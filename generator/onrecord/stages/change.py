"""One file of a person's: as it is, as it is to be, and the entry that it holds."""

from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from pathlib import Path

from onrecord.errors import OnRecordError, Place, Problem, did_you_mean
from onrecord.log.authored import read_authored
from onrecord.log.editing import written_time
from onrecord.log.overlay import read_overlay
from onrecord.log.read import ENTRIES_FOLDER
from onrecord.model.entry import Entry
from onrecord.record import addresses
from onrecord.stages.gather import Folder
from onrecord.whole import write_whole

_NO_WORDS_YET = "---\n---\n"


@dataclass(frozen=True, slots=True)
class Change:
    """A file's text before, or None where there is no file yet, its text after, and the address of its page.

    `hint` says what is left for a person to do, if anything is, and `left` where.
    """

    path: str
    before: str | None
    after: str
    address: str
    hint: str = ""
    left: tuple[Problem, ...] = ()

    @property
    def diff(self) -> str:
        """Return the change as a unified diff, to be looked at."""
        old = (self.before or "").splitlines()
        named = self.path if self.before is not None else "/dev/null"
        return "\n".join(unified_diff(old, self.after.splitlines(), named, self.path, lineterm=""))

    def write(self, root: Path) -> None:
        """Write the file; a new one never replaces another."""
        path = root / self.path
        if self.before is None and path.exists():
            what, todo = "there is a file of this name already", "choose another title, or edit that file"
            raise OnRecordError(Problem(Place(self.path), what, todo))
        write_whole(path.resolve(), self.after.encode())


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The file of an entry that a person amends; for a pulled entry, the one that is laid over it.

    `before` is None while a pulled entry has no such file.
    """

    folder: Folder
    entry: Entry
    base: Entry | None
    path: str
    before: str | None

    @property
    def text(self) -> str:
        """Return what there is to add to."""
        return _NO_WORDS_YET if self.before is None else self.before

    def read(self, text: str) -> Entry:
        """Return the entry that the file would hold with this text."""
        zone = self.folder.settings.zone
        if self.base:
            return read_overlay(text, self.path, self.base, zone)
        return read_authored(text, self.path, self.entry.id, zone)

    def change(self, text: str, left: tuple[Problem, ...] = ()) -> Change:
        """Return the change that gives the file this text."""
        return Change(self.path, self.before, text, page_address(self.folder, self.entry.id), left=left)


def page_address(folder: Folder, entry_id: str) -> str:
    """Return where readers find an entry."""
    return folder.settings.site.url.rstrip("/") + "/" + addresses.entry_page(entry_id)


def open_file(folder: Folder, entry_id: str) -> OpenFile:
    """Return the file of an entry; raises `OnRecordError` when there is no such entry or it cannot be read."""
    log = folder.log
    _refuse_unreadable(folder, entry_id)
    entry = next((entry for entry in log.entries if entry.id == entry_id), None)
    if entry is None:
        what = f'there is no entry "{entry_id}".{did_you_mean(entry_id, [entry.id for entry in log.entries])}'
        todo = "its id is the last part of its page's address, and the name of its file"
        raise OnRecordError(Problem(Place(ENTRIES_FOLDER), what, todo))
    base = next((entries[entry_id] for entries in log.pulled.values() if entry_id in entries), None)
    if base and entry_id not in log.overlaid:
        return OpenFile(folder, entry, base, f"{ENTRIES_FOLDER}/{entry_id}.md", None)
    path = log.places[entry_id]
    return OpenFile(folder, entry, base, path, (folder.root / path).read_bytes().decode())


def _refuse_unreadable(folder: Folder, entry_id: str) -> None:
    problems = [
        problem
        for problem in folder.log.problems
        if problem.place.path.startswith(ENTRIES_FOLDER) and Path(problem.place.path).stem == entry_id
    ]
    if problems:
        raise OnRecordError(problems)


def refuse_earlier(file: OpenFile, at: datetime, last: datetime) -> None:
    """Raise when something would be said before the last thing that was."""
    zone, last = file.folder.settings.zone, last.replace(second=0)
    if at < last:
        what = f"{written_time(at, zone)} is before the last thing said here, which was at {written_time(last, zone)}"
        todo = "give a later time with --at, or write it into the file yourself, where it belongs"
        raise OnRecordError(Problem(Place(file.path), what, todo))
