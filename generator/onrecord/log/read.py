"""The whole log at once: every entry, voice and component on disk, and every problem with them."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from onrecord import strict_yaml
from onrecord.checking import check
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.authored import read_authored
from onrecord.log.erasing import read_erased
from onrecord.log.files import FoundEntries, bytes_of, pulled_files, written_files
from onrecord.log.links import unfollowed
from onrecord.log.overlay import no_base, read_overlay
from onrecord.log.pack import Pack
from onrecord.log.proofs import read_proofs
from onrecord.log.pulled import FOLDER, NEWER, SourceState, read_pulled, read_state
from onrecord.model.entry import Entry
from onrecord.model.erased import Erased
from onrecord.model.parts import Part
from onrecord.model.people import Bounds, Component, Voice
from onrecord.model.proof import Proof
from onrecord.model.scalars import Moment, Slug, Url
from onrecord.model.targets import Targets

T = TypeVar("T")


class Demo(Part):
    """Says that everything here is made up, where that may be published, and when it is now in the story."""

    url: Url
    now: Moment


ENTRIES_FOLDER = "content/entries"
VOICES = "content/voices.yml"
TARGETS = "content/targets.yml"
DEMO = "content/demo.yml"
_VOICES = TypeAdapter(dict[Slug, Voice])
_BOUNDS = TypeAdapter(Bounds)
_COMPONENTS = TypeAdapter(dict[Slug, Component])
_TARGETS = TypeAdapter(Targets)
_DEMO = TypeAdapter(Demo)


@dataclass(frozen=True, slots=True)
class Log:
    """What is on disk: the entries that are fine, and what is wrong with the others.

    `digests` has, by the id of an entry, a digest of all that it was read from.
    """

    pulled: Mapping[str, Mapping[str, Entry]]
    authored: Mapping[str, Entry]
    overlaid: Mapping[str, Entry]
    states: Mapping[str, SourceState]
    voices: Mapping[str, Voice]
    bounds: Bounds
    proofs: tuple[Proof, ...]
    components: Mapping[str, Component]
    targets: Targets
    places: Mapping[str, str]
    digests: Mapping[str, bytes]
    erased: Erased
    demo: Demo | None
    problems: tuple[Problem, ...]

    @property
    def newer(self) -> tuple[Problem, ...]:
        """Return the problems with what a newer On Record wrote."""
        return tuple(problem for problem in self.problems if problem.what.startswith(NEWER))

    @property
    def entries(self) -> Iterator[Entry]:
        """Yield every entry that is fine, pulled ones first."""
        for source in self.pulled.values():
            for entry in source.values():
                yield self.overlaid.get(entry.id, entry)
        yield from self.authored.values()


def read(
    root: Path, zone: ZoneInfo, pack: Pack | None = None, looked: Mapping[str, bytes] = MappingProxyType({})
) -> Log:
    """Return the log of a site; times without a zone are in the site's. What is in the pack is not read again.

    `looked` has the digests of files that were looked at already: what the pack has of them is not even opened.
    Nothing is raised for a bad file: it is left out, and its problems are among the log's; `content/demo.yml`
    and `content/erased.yml` apart.
    """
    links = unfollowed(root)
    problems = [*links.values()]
    pack = pack or Pack(None)
    from_source, by_people = (FoundEntries(root, pack, links, looked) for _ in range(2))
    pulled: dict[str, dict[str, Entry]] = {}
    states: dict[str, SourceState] = {}
    for folder in _folders(root / FOLDER):
        name = folder.name
        states[name] = _state(root, name, problems)
        pulled[name] = from_source.read(pulled_files(root, f"{FOLDER}/{name}"), _pulled)
    bases = {entry.id: entry for entries in pulled.values() for entry in entries.values()}
    people = _written_by_people(zone, bases, states)
    voices, bounds = _voices(root, zone, problems)
    written = by_people.read(written_files(root, ENTRIES_FOLDER), people, from_source.digests)
    problems += from_source.problems + by_people.problems
    return Log(
        pulled=pulled,
        authored={name: entry for name, entry in written.items() if name not in bases},
        overlaid={name: entry for name, entry in written.items() if name in bases},
        states=states,
        voices=voices,
        bounds=bounds,
        proofs=_proofs(root, problems),
        components=_list(root, "content/components.yml", _COMPONENTS, zone, problems),
        targets=_targets(root, zone, problems),
        places=from_source.places | by_people.places,
        digests=from_source.digests | by_people.digests,
        erased=read_erased(root),
        demo=_demo(root, zone),
        problems=tuple(sorted(set(problems))),
    )


def _folders(parent: Path) -> list[Path]:
    return sorted(path for path in parent.glob("*") if path.is_dir() and not path.is_symlink())


def _must_be_ours(path: Path, root: Path, shown: str) -> None:
    # Not `Path.resolve`, which fails on a link in a circle: reading that says what is wrong.
    if not Path(os.path.realpath(path)).is_relative_to(root.resolve()):
        raise OnRecordError(Problem(Place(shown), "this is a link out of the site", "put the file itself here"))


def _pulled(data: bytes, shown: str) -> Entry:
    entry = read_pulled(data, shown)
    if entry.id != Path(shown).stem:
        todo = f"rename it to {entry.id}.json"
        raise OnRecordError(Problem(Place(shown), f'the file holds the entry "{entry.id}"', todo))
    return entry


def _written_by_people(
    zone: ZoneInfo, bases: Mapping[str, Entry], states: Mapping[str, SourceState]
) -> Callable[[bytes, str], Entry]:
    def understand(data: bytes, shown: str) -> Entry:
        text, name = strict_yaml.decoded(data, shown), Path(shown).stem
        if name in bases:
            return read_overlay(text, shown, bases[name], zone)
        if gone := no_base(name, states, text, shown):
            raise OnRecordError(gone)
        return read_authored(text, shown, name, zone)

    return understand


def _state(root: Path, name: str, problems: list[Problem]) -> SourceState:
    shown = f"{FOLDER}/{name}/state.json"
    if not (root / shown).is_file():
        return SourceState()
    try:
        _must_be_ours(root / shown, root, shown)
        return read_state(bytes_of(root, shown), shown)
    except OnRecordError as error:
        problems.extend(error.problems)
        return SourceState()


def _demo(root: Path, zone: ZoneInfo) -> Demo | None:
    """Return the demo's facts; a broken file raises, because made-up content must not be published as real."""
    if not (root / DEMO).is_file():
        return None
    document = _document(root, DEMO)
    return check(_DEMO, document, document.plain, {"zone": zone})


def _list(
    root: Path, shown: str, kind: TypeAdapter[dict[str, T]], zone: ZoneInfo, problems: list[Problem]
) -> dict[str, T]:
    if not (root / shown).is_file():
        return {}
    try:
        document = _document(root, shown)
    except OnRecordError as error:
        problems.extend(error.problems)
        return {}
    return _checked(kind, document, document.plain, zone, problems) or {}


def _voices(root: Path, zone: ZoneInfo, problems: list[Problem]) -> tuple[dict[str, Voice], Bounds]:
    """Return who speaks and where that ends: one file, in which names with `_` are no voices."""
    if not (root / VOICES).is_file():
        return {}, Bounds()
    try:
        document = _document(root, VOICES)
    except OnRecordError as error:
        problems.extend(error.problems)
        return {}, Bounds()
    voices = {name: plain for name, plain in document.plain.items() if "_" not in name}
    bounds = {name: plain for name, plain in document.plain.items() if "_" in name}
    return (
        _checked(_VOICES, document, voices, zone, problems) or {},
        _checked(_BOUNDS, document, bounds, zone, problems) or Bounds(),
    )


def _checked(
    kind: TypeAdapter[T], document: strict_yaml.Document, plain: Any, zone: ZoneInfo, problems: list[Problem]
) -> T | None:
    try:
        return check(kind, document, plain, {"zone": zone})
    except OnRecordError as error:
        problems.extend(error.problems)
        return None


def _proofs(root: Path, problems: list[Problem]) -> tuple[Proof, ...]:
    try:
        return read_proofs(root)
    except OnRecordError as error:
        problems.extend(error.problems)
        return ()


def _targets(root: Path, zone: ZoneInfo, problems: list[Problem]) -> Targets:
    if not (root / TARGETS).is_file():
        return Targets()
    try:
        document = _document(root, TARGETS)
        return check(_TARGETS, document, document.plain, {"zone": zone})
    except OnRecordError as error:
        problems.extend(error.problems)
        return Targets()


def _document(root: Path, shown: str) -> strict_yaml.Document:
    _must_be_ours(root / shown, root, shown)
    return strict_yaml.read(strict_yaml.decoded(bytes_of(root, shown), shown), shown)
