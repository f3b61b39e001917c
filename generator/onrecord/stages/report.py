"""`onrecord report`: one tracking issue about sources that failed, closed when all is well again."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, SecretStr, ValidationError

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.web import Access, Web

PULLED = "build/pull.json"
"""What `onrecord pull` leaves below the site: how each source went."""

LABEL = "onrecord-source"
TITLE = "A source of the record cannot be read"
_WELL = "All sources could be read again."


class Outcome(BaseModel):
    """How one source went: when it last brought news, and why it failed if it did."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    title: str
    read_at: AwareDatetime | None = None
    failed: str | None = None


class _Pulled(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    sources: tuple[Outcome, ...]


def failures(root: Path) -> tuple[Outcome, ...]:
    """Return the sources that the last pull could not read; raises `OnRecordError` when there was no pull."""
    path = root / PULLED
    todo = 'run "onrecord pull" first'
    try:
        pulled = _Pulled.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise OnRecordError(Problem(Place(PULLED), "nothing was pulled yet", todo)) from None
    except ValidationError:
        raise OnRecordError(Problem(Place(PULLED), "this is not what a pull writes", todo)) from None
    return tuple(source for source in pulled.sources if source.failed)


def access(api_url: str, token: str) -> Access:
    """Return what the client may do: ask this one host, which the runner names and which may be private."""
    host = api_url.split("://", 1)[-1].split("/", 1)[0]
    return Access(hosts=(host,), token=SecretStr(token), allow_private=True)


def report(web: Web, api_url: str, repo: str, failed: Sequence[Outcome]) -> str:
    """Open, update or close the tracking issue of a repository, and return a line that says what was done.

    There is one issue for good: it is opened again rather than made anew, and left alone while its text is
    true, so that a person may close it and have peace until something else breaks. Raises `WebError`.
    """
    issues = f"{api_url.rstrip('/')}/repos/{repo}/issues"
    found = _tracking_issue(web, issues)
    text = _text(failed) if failed else _WELL
    if found is None:
        if not failed:
            return "Every source could be read."
        made = web.post(issues, {"title": TITLE, "body": text, "labels": [LABEL]}).json()
        return f"Opened issue #{made['number']}: {_names(failed)} could not be read."
    if (found["body"] or "").replace("\r\n", "\n").strip() == text:
        return f"Issue #{found['number']} says so already."
    number = found["number"]
    if failed:
        web.patch(f"{issues}/{number}", {"title": TITLE, "body": text, "state": "open"})
        return f"Updated issue #{number}: {_names(failed)} could not be read."
    web.patch(f"{issues}/{number}", {"body": text, "state": "closed", "state_reason": "completed"})
    return f"Closed issue #{number}: every source could be read again."


def _tracking_issue(web: Web, issues: str) -> dict[str, Any] | None:
    answer = web.get(issues, params={"labels": LABEL, "state": "all", "per_page": 100}).json()
    return next((issue for issue in answer if "pull_request" not in issue), None)


def _text(failed: Sequence[Outcome]) -> str:
    """Return the body of the issue: the same for the same failures, so that it changes only with news."""
    lines = [
        "The site was published from older data, because a source could not be read.",
        *(_paragraph(source) for source in failed),
        "This issue is kept by `onrecord report`: it changes with the news and closes when all is well.",
    ]
    return "\n\n".join(lines)


def _paragraph(source: Outcome) -> str:
    # Indented text is code: nothing in it is a link, a mention or Markdown.
    why = "\n".join(f"    {line}" for line in (source.failed or "").splitlines())
    return f"**{source.title}** (`{source.name}`), {_since(source.read_at)}:\n\n{why}"


def _since(read_at: datetime | None) -> str:
    return f"last brought news on {read_at:%Y-%m-%d %H:%M} UTC" if read_at else "never read so far"


def _names(failed: Sequence[Outcome]) -> str:
    return ", ".join(source.name for source in failed)
