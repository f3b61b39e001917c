"""The entry: one thing on record, in one of seven kinds.

This is the one list of fields. The reader of front matter, the JSON Schema and the pages all follow from it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    SerializerFunctionWrapHandler,
    TypeAdapter,
    WrapSerializer,
    model_validator,
)

from onrecord.model.folded import newest_of, whole
from onrecord.model.kinds import (
    CLOSED,
    AnnouncementStatus,
    Fault,
    Impact,
    IncidentStatus,
    IssueStatus,
    Kind,
    MaintenanceStatus,
    NoteStatus,
    Status,
)
from onrecord.model.parts import (
    Affected,
    Affects,
    Correction,
    Excluded,
    Handoff,
    Part,
    Post,
    Prevention,
    Raised,
    Repair,
    SourceRef,
    Span,
    Update,
    Venue,
    first_and_last,
)
from onrecord.model.scalars import Id, Language, Line, Moment, Slug, Text

_KIND = "what it is; decides which other fields it has"
_STATUS = "where it stands now; left out, the newest update that names a status decides"
_STARTED = "when the harm began"
_ENDED = "when the harm was over"
_AFFECTED = "who was touched, and how many"
_DO_NOW = "what readers can or must do themselves; say so if it is nothing"
_REMAINS = "what is still not right"
_OTHERS = "what people who do not speak for you wrote about it in public"
_PREVENTION = "what we change so that it does not recur, each with a date"


def _oldest_first(updates: Sequence[Update]) -> tuple[Update, ...]:
    return tuple(sorted(updates, key=lambda update: update.at))


def _unfolded(updates: Sequence[Update], write: SerializerFunctionWrapHandler) -> Any:
    return write(whole(updates))


_Updates = Annotated[
    Sequence[Update],
    GetPydanticSchema(lambda _, schema_of: schema_of(tuple[Update, ...])),
    AfterValidator(_oldest_first),
    WrapSerializer(_unfolded),
]
"""A tuple as it is read and written; in memory it may be folded."""


class Entry(Part):
    """One thing on record: what every kind of entry has."""

    id: Id = Field(description="the name of its file without the ending, for ever; need not be written")
    kind: Kind = Field(description=_KIND)
    title: Line = Field(description="one line that a customer would recognise the matter by")
    lang: Language = Field("en", description="the language it is written in, like `en` or `pt-BR`")
    status: Status = Field(description=_STATUS)
    impact: Impact | None = Field(None, description="how much it hurts")
    components: tuple[Slug, ...] = Field((), description="names from components.yml")
    topics: tuple[Slug, ...] = Field((), description="what it is about, in names of your own")
    opened: Moment = Field(description="when it was raised, began or was announced")
    closed: Moment | None = Field(None, description="left out, the time of the update that closed it")
    updated: Moment | None = Field(None, description="left out, the time of the newest update")
    publish_at: Moment | None = Field(None, description="nothing of it is published before this time")
    expires_at: Moment | None = Field(
        None, description="from this time on it is no longer current; a day alone is its beginning"
    )
    pinned: bool = Field(False, description="true keeps it at the top")
    summary: Line | None = Field(None, description="one line for lists and feeds; left out, the words begin it")
    body: Text = Field("", description="the words below the front matter; not written in it")
    updates: _Updates = Field((), description="oldest first")
    corrections: tuple[Correction, ...] = Field((), description="what we said and had to correct")
    related: tuple[Id, ...] = Field((), description="ids of entries that belong to it; they link back")
    aliases: tuple[Id, ...] = Field((), description="older ids: each gets a page that leads here")
    venues: tuple[Venue, ...] = Field((), description="public places where it was raised or answered")
    source: SourceRef | None = Field(None, description="where it was pulled from; the machine writes it")
    author: Line | None = Field(None, description="who wrote it: a name from voices.yml")
    metrics: Literal["include"] | Excluded = Field(
        "include", description="`{exclude: why}` leaves it out of the figures, openly"
    )
    fault: Fault | None = Field(None, description="whose doing it was")
    draft: bool = Field(False, description="true keeps it out of every page and file")
    minor_edit: bool = Field(False, description="true says that the last change was one of spelling only")

    @model_validator(mode="after")
    def _times_run_forward(self) -> Self:
        if self.closed and self.closed < self.opened:
            raise ValueError(
                '"closed" is before "opened": correct one of the two, or the time of the update that closes it'
            )
        return self

    @property
    def is_open(self) -> bool:
        """Tell whether something is still owed."""
        return self.status not in CLOSED

    @property
    def published(self) -> datetime:
        """Return when readers could first see it."""
        return max(self.opened, self.publish_at or self.opened)

    @property
    def changed(self) -> datetime:
        """Return the moment of the newest thing said about this entry."""
        if self.updated:
            return self.updated
        newest = (newest_of(self.updates),) if self.updates else ()
        return max(self.opened, self.closed or self.opened, *newest, *(each.at for each in self.corrections))


class Raisable(Entry):
    """What an issue and a known issue share: someone raised it, someone follows it up."""

    status: IssueStatus = Field(description=_STATUS)
    raised: Raised | None = Field(None, description="how the customer first said it in public")
    others: Annotated[tuple[Post, ...], AfterValidator(first_and_last)] = Field((), description=_OTHERS)
    found_at: Moment | None = Field(None, description="when we first saw it")
    logged_at: Moment | None = Field(None, description="when it went on record")
    waiting_on_customer: tuple[Span, ...] = Field((), description="when the next word was the customer's")
    handoff: Handoff | None = Field(None, description="that it was passed to the customer-care team")
    reopened_at: tuple[Moment, ...] = Field((), description="left out, the updates tell")
    fixed_in: Line | None = Field(None, description="the version that carries the fix")
    released_at: Moment | None = Field(
        None, description="when that version came out; left out, the announcement that releases it tells"
    )
    released_by: Slug | None = Field(
        None, description="the source whose announcements tell that; left out, any announcement"
    )


class Issue(Raisable):
    """Something a customer raised in public, with our answers and its outcome."""

    kind: Literal[Kind.ISSUE] = Field(description=_KIND)


class KnownIssue(Raisable):
    """A confirmed defect still affecting people, with or without a workaround."""

    kind: Literal[Kind.KNOWN_ISSUE] = Field(description=_KIND)
    symptom: Line | None = Field(None, description="what people see, in their words")
    affects: Affects | None = Field(None, description="which versions and platforms have it")
    introduced_in: Line | None = Field(None, description="the version that brought it")
    do_now: Text | None = Field(None, description='the workaround, or "none yet"')
    next_step: Line | None = Field(None, description="what we do next about it")


class Incident(Entry):
    """Unplanned harm to users of a component."""

    kind: Literal[Kind.INCIDENT] = Field(description=_KIND)
    status: IncidentStatus = Field(description=_STATUS)
    started_at: Moment | None = Field(None, description=_STARTED)
    ended_at: Moment | None = Field(None, description=_ENDED)
    affected: Affected | None = Field(None, description=_AFFECTED)
    do_now: Text | None = Field(None, description=_DO_NOW)
    cadence: Line | None = Field(None, description='how often we promise news, like "every 30 minutes"')
    remains: Text | None = Field(None, description=_REMAINS)
    prevention: tuple[Prevention, ...] = Field((), description=_PREVENTION)
    others: Annotated[tuple[Post, ...], AfterValidator(first_and_last)] = Field((), description=_OTHERS)
    reopened_at: tuple[Moment, ...] = Field((), description="left out, the updates tell")


class Maintenance(Entry):
    """Planned work."""

    kind: Literal[Kind.MAINTENANCE] = Field(description=_KIND)
    status: MaintenanceStatus = Field(description=_STATUS)
    scheduled_for: Moment = Field(description="when the work is to begin")
    scheduled_until: Moment = Field(description="when it is to be done")
    timezone: Line | None = Field(None, description="the zone that the announcement speaks in")
    impact_text: Text | None = Field(None, description="what will not work meanwhile")
    still_works: Text | None = Field(None, description="what can be used all the same")
    do_now: Text | None = Field(None, description=_DO_NOW)
    recurrence: Line | None = Field(None, description='how often it comes back, like "first Sunday of the month"')

    @property
    def done_off_plan(self) -> datetime | None:
        """Return when the work was done, where that was not the planned minute."""
        return self.closed if self.status is Status.COMPLETED and self.closed != self.scheduled_until else None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.scheduled_until <= self.scheduled_for:
            raise ValueError('"scheduled_until" is not after "scheduled_for": set it to the end of the work')
        return self


class Announcement(Entry):
    """News from the brand."""

    kind: Literal[Kind.ANNOUNCEMENT] = Field(description=_KIND)
    status: AnnouncementStatus = Field(description=_STATUS)
    audience: Line | None = Field(None, description="whom it concerns")
    releases: Line | None = Field(None, description="the version that it releases; what was fixed in it is then out")


class Note(Entry):
    """What an apology and a fix note share: what happened to whom, and what was done about it."""

    status: NoteStatus = Field(description=_STATUS)
    affected: Affected | None = Field(None, description=_AFFECTED)
    started_at: Moment | None = Field(None, description=_STARTED)
    ended_at: Moment | None = Field(None, description=_ENDED)
    do_now: Text | None = Field(None, description=_DO_NOW)
    remains: Text | None = Field(None, description=_REMAINS)
    repair: Repair | None = Field(None, description="what affected people get")
    prevention: tuple[Prevention, ...] = Field((), description=_PREVENTION)


class Apology(Note):
    """The brand says sorry: responsibility, repair and prevention are fields, so that none is forgotten."""

    kind: Literal[Kind.APOLOGY] = Field(description=_KIND)
    for_: tuple[Id, ...] = Field((), alias="for", description="the ids of the entries it apologises for")
    responsibility: Text | None = Field(None, description="what we did wrong, in a sentence that begins with we")
    signed_by: Line | None = Field(None, description="who says sorry: a name from voices.yml")
    legal_reviewed_by: Line | None = Field(None, description="who read it for the lawyers")


class FixNote(Note):
    """What was wrong, what was fixed and what is left."""

    kind: Literal[Kind.FIX_NOTE] = Field(description=_KIND)
    fixes: tuple[Id, ...] = Field((), description="the ids of the entries it fixes")
    version: Line | None = Field(None, description="the version that carries the fix")


AnyEntry = Annotated[
    Issue | KnownIssue | Incident | Maintenance | Announcement | Apology | FixNote,
    Field(discriminator="kind"),
]
ENTRIES: TypeAdapter[AnyEntry] = TypeAdapter(AnyEntry, config=ConfigDict(defer_build=True))
"""Reads and describes an entry of any kind; made when it is first asked, since a site at rest reads none."""

KINDS: dict[Kind, type[Entry]] = {
    Kind.ISSUE: Issue,
    Kind.KNOWN_ISSUE: KnownIssue,
    Kind.INCIDENT: Incident,
    Kind.MAINTENANCE: Maintenance,
    Kind.ANNOUNCEMENT: Announcement,
    Kind.APOLOGY: Apology,
    Kind.FIX_NOTE: FixNote,
}

STATUSES: dict[Kind, tuple[Status, ...]] = {
    kind: get_args(entry.model_fields["status"].annotation) for kind, entry in KINDS.items()
}
"""The statuses that an entry of a kind, and so its updates, may have."""

LINKS = ("related", "for_", "fixes")
"""The fields that name other entries, on the kinds that have them; each link shows on both pages."""

LINKS_OF: dict[Kind, tuple[str, ...]] = {
    kind: tuple(field for field in LINKS if field in entry.model_fields) for kind, entry in KINDS.items()
}
"""Which of them a kind has."""


def write_entry(entry: Entry) -> bytes:
    """Return an entry as the record keeps it: JSON in the order of the fields, absent fields left out."""
    text = entry.model_dump_json(by_alias=True, exclude_defaults=True, indent=1)
    return f"{text}\n".encode()
