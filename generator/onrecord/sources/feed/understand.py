"""Thinking about a feed: what its items mean for the record, without talking to anyone."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from onrecord.contracts import Batch, Known, Understood
from onrecord.model.entry import KINDS, Entry
from onrecord.model.kinds import Kind, Status
from onrecord.model.parts import SourceRef
from onrecord.model.scalars import Language
from onrecord.sources.feed.item import Item
from onrecord.sources.feed.read import read
from onrecord.sources.feed.settings import FeedSettings
from onrecord.words import plain

_LANGUAGE = TypeAdapter(Language)
_ZERO = datetime(1970, 1, 2, tzinfo=UTC)
_TITLE_FROM_BODY = 100  # characters
_NEUTRAL = {Kind.ANNOUNCEMENT: "Announcement", Kind.FIX_NOTE: "Fix note"}


def understand(settings: FeedSettings, batch: Batch, known: Known) -> Understood:
    """Return the entries that a feed brings or changes, and the marks that it leaves.

    What is not in the feed any more stays on record: a feed is a window. Without news the marks stay too, so
    that a server whose validators change each time costs no commit.
    """
    found: dict[str, Entry] = {}
    marks: Mapping[str, str] = known.marks
    for answer in batch:
        if answer.about == "feed":
            for item in read(answer.body, answer.url):
                entry_id = f"{known.name}-{hashlib.sha256(item.key.encode()).hexdigest()[:12]}"
                # The newest stands first; what says the same id again is an older state of it.
                if entry_id not in found and (item.title or item.body):
                    found[entry_id] = _entry(settings, known, entry_id, item)
    changed = tuple(entry for entry in found.values() if entry != known.entries.get(entry.id))
    for answer in batch:
        if answer.about == "read" and (changed or answer.body["settings"] != known.marks.get("settings")):
            marks = answer.body
    return Understood(changed, marks)


def _entry(settings: FeedSettings, known: Known, entry_id: str, item: Item) -> Entry:
    """Return what an item makes; when it was fetched moves only if something else did."""
    old = known.entries.get(entry_id)
    kind = _kind(settings, item)
    opened = old.opened if old else _past(item.published, known) or known.now
    updated = _past(item.updated, known)
    url = item.link if settings.link else None
    expires = kind is Kind.ANNOUNCEMENT and settings.expires_after_days
    entry = KINDS[kind](
        id=entry_id,
        kind=kind,
        status=Status.PUBLISHED,
        title=item.title or plain(item.body, _TITLE_FROM_BODY) or _NEUTRAL[kind],
        lang=_language(item.lang),
        opened=opened,
        updated=updated if updated and updated > opened else None,
        expires_at=opened + timedelta(days=expires) if expires else None,
        summary=item.summary or None,
        body=item.body,
        topics=tuple(_topics(settings, item)),
        author=_author(known, item),
        source=SourceRef(name=known.name, url=url, fetched_at=known.now),
    )
    unmoved = entry.model_copy(update={"source": old.source}) if old else None
    same_place = old and old.source and old.source.url == url
    return unmoved if unmoved and unmoved == old and same_place else entry


def _past(moment: datetime | None, known: Known) -> datetime | None:
    """Return a moment that can be true: after the zero of computers' clocks, and not in the future."""
    return moment if moment and _ZERO < moment <= known.now else None


def _kind(settings: FeedSettings, item: Item) -> Kind:
    fixes = _carries(item, settings.fix_note_categories)
    return Kind.FIX_NOTE if fixes else Kind(settings.kind)


def _topics(settings: FeedSettings, item: Item) -> Iterator[str]:
    named = [topic for topic, category in settings.topic_categories.items() if _carries(item, [category])]
    yield from dict.fromkeys([*settings.topics, *named])


def _carries(item: Item, categories: Iterable[str]) -> bool:
    mine = {" ".join(category.split()).casefold() for category in item.categories}
    return any(category.casefold() in mine for category in categories)


def _author(known: Known, item: Item) -> str | None:
    """Return the voice that wrote an item; any other name is nobody's business here."""
    names = {author.strip().casefold() for author in item.authors}
    day = (item.published or known.now).date()
    for name, voice in known.voices.items():
        in_office = (voice.from_ is None or voice.from_ <= day) and (voice.until is None or day <= voice.until)
        if in_office and voice.name.casefold() in names:
            return name
    return None


def _language(code: str | None) -> str:
    try:
        return _LANGUAGE.validate_python((code or "").strip().replace("_", "-"))
    except ValidationError:
        return str(Entry.model_fields["lang"].default)
