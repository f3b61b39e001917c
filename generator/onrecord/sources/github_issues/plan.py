"""What to ask and what it makes: every decision about GitHub's rows, without hands.

`fetch` and `understand` both decide by this page, so that what is asked for is what is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.contracts import Known
from onrecord.errors import did_you_mean
from onrecord.model.entry import Entry
from onrecord.model.kinds import Kind
from onrecord.sources.github import standing
from onrecord.sources.github.settings import fingerprint
from onrecord.sources.github.standing import lives
from onrecord.sources.github_issues.rows import IssueRow
from onrecord.sources.github_issues.settings import TRACKING_LABELS, GitHubSettings

DONE = "done"


@dataclass(frozen=True, slots=True)
class Course:
    """Which list of issues to read: all that carry the labels (`sweep`), or whatever changed since a moment.

    `anew` means from the very beginning, so that afterwards what was not seen is known to be gone.
    """

    sweep: bool
    since: str | None = None
    anew: bool = False


def course(settings: GitHubSettings, known: Known) -> Course:
    """Return how to go on from what is known."""
    marks = known.marks
    if known.full or marks.get("settings") != fingerprint(settings, known.voices):
        return Course(sweep=True, anew=True)
    if marks.get("sweep") != DONE:
        return Course(sweep=True, since=marks.get("sweep") or None)
    return Course(sweep=False, since=marks.get("issues") or None)


def list_params(settings: GitHubSettings, way: Course) -> dict[str, str | int]:
    """Return what to ask of the list of issues.

    Only a sweep filters by label at the server: a change may be that a label was taken off.
    """
    params: dict[str, str | int] = {"state": "all", "sort": "updated", "direction": "asc", "per_page": 100}
    if way.since:
        params["since"] = way.since
    # The server takes a comma for the end of a name; then the filter is ours alone.
    if way.sweep and settings.labels and not any("," in label for label in settings.labels):
        params["labels"] = ",".join(settings.labels)
    return params


def newest(*, issues: bool) -> dict[str, str | int]:
    """Return how to ask for the one row of a list that moved last."""
    every: dict[str, str | int] = {"state": "all"} if issues else {}
    return every | {"sort": "updated", "direction": "desc", "per_page": 1}


def comment_params(since: str) -> dict[str, str | int]:
    """Return what to ask of the list of all comments."""
    params: dict[str, str | int] = {"sort": "updated", "direction": "asc", "per_page": 100}
    return params | {"since": since} if since else params


def belongs(settings: GitHubSettings, row: IssueRow, old: Entry | None) -> bool:
    """Tell whether an issue is on record: it carries the labels and is closed, of a marked kind, or was before."""
    if row.pull_request or any(row.carries(TRACKING_LABELS)) or objection(settings, row):
        return False
    return row.closed or kind(settings, row) is not Kind.ISSUE or lives(old)


def objection(settings: GitHubSettings, row: IssueRow) -> str | None:
    """Return why an issue may not be on record, as readers are told, or nothing."""
    if row.closed and row.state_reason == "duplicate":
        return "Withdrawn: it was closed as a duplicate of another issue."
    if not all(row.carries(settings.labels)):
        return "Withdrawn: it no longer carries the label that puts it on record."
    return None


def kind(settings: GitHubSettings, row: IssueRow) -> Kind:
    """Return what an issue is by its labels; a known issue stays one when it is fixed."""
    if any(row.carries(settings.incident_labels)):
        return Kind.INCIDENT
    return Kind.KNOWN_ISSUE if any(row.carries(settings.known_issue_labels)) else Kind.ISSUE


def wants_comments(settings: GitHubSettings, row: IssueRow, old: Entry | None, *, anew: bool) -> bool:
    """Tell whether what was said before on an issue has still to be read: it comes on record now, or anew."""
    return row.comments > 0 and (anew or not lives(old)) and belongs(settings, row, old)


def wants_events(settings: GitHubSettings, row: IssueRow, old: Entry | None, *, moved: bool) -> bool:
    """Tell whether an issue was reopened at times that only its events know."""
    if not belongs(settings, row, old):
        return False
    if old is None or not lives(old):
        return not row.closed and row.state_reason == "reopened"
    if row.closed:  # closed at another time than we know: it was open in between
        return old.closed is not None and old.closed != row.closed_at
    return old.closed is not None or (moved and row.state_reason == "reopened")


def pages_of(rows: int) -> int:
    """Return how many requests it takes to read so many rows."""
    return max(1, -(-rows // 100))


def one_by_one(wanted: int, pages: int | None, comments: int | None) -> int | None:
    """Return how many requests it takes to ask for comments issue by issue, if that is fewer than for all at once.

    `wanted` counts the issues with comments on the first of so many `pages`; the others are taken to be like it.
    """
    if pages is None or comments is None:
        return None
    need = wanted if pages == 1 else max(wanted, 1) * pages
    return need if need < pages_of(comments) else None


def limit(allowed: str, left: str, more: int, *, known: bool) -> str:
    """Return the line about GitHub's limit for those who ask without a token; `known` or the most it can be."""
    need = f"about {more} more" if known else f"at most {more} more"
    return (
        f"Without a token GitHub answers {allowed} requests an hour ({left} are left); this pull needs {need}. "
        "Set the environment variable that `token:` names, like GITHUB_TOKEN, to be allowed far more."
    )


def nothing_found(settings: GitHubSettings, labels: Sequence[str]) -> str:
    """Return the line about a repository that puts nothing on record, with the labels that it has."""
    there = ", ".join(f'"{label}"' for label in labels) or "none"
    asked = " and ".join(f'"{label}"' for label in settings.labels)
    with_labels = f" with the label {asked}" if asked else ""
    unknown = [label for label in settings.labels if label.casefold() not in map(str.casefold, labels)]
    guess = "".join(did_you_mean(label, labels) for label in unknown)
    return f"{settings.repo} has no closed issue{with_labels}, so nothing goes on record. Its labels: {there}.{guess}"


def refuse_to_lose_all(settings: GitHubSettings, known: Known) -> None:
    """Raise `SourceFailed` when nothing was found but something is on record."""
    todo = "check `repo` and `labels`; if all is to go, take the source out and delete its folder"
    standing.refuse_to_lose_all(known, settings.web_url, todo)
