"""The record: everything that is published, at one moment, in a stable order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from zoneinfo import ZoneInfo

from onrecord.model.entry import LINKS_OF, Announcement, Entry, Maintenance, Raisable, write_entry
from onrecord.model.kinds import FIXED, NEWS, RUNNING, TROUBLE, Impact, Kind, Status
from onrecord.model.parts import Venue
from onrecord.model.people import Account, Bounds, Component, Site, Voice
from onrecord.model.proof import Proof
from onrecord.model.targets import Targets
from onrecord.record.conversation import besides
from onrecord.record.released import released, releases_of
from onrecord.record.run import Run, SourceReport


@dataclass(frozen=True)
class Record:
    """What is on record and may be read at `now`: newest first, the id deciding between equals."""

    site: Site
    now: datetime
    entries: tuple[Entry, ...] = ()
    components: Mapping[str, Component] = field(default_factory=dict)
    voices: Mapping[str, Voice] = field(default_factory=dict)
    bounds: Bounds = field(default_factory=Bounds)
    proofs: tuple[Proof, ...] = ()
    targets: Targets = field(default_factory=Targets)
    sources: tuple[SourceReport, ...] = ()
    demo: bool = False
    as_read: Mapping[str, tuple[Entry, str]] = field(default_factory=dict, repr=False)
    """Entries as they were read, with a digest of what that was."""
    built_at: datetime | None = None
    """When the site is built; it is told as of `now`, the last moment before that at which anything moved."""
    until: datetime | None = None
    """The next moment at which anything moves by the clock alone."""

    @property
    def run(self) -> Run:
        """Return what is said of the run that builds the site."""
        return Run(self.site, self.built_at or self.now, len(self.entries), self.sources, self.demo)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Return a digest of each entry by its id: of all that is on record of it, as it stands now."""
        return {entry.id: self._digest(entry) for entry in self.entries}

    @cached_property
    def changed(self) -> Mapping[str, datetime]:
        """Return when the newest thing about each entry was said, by its id: lists of all are put in its order."""
        return {entry.id: entry.changed for entry in self.entries}

    def _digest(self, entry: Entry) -> str:
        read, digest = self.as_read.get(entry.id, (None, ""))
        # An entry that the clock or another one has moved on is no longer the one that was read.
        return digest if read is entry else blake2b(write_entry(entry), digest_size=16).hexdigest()

    @cached_property
    def cast(self) -> str:
        """Return a digest of what entries only name: the site, its components, who speaks, and the sources."""
        sources = [(source.name, source.title, source.address) for source in self.sources]
        told = repr((self.site, self.components, self.voices, sources, self.demo))
        return blake2b(told.encode(errors="surrogatepass"), digest_size=16).hexdigest()

    @cached_property
    def open_now(self) -> tuple[Entry, ...]:
        """Return the trouble that is not over, the worst first, then the newest."""
        found = self._where(lambda entry: entry.kind in TROUBLE and entry.is_open)
        return tuple(sorted(found, key=_worst_first))

    @cached_property
    def planned(self) -> tuple[Entry, ...]:
        """Return maintenance that is to come, or was called off before its time, the next first."""
        return self._work(lambda entry: entry.status is Status.SCHEDULED or self._is_called_off(entry))

    @cached_property
    def under_way(self) -> tuple[Entry, ...]:
        """Return maintenance that has begun and is not over, the one that began first first."""
        return self._work(lambda entry: entry.status in RUNNING)

    @cached_property
    def known_issues(self) -> tuple[Entry, ...]:
        """Return the known issues that are open, the worst first."""
        return tuple(entry for entry in self.open_now if entry.kind is Kind.KNOWN_ISSUE)

    @cached_property
    def today(self) -> date:
        """Return the day it is on the site's clock."""
        return self.now.astimezone(ZoneInfo(self.site.timezone)).date()

    @cached_property
    def has_voices(self) -> bool:
        """Tell whether anything is said about who speaks for the brand, and who does not."""
        return bool(self.voices) or self.bounds != Bounds()

    @cached_property
    def own_accounts(self) -> tuple[Account, ...]:
        """Return the brand's own accounts, as long as it speaks from them."""
        brands = (voice for voice in self.voices.values() if voice.brand and voice.speaks_on(self.today))
        return tuple(account for voice in brands for account in voice.accounts)

    def who(self, by: str | None) -> Voice:
        """Return whom readers know under a name of `voices.yml`: the site itself where there is no name."""
        return (self.voices.get(by) or Voice(name=by)) if by else self._itself

    @cached_property
    def _itself(self) -> Voice:
        return Voice(name=self.site.title)

    def places(self, entry: Entry) -> tuple[Venue, ...]:
        """Return where else an entry is in public, but for places that its page links to anyway."""
        source = entry.source
        if source is None or not source.url or any(venue.url == source.url for venue in entry.venues):
            return besides(entry, None)  # nearly always: most sources name the place as one of the entry's
        titles = {each.name: each.title for each in self.sources}
        return besides(entry, Venue(name=titles.get(source.name, source.name), url=source.url))

    @cached_property
    def releases(self) -> Mapping[str, Announcement]:
        """Return the announcement that releases what an entry says was fixed, by that entry's id."""
        return releases_of(self._standing, self.now)

    @cached_property
    def fixed_in(self) -> Mapping[str, tuple[Entry, ...]]:
        """Return what was fixed in the version that an announcement releases, newest first, by its id."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            if release := self.releases.get(entry.id):
                found[release.id] = (*found.get(release.id, ()), entry)
        return found

    def fixed_within(self, days: int) -> tuple[Entry, ...]:
        """Return the known issues that were fixed in the last so many days, the latest first."""
        since = self.now - timedelta(days=days)
        return self.latest(
            lambda entry: (
                entry.kind is Kind.KNOWN_ISSUE
                and entry.status in FIXED
                and (ended := _over(entry)) is not None
                and ended >= since
            )
        )

    @cached_property
    def pinned(self) -> tuple[Entry, ...]:
        """Return what is kept at the top while it is current, newest first."""
        return tuple(self._where(lambda entry: entry.pinned and entry.status is not Status.EXPIRED))

    @cached_property
    def news(self) -> tuple[Entry, ...]:
        """Return what the brand had to say: announcements, apologies and fix notes, newest first."""
        return tuple(self._where(lambda entry: entry.kind in NEWS))

    @cached_property
    def maintenance(self) -> tuple[Entry, ...]:
        """Return all planned work, newest first."""
        return tuple(self._where(_is_maintenance))

    @cached_property
    def about(self) -> Mapping[str, tuple[Entry, ...]]:
        """Return the entries about each component, newest first, by its name."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for component in dict.fromkeys(entry.components):
                found.setdefault(component, []).append(entry)
        return {component: tuple(entries) for component, entries in found.items()}

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Return every topic that an entry has, in the order of the alphabet."""
        return tuple(sorted({topic for entry in self.entries for topic in entry.topics}))

    def latest(self, which: Callable[[Entry], bool], count: int | None = None) -> tuple[Entry, ...]:
        """Return the entries that a question picks, the one that changed last first."""
        return tuple(sorted(self._where(which), key=lambda entry: entry.changed, reverse=True)[:count])

    def _work(self, which: Callable[[Maintenance], bool]) -> tuple[Entry, ...]:
        found = (entry for entry in self._where(_is_maintenance) if isinstance(entry, Maintenance) and which(entry))
        return tuple(sorted(found, key=lambda entry: (entry.scheduled_for, entry.id)))

    def _is_called_off(self, entry: Maintenance) -> bool:
        return entry.status is Status.CANCELLED and entry.scheduled_until > self.now

    def _where(self, which: Callable[[Entry], bool]) -> list[Entry]:
        return [entry for entry in self._standing if which(entry)]

    @cached_property
    def _standing(self) -> Sequence[Entry]:
        return [entry for entry in self.entries if entry.status is not Status.WITHDRAWN]


def readable(entries: Iterable[Entry], now: datetime) -> tuple[Entry, ...]:
    """Return the entries that may be published at a moment, newest first: no drafts, none before or after its time.

    Nothing hints at an entry that is hidden, not even another one's link; announcements and
    maintenance move on by the clock where nobody has said more, and what was fixed by its release.
    """
    everything = tuple(entries)
    hidden = {entry.id for entry in everything if _is_hidden(entry, now)}
    shown = released(
        [_as_of(now, _without(hidden, entry)) for entry in everything if entry.id not in hidden],
        now,
    )
    return tuple(sorted(shown, key=lambda entry: (entry.opened, entry.id), reverse=True))


def _is_maintenance(entry: Entry) -> bool:
    return entry.kind is Kind.MAINTENANCE


def _is_hidden(entry: Entry, now: datetime) -> bool:
    """Tell whether it is not yet, or no more, an entry's time; an announcement stays and says that it is over."""
    over = entry.expires_at is not None and entry.expires_at <= now and not isinstance(entry, Announcement)
    return entry.draft or over or (entry.publish_at is not None and entry.publish_at > now)


def _without(hidden: set[str], entry: Entry) -> Entry:
    if not hidden:
        return entry
    named = {field: getattr(entry, field) for field in LINKS_OF[entry.kind]}
    found = {field: links for field, links in named.items() if not hidden.isdisjoint(links)}
    kept = {field: tuple(link for link in links if link not in hidden) for field, links in found.items()}
    return entry.model_copy(update=kept) if kept else entry


def _as_of(now: datetime, entry: Entry) -> Entry:
    if isinstance(entry, Announcement) and entry.status is Status.PUBLISHED:
        over = entry.expires_at is not None and entry.expires_at <= now
        return entry.model_copy(update={"status": Status.EXPIRED}) if over else entry
    if isinstance(entry, Maintenance) and entry.status is Status.SCHEDULED and entry.scheduled_for <= now:
        if entry.scheduled_until > now:
            return entry.model_copy(update={"status": Status.IN_PROGRESS})
        return entry.model_copy(
            update={"status": Status.COMPLETED, "closed": max(entry.scheduled_until, entry.opened)}
        )
    return entry


def weight(entry: Entry) -> float:
    """Return how much an entry hurts, to compare two: one of which nobody said so weighs a little less than minor."""
    return entry.impact.weight if entry.impact else Impact.MINOR.weight / 2


def _over(entry: Entry) -> datetime | None:
    """Return since when readers have the fix: with a version, since it came out."""
    released = entry.released_at if isinstance(entry, Raisable) else None
    return max(released, entry.closed) if released and entry.closed else entry.closed


def _worst_first(entry: Entry) -> tuple[float, float, str]:
    return -weight(entry), -entry.opened.timestamp(), entry.id
