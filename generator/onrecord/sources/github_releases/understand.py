"""Thinking about releases: what a batch means for the record, without talking to anyone."""

from onrecord.contracts import Batch, Known, Understood
from onrecord.model.entry import Announcement, Entry
from onrecord.model.kinds import Kind, Status
from onrecord.model.parts import SourceRef, Venue
from onrecord.sources.github.people import voice_of
from onrecord.sources.github.standing import GONE, entry_id, fetched, lives, withdrawn
from onrecord.sources.github.typed import typed
from onrecord.sources.github_releases import plan
from onrecord.sources.github_releases.rows import ReleaseRow
from onrecord.sources.github_releases.settings import ReleasesSettings
from onrecord.sources.rows import line_of, read

_VENUE = "GitHub"


def understand(settings: ReleasesSettings, batch: Batch, known: Known) -> Understood:
    """Return the announcements that a batch makes, changes or withdraws, and how far has then been read."""
    found: dict[str, Entry | None] = {}
    marks = dict(known.marks)
    odd: list[str] = []
    gone: set[str] = set()
    for answer in batch:
        if answer.about == "releases":
            rows = read(ReleaseRow, answer.body, answer.url)
            odd += rows.odd
            found |= {entry_id(known.name, row.id): _taken(settings, known, row) for row in rows.read}
        elif answer.about == "gone":
            name = entry_id(known.name, answer.body)
            found[name] = _without(known, name, GONE)
            gone.add(name)
        elif answer.about == "read":
            marks |= answer.body
    changed = {name: entry for name, entry in found.items() if entry and entry != known.entries.get(name)}
    news = tuple(fetched(entry, known.now) for entry in changed.values())
    return Understood(news, marks, tuple(odd), frozenset(gone & changed.keys()))


def _taken(settings: ReleasesSettings, known: Known, row: ReleaseRow) -> Entry | None:
    """Return a release as it stands on record now, or nothing when it does not and never did."""
    name = entry_id(known.name, row.id)
    why = plan.objection(settings, row)
    return _without(known, name, why) if why else _announcement(settings, known, row, known.entries.get(name))


def _without(known: Known, name: str, why: str) -> Entry | None:
    old = known.entries.get(name)
    return withdrawn(old, known.now, why) if old and lives(old) else None


def _announcement(settings: ReleasesSettings, known: Known, row: ReleaseRow, old: Entry | None) -> Entry:
    version = line_of(row.tag_name)
    opened = row.published_at or row.created_at
    url = row.link if settings.link else None
    return Announcement(
        id=entry_id(known.name, row.id),
        kind=Kind.ANNOUNCEMENT,
        title=line_of(row.name) or version or f"Release {row.id}",
        status=Status.PUBLISHED,
        opened=opened,
        body=typed(row.body),
        releases=version or None,
        venues=(Venue(name=_VENUE, url=url),) if settings.link else (),
        source=SourceRef(
            name=known.name, url=url, fetched_at=old.source.fetched_at if old and old.source else known.now
        ),
        author=voice_of(row.author, opened, known.voices) if row.author else None,
    )
