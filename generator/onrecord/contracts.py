"""What a plug-in promises: a source talks and thinks apart, an output turns the record into files.

Ours are registered by entry point like anyone's (`onrecord.sources`, `onrecord.outputs`); one contract test
holds for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from onrecord.file import AnyFile
    from onrecord.model.entry import Entry
    from onrecord.model.people import Voice
    from onrecord.press import Press
    from onrecord.record.record import Record
    from onrecord.web import Access, Web

Say = Callable[[str], None]
"""Takes one line for the person who watches."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a service as it came: what it is about, in the source's own word, and its parsed body."""

    about: str
    url: str
    body: Any


Batch = tuple[Answer, ...]
"""Answers that make sense together: what they mean goes to disk whole, with the marks that stand among them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record from one source before an answer is understood.

    `full` asks for everything to be read again. `zone` is the site's: where a day begins that comes without a time.
    """

    name: str
    now: datetime
    entries: Mapping[str, Entry] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    voices: Mapping[str, Voice] = field(default_factory=dict)
    full: bool = False
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class Understood:
    """What a batch means: entries that are new or differ, and how far the source has been read.

    `odd` says in one line each what could not be read and was left out; the person who watches is told. `vanished`
    are the ids of entries that are withdrawn for no other reason than that a reading of everything did not find them:
    if they are many, they stay, and the person is asked. `to_come` is how many batches more there will be, as far as
    is known. `whole` are the ids of entries to which this pull will hardly add anything: they are written at once.
    """

    entries: tuple[Entry, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    odd: tuple[str, ...] = ()
    vanished: frozenset[str] = frozenset()
    to_come: int | None = None
    whole: frozenset[str] = frozenset()


class Source(Protocol):
    """A place where entries come from: a frozen settings model with these members.

    `fetch` talks and never thinks, `understand` thinks and never talks: a saved answer is a complete test.
    """

    type: str

    @property
    def title(self) -> str:
        """Return what readers know the place as, like `GitHub, acme/app`."""

    @property
    def address(self) -> str | None:
        """Return where readers find the place, or nothing when it is not to be linked."""

    def access(self) -> Access:
        """Return what the web client may do for this source: hosts, token, certificates."""

    def fetch(self, web: Web, known: Known, say: Say) -> Iterator[Batch]:
        """Yield batches of answers, oldest news first; raises `SourceFailed` when it cannot be read."""

    def load(self, text: str) -> Iterator[Batch]:
        """Yield batches from saved answers; raises `ValueError` on a text it cannot use."""

    def understand(self, batch: Batch, known: Known) -> Understood:
        """Return what a batch means, given what is known; pure, and the same for the same arguments."""


class Output(Protocol):
    """Something the record becomes: pages, a feed, an interface for programs."""

    name: ClassVar[str]

    def files(self, record: Record, press: Press) -> Iterator[AnyFile]:
        """Yield the files, in any order; pure but for what the press renders.

        One that costs much, of which there are many, is `Planned`: its key names all that its content depends on.
        """
