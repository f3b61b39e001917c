"""One issue at GitHub for the team: opened with the news, changed with it, closed when all is well."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import SecretStr

from onrecord.web import Access, Web

_VERSION = {"X-GitHub-Api-Version": "2022-11-28"}


class Done(StrEnum):
    """What became of the issue; nothing where there is none and none is needed."""

    OPENED = "Opened"
    UPDATED = "Updated"
    CLOSED = "Closed"
    SAME = "same"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Tracking:
    """An issue that is known by its label; `well` is its text when there is nothing to tell."""

    label: str
    title: str
    well: str


def access(api_url: str, token: str) -> Access:
    """Return what the client may do: ask this one host, which the runner names and which may be private."""
    host = api_url.split("://", 1)[-1].split("/", 1)[0]
    return Access(hosts=(host,), token=SecretStr(token), allow_private=True)


def keep(web: Web, api_url: str, repo: str, tracking: Tracking, text: str) -> tuple[Done, int]:
    """Let the issue say a text, or that all is well when it is empty; return what was done, and its number.

    There is one issue for good: it is opened again rather than made anew, and left alone while its text is
    true, so that a person may close it and have peace until there is news. Raises `WebError`.
    """
    issues = f"{api_url.rstrip('/')}/repos/{repo}/issues"
    found = _found(web, issues, tracking.label)
    if found is None:
        if not text:
            return Done.NOTHING, 0
        new = {"title": tracking.title, "body": text, "labels": [tracking.label]}
        return Done.OPENED, web.post(issues, new, headers=_VERSION).json()["number"]
    number = found["number"]
    if (found["body"] or "").replace("\r\n", "\n").strip() == (text or tracking.well):
        return Done.SAME, number
    over = {"body": tracking.well, "state": "closed", "state_reason": "completed"}
    news = {"title": tracking.title, "body": text, "state": "open"}
    web.patch(f"{issues}/{number}", news if text else over, headers=_VERSION)
    return Done.UPDATED if text else Done.CLOSED, number


def _found(web: Web, issues: str, label: str) -> dict[str, Any] | None:
    wanted: dict[str, str | int] = {"labels": label, "state": "all", "per_page": 100}
    answer = web.get(issues, params=wanted, headers=_VERSION).json()
    return next((issue for issue in answer if "pull_request" not in issue), None)
