"""The entry: one thing on record, in one of seven kinds.

This is the one list of fields. The reader of front matter, the JSON Schema and the pages all follow from it.
"""

from datetime import datetime
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

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
    Prevention,
    Raised,
    Repair,
    SourceRef,
    Span,
    Update,
    Venue,
)
from onrecord.model.scalars import Id, Language, Line, Moment, Slug, Text


def _oldest_first(updates: tuple[Update, ...]) -> tuple[Update, ...]:
    return tuple(sorted(updates, key=lambda update: update.at))


class Entry(Part):
    """One thing on record: what every kind of entry has."""

    id: Id
    kind: Kind
    title: Line = Field(description="one line that a customer would recognise the matter by")
    lang: Language = "en"
    status: Status
    impact: Impact | None = None
    components: tuple[Slug, ...] = Field((), description="names from components.yml")
    topics: tuple[Slug, ...] = ()
    opened: Moment = Field(description="when it was raised, began or was announced")
    closed: Moment | None = None
    updated: Moment | None = Field(None, description="left out, the time of the newest update")
    publish_at: Moment | None = Field(None, description="nothing of it is published before this time")
    expires_at: Moment | None = Field(None, description="it is no longer current after this time")
    pinned: bool = False
    summary: Line | None = None
    body: Text = ""
    updates: Annotated[tuple[Update, ...], AfterValidator(_oldest_first)] = Field((), description="oldest first")
    corrections: tuple[Correction, ...] = ()
    related: tuple[Id, ...] = ()
    aliases: tuple[Id, ...] = Field((), description="older ids: each gets a page that leads here")
    venues: tuple[Venue, ...] = ()
    source: SourceRef | None = None
    author: Line | None = Field(None, description="who wrote it: a name from voices.yml")
    metrics: Literal["include"] | Excluded = "include"
    fault: Fault | None = None
    draft: bool = Field(False, description="true keeps it out of every page and file")
    minor_edit: bool = False

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
    def changed(self) -> datetime:
        """Return the moment of the newest thing said about this entry."""
        said = [update.at for update in self.updates] + [correction.at for correction in self.corrections]
        return self.updated or max(self.opened, self.closed or self.opened, *said)


class Raisable(Entry):
    """What an issue and a known issue share: someone raised it, someone follows it up."""

    status: IssueStatus
    raised: Raised | None = None
    found_at: Moment | None = Field(None, description="when we first saw it")
    logged_at: Moment | None = Field(None, description="when it went on record")
    waiting_on_customer: tuple[Span, ...] = ()
    handoff: Handoff | None = None
    reopened_at: tuple[Moment, ...] = ()
    fixed_in: Line | None = Field(None, description="the version that carries the fix")
    released_at: Moment | None = None


class Issue(Raisable):
    """Something a customer raised in public, with our answers and its outcome."""

    kind: Literal[Kind.ISSUE]


class KnownIssue(Raisable):
    """A confirmed defect still affecting people, with or without a workaround."""

    kind: Literal[Kind.KNOWN_ISSUE]
    symptom: Line | None = Field(None, description="what people see, in their words")
    affects: Affects | None = None
    introduced_in: Line | None = None
    do_now: Text | None = Field(None, description='the workaround, or "none yet"')
    next_step: Line | None = None


class Incident(Entry):
    """Unplanned harm to users of a component."""

    kind: Literal[Kind.INCIDENT]
    status: IncidentStatus
    started_at: Moment | None = None
    ended_at: Moment | None = None
    affected: Affected | None = None
    do_now: Text | None = None
    cadence: Line | None = Field(None, description='how often we promise news, like "every 30 minutes"')
    remains: Text | None = None
    prevention: tuple[Prevention, ...] = ()
    reopened_at: tuple[Moment, ...] = ()


class Maintenance(Entry):
    """Planned work."""

    kind: Literal[Kind.MAINTENANCE]
    status: MaintenanceStatus
    scheduled_for: Moment
    scheduled_until: Moment
    timezone: Line | None = Field(None, description="the zone that the announcement speaks in")
    impact_text: Text | None = Field(None, description="what will not work meanwhile")
    still_works: Text | None = None
    do_now: Text | None = None
    recurrence: Line | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.scheduled_until <= self.scheduled_for:
            raise ValueError('"scheduled_until" is not after "scheduled_for": set it to the end of the work')
        return self


class Announcement(Entry):
    """News from the brand."""

    kind: Literal[Kind.ANNOUNCEMENT]
    status: AnnouncementStatus
    audience: Line | None = None


class Note(Entry):
    """What an apology and a fix note share: what happened to whom, and what was done about it."""

    status: NoteStatus
    affected: Affected | None = None
    started_at: Moment | None = None
    ended_at: Moment | None = None
    do_now: Text | None = None
    remains: Text | None = None
    repair: Repair | None = None
    prevention: tuple[Prevention, ...] = ()


class Apology(Note):
    """The brand says sorry: responsibility, repair and prevention are fields, so that none is forgotten."""

    kind: Literal[Kind.APOLOGY]
    for_: tuple[Id, ...] = Field((), alias="for", description="the ids of the entries it apologises for")
    responsibility: Text | None = None
    signed_by: Line | None = None
    legal_reviewed_by: Line | None = None


class FixNote(Note):
    """What was wrong, what was fixed and what is left."""

    kind: Literal[Kind.FIX_NOTE]
    fixes: tuple[Id, ...] = Field((), description="the ids of the entries it fixes")
    version: Line | None = None


AnyEntry = Annotated[
    Issue | KnownIssue | Incident | Maintenance | Announcement | Apology | FixNote,
    Field(discriminator="kind"),
]
ENTRIES: TypeAdapter[AnyEntry] = TypeAdapter(AnyEntry)
"""Reads and describes an entry of any kind."""

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


def write_entry(entry: Entry) -> bytes:
    """Return an entry as the record keeps it: JSON in the order of the fields, absent fields left out."""
    text = entry.model_dump_json(by_alias=True, exclude_defaults=True, indent=1)
    return f"{text}\n".encode()
