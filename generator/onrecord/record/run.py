"""What a site says of the run that made it: it moves with every run, whatever is on record."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from onrecord import our_code, times, words
from onrecord.language import Language
from onrecord.model.people import Site
from onrecord.model.scalars import write_moment

FRESH = timedelta(hours=3)
"""How long a build is current: six half-hourly ones in a row must have failed before readers are told."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How the last reading of one source went; `failed` says why it did not."""

    name: str
    title: str
    address: str | None = None
    read_at: datetime | None = None
    failed: str | None = None
    failed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run: when the site was built, of how many entries, and how each source fared."""

    site: Site
    at: datetime
    entries: int
    sources: Sequence[SourceReport] = ()
    demo: bool = False

    @property
    def read_from(self) -> tuple[str, ...]:
        """Return the names of the sources that were read."""
        return tuple(source.name for source in self.sources if source.read_at)

    def facts(self) -> bytes:
        """Return `/build.json`: for programs, and for the notice on an old page."""
        told = {
            "generator": f"onrecord {our_code.VERSION}",
            "site": self.site.url,
            "built_at": write_moment(self.at),
            # The demo's clock stands still, so it cannot grow old.
            **({} if self.demo else {"fresh_until": write_moment(self.at + FRESH)}),
            "entries": self.entries,
            "sources": [_facts(source) for source in self.sources],
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()

    def as_of(self, language: Language) -> Markup:
        """Return as of when the first page is true, in HTML: nothing has moved until now."""
        moment = times.here(language.moment(self.at), self.at, self.at, language.zone)
        return words.ours(language.say("As of %(moment)s.")) % {"moment": moment}

    def read(self, language: Language) -> Markup:
        """Return when each source was read, in HTML; nothing of those that failed, which is said louder."""
        read = [source for source in self.sources if source.read_at and not source.failed]
        return Markup("").join(_read(source.title, source.read_at, language) for source in read if source.read_at)


def _facts(source: SourceReport) -> dict[str, str | None]:
    return {
        "name": source.name,
        "title": source.title,
        "url": source.address,
        "read_at": write_moment(source.read_at) if source.read_at else None,
        "failed": source.failed,
        "failed_at": write_moment(source.failed_at) if source.failed_at else None,
    }


def _read(title: str, at: datetime, language: Language) -> Markup:
    said = words.ours(language.say("%(title)s read %(moment)s."))
    return said % {"title": words.written_out(title), "moment": times.stamped(at, language.moment(at))} + " \n"
