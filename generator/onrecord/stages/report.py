"""`onrecord report`: one tracking issue about sources that failed, closed when all is well again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from onrecord.sources.github_issues.settings import TRACKING_LABEL
from onrecord.stages.gather import PulledSource, read_last_pull
from onrecord.web import Access, Web

LABEL = TRACKING_LABEL
TITLE = "A source of the record cannot be read"
_WELL = "All sources could be read again."
_VERSION = {"X-GitHub-Api-Version": "2022-11-28"}


def failures(root: Path) -> tuple[PulledSource, ...] | None:
    """Return the sources that the last pull could not read, or None when there was no pull to tell."""
    last = read_last_pull(root)
    return tuple(source for source in last.sources if source.failed) if last else None


def access(api_url: str, token: str) -> Access:
    """Return what the client may do: ask this one host, which the runner names and which may be private."""
    host = api_url.split("://", 1)[-1].split("/", 1)[0]
    return Access(hosts=(host,), token=SecretStr(token), allow_private=True)


def report(web: Web, api_url: str, repo: str, failed: Sequence[PulledSource]) -> str:
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
        made = web.post(issues, {"title": TITLE, "body": text, "labels": [LABEL]}, headers=_VERSION).json()
        return f"Opened issue #{made['number']}: {_names(failed)} could not be read."
    if (found["body"] or "").replace("\r\n", "\n").strip() == text:
        return f"Issue #{found['number']} says so already."
    number = found["number"]
    if failed:
        web.patch(f"{issues}/{number}", {"title": TITLE, "body": text, "state": "open"}, headers=_VERSION)
        return f"Updated issue #{number}: {_names(failed)} could not be read."
    done = {"body": text, "state": "closed", "state_reason": "completed"}
    web.patch(f"{issues}/{number}", done, headers=_VERSION)
    return f"Closed issue #{number}: every source could be read again."


def _tracking_issue(web: Web, issues: str) -> dict[str, Any] | None:
    wanted: dict[str, str | int] = {"labels": LABEL, "state": "all", "per_page": 100}
    answer = web.get(issues, params=wanted, headers=_VERSION).json()
    return next((issue for issue in answer if "pull_request" not in issue), None)


def _text(failed: Sequence[PulledSource]) -> str:
    """Return the body of the issue: the same for the same failures, so that it changes only with news."""
    lines = [
        "The site was published from older data, because a source could not be read.",
        *(_paragraph(source) for source in failed),
        "This issue is kept by `onrecord report`: it changes with the news and closes when all is well.",
    ]
    return "\n\n".join(lines)


def _paragraph(source: PulledSource) -> str:
    # Indented text is code: nothing in it is a link, a mention or Markdown.
    why = "\n".join(f"    {line}" for line in (source.failed or "").splitlines())
    return f"**{source.title}** (`{source.name}`), {_since(source)}:\n\n{why}"


def _since(source: PulledSource) -> str:
    at = source.read_at
    # Not when it was last asked: the moment of a pull without news is nowhere kept.
    return f"the last news from it was read on {at:%Y-%m-%d %H:%M} UTC" if at else "nothing read from it so far"


def _names(failed: Sequence[PulledSource]) -> str:
    return ", ".join(source.name for source in failed)
