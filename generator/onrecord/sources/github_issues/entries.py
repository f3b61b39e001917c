"""From a row to an entry: which field of ours each of GitHub's becomes."""

from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.contracts import Known
from onrecord.model.entry import KINDS, Entry, Raisable
from onrecord.model.kinds import Kind, Status, UpdateKind
from onrecord.model.parts import Raised, SourceRef, Update, Venue
from onrecord.sources.github.standing import entry_id
from onrecord.sources.github.typed import typed
from onrecord.sources.github_issues import plan
from onrecord.sources.github_issues.lifeline import VENUE, end, lifeline, outcome
from onrecord.sources.github_issues.others import posts_of
from onrecord.sources.github_issues.rows import CommentRow, EventRow, IssueRow, Milestone
from onrecord.sources.github_issues.settings import GitHubSettings
from onrecord.sources.github_issues.speakers import speaker
from onrecord.sources.rows import line_of

_NEUTRAL = {Kind.ISSUE: "Issue", Kind.KNOWN_ISSUE: "Known issue", Kind.INCIDENT: "Incident"}
_RANK: dict[UpdateKind | None, int] = {UpdateKind.ANSWER: 0, UpdateKind.CLOSE: 1, UpdateKind.NOTE: 2}


def build(
    settings: GitHubSettings, known: Known, row: IssueRow, old: Entry | None, events: Sequence[EventRow]
) -> Entry:
    """Return the entry that an issue makes, with the answers that the `old` one has; `old` is not withdrawn."""
    kind = plan.kind(settings, row)
    status = _ending(settings, row, kind) if row.closed else Status.INVESTIGATING
    life = lifeline(row, kind, status, old, events)
    answers = [update for update in old.updates if update.kind is UpdateKind.ANSWER] if old else []
    url = row.link if settings.link else None
    fetched_at = old.source.fetched_at if old and old.source else known.now
    facts: dict[str, Any] = {
        "id": entry_id(known.name, row.number),
        "kind": kind,
        "title": _title(settings, row, kind),
        "status": status,
        "components": _components(settings, row),
        "opened": row.created_at,
        "closed": end(row) if row.closed else None,
        "updates": in_order([*answers, *life.updates()]),
        "venues": (Venue(name=VENUE, url=url),) if settings.link else (),
        "source": SourceRef(name=known.name, url=url, fetched_at=fetched_at, labels=_labels(settings, row)),
        "others": posts_of(old) if old and settings.link else (),
        "reopened_at": life.reopened,
    }
    if speaker(row, known.voices):
        facts["body"] = typed(row.body)
    elif kind is not Kind.INCIDENT:
        facts["raised"] = Raised(at=row.created_at, venue=VENUE, url=url)
    facts |= _own_fields(settings, kind, status, row)
    return restated(KINDS[kind](**facts))


def _ending(settings: GitHubSettings, row: IssueRow, kind: Kind) -> Status:
    """Return what a closing means: where releases are known, a milestone says that the fix still waits for one."""
    status = outcome(kind, row.state_reason)
    waits = settings.released_by and kind is not Kind.INCIDENT and _version(row.milestone)
    return Status.FIXED_UNRELEASED if waits and status is Status.RESOLVED else status


def _own_fields(settings: GitHubSettings, kind: Kind, status: Status, row: IssueRow) -> dict[str, Any]:
    if kind is Kind.INCIDENT:
        return {"started_at": row.created_at, "ended_at": end(row) if row.closed else None}
    # While it is open a milestone is a plan, and to publish it would be a promise.
    if status is Status.FIXED_UNRELEASED:
        return {"fixed_in": _version(row.milestone), "released_by": settings.released_by}
    return {"fixed_in": _version(row.milestone) if status is Status.RESOLVED else None}


def answer_in(settings: GitHubSettings, known: Known, row: CommentRow) -> Update | None:
    """Return a comment as an update, or nothing when it is not the brand that speaks."""
    by = speaker(row, known.voices)
    if by is None:
        return None
    return Update(
        at=row.created_at,
        body=typed(row.body),
        by=by,
        venue=VENUE,
        url=row.link if settings.link else None,
        kind=UpdateKind.ANSWER,
    )


def restated(entry: Entry) -> Entry:
    """Return an entry whose status, while it is open, says whether the brand has spoken yet."""
    if entry.closed or not isinstance(entry, Raisable):
        return entry
    spoken = entry.raised is None or entry.reopened_at or any(update.body for update in entry.updates)
    return entry.model_copy(update={"status": Status.INVESTIGATING if spoken else Status.REPORTED})


def in_order(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return updates oldest first; in one second an answer comes before a closing, that before a reopening."""
    return tuple(sorted(updates, key=lambda update: (update.at, _RANK.get(update.kind, 0), update.url or "")))


def _title(settings: GitHubSettings, row: IssueRow, kind: Kind) -> str:
    written = line_of(row.title) if settings.titles == "source" else ""
    return written or f"{_NEUTRAL[kind]} {row.number}"


def _components(settings: GitHubSettings, row: IssueRow) -> tuple[str, ...]:
    carried = row.carries(settings.component_labels.values())
    return tuple(slug for slug, has in zip(settings.component_labels, carried, strict=True) if has)


def _labels(settings: GitHubSettings, row: IssueRow) -> tuple[str, ...]:
    """Return the labels in an order of their own; a private repository's may say what no customer should read."""
    return tuple(sorted({line_of(label) for label in row.labels} - {""})) if settings.link else ()


def _version(milestone: Milestone | None) -> str | None:
    return line_of(milestone.title) or None if milestone else None
