"""The kinds of entries and the words that say where one stands.

The tables here are the only place that knows which statuses a kind has and which of them close it.
"""

from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What an entry is."""

    ISSUE = "issue"
    KNOWN_ISSUE = "known-issue"
    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
    ANNOUNCEMENT = "announcement"
    APOLOGY = "apology"
    FIX_NOTE = "fix-note"


class Status(StrEnum):
    """Where an entry is now."""

    REPORTED = "reported"
    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    WORKAROUND = "workaround"
    MONITORING = "monitoring"
    FIXED_UNRELEASED = "fixed_unreleased"
    RESOLVED = "resolved"
    WONT_FIX = "wont_fix"
    EXTERNAL = "external"
    POSTMORTEM = "postmortem"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    PUBLISHED = "published"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


IssueStatus = Literal[
    Status.REPORTED,
    Status.INVESTIGATING,
    Status.IDENTIFIED,
    Status.WORKAROUND,
    Status.MONITORING,
    Status.FIXED_UNRELEASED,
    Status.RESOLVED,
    Status.WONT_FIX,
    Status.EXTERNAL,
    Status.WITHDRAWN,
]
IncidentStatus = Literal[
    Status.INVESTIGATING,
    Status.IDENTIFIED,
    Status.MONITORING,
    Status.RESOLVED,
    Status.POSTMORTEM,
    Status.WITHDRAWN,
]
MaintenanceStatus = Literal[
    Status.SCHEDULED,
    Status.IN_PROGRESS,
    Status.VERIFYING,
    Status.COMPLETED,
    Status.CANCELLED,
    Status.WITHDRAWN,
]
AnnouncementStatus = Literal[Status.PUBLISHED, Status.EXPIRED, Status.WITHDRAWN]
NoteStatus = Literal[Status.PUBLISHED, Status.WITHDRAWN]

FIRST_STATUS = {
    Kind.ISSUE: Status.REPORTED,
    Kind.KNOWN_ISSUE: Status.INVESTIGATING,
    Kind.INCIDENT: Status.INVESTIGATING,
    Kind.MAINTENANCE: Status.SCHEDULED,
    Kind.ANNOUNCEMENT: Status.PUBLISHED,
    Kind.APOLOGY: Status.PUBLISHED,
    Kind.FIX_NOTE: Status.PUBLISHED,
}
"""Where an entry starts when nobody says otherwise."""

FIXED = frozenset({Status.RESOLVED, Status.POSTMORTEM})
"""The trouble is over and it was ours to end."""

CLOSED = FIXED | {
    Status.WONT_FIX,
    Status.EXTERNAL,
    Status.WITHDRAWN,
    Status.COMPLETED,
    Status.CANCELLED,
    Status.PUBLISHED,
    Status.EXPIRED,
}
"""Nothing more is owed: leaving one of these for another is a reopening."""

RUNNING = frozenset({Status.IN_PROGRESS, Status.VERIFYING})
"""Planned work has begun and is not over."""

TROUBLE = frozenset({Kind.ISSUE, Kind.KNOWN_ISSUE, Kind.INCIDENT})
"""Kinds that say something is or was wrong."""

NEWS = frozenset({Kind.ANNOUNCEMENT, Kind.APOLOGY, Kind.FIX_NOTE})
"""Kinds in which the brand speaks first."""


class Impact(StrEnum):
    """How much an entry hurts."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def weight(self) -> int:
        """Return 0 for none up to 3 for critical."""
        return list(Impact).index(self)


class ComponentState(StrEnum):
    """How a component is doing, in the words that status pages share."""

    OPERATIONAL = "operational"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"
    UNDER_MAINTENANCE = "under_maintenance"


class Fault(StrEnum):
    """Whose doing it was, as the brand says it."""

    OURS = "ours"
    SHARED = "shared"
    SUPPLIER = "supplier"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"


class UpdateKind(StrEnum):
    """What an update does for the person who asked."""

    ACK = "ack"
    ANSWER = "answer"
    HANDOFF = "handoff"
    CLOSE = "close"
    NOTE = "note"


class Weight(StrEnum):
    """How much a correction changes."""

    TYPO = "typo"
    FACT = "fact"
    SAFETY = "safety"
