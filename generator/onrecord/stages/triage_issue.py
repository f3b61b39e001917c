"""`onrecord triage --issue`: what waits, as one tracking issue in which nothing from outside is more than a text."""

import re
from collections.abc import Iterator, Sequence

from onrecord.log.triage import FILE as RULES
from onrecord.sources.github_issues.settings import WAITING_LABEL
from onrecord.stages.gather import Folder
from onrecord.stages.tracking import Done, Tracking, keep
from onrecord.stages.triage import Row
from onrecord.web import Web

TRACKING = Tracking(WAITING_LABEL, "What waits for a word of ours", "Nothing waits for a word of ours.")
_MOST = 50  # GitHub takes 65,536 characters, and nobody reads more


def report(web: Web, api_url: str, repo: str, found: Sequence[Row]) -> str:
    """Let the tracking issue of a repository say what waits, and return a line that says what was done.

    Raises `WebError`.
    """
    done, number = keep(web, api_url, repo, TRACKING, body(found))
    match done:
        case Done.NOTHING:
            return TRACKING.well
        case Done.SAME:
            return f"Issue #{number} says so already."
        case _:
            return f"{done} issue #{number}: {len(_public(found)) or 'nothing'} waiting."


def body(found: Sequence[Row]) -> str:
    """Return the text of the issue, the same for the same matters, or nothing where none waits; drafts stay out.

    It tells since when, never how long: else it would change with every run. Words from outside stand in code,
    where nothing is a link, a mention or Markdown; the only links are to pages of the site.
    """
    shown = _public(found)
    return "\n\n".join(_paragraphs(shown)) if shown else ""


def _public(found: Sequence[Row]) -> list[Row]:
    return [row for row in found if not row.entry.draft]


def _paragraphs(shown: Sequence[Row]) -> Iterator[str]:
    yield "These wait for a word of ours. Who gives it is decided by the rules in `content/triage.yml`."
    yield "\n".join(_line(row) for row in shown[:_MOST])
    if len(shown) > _MOST:
        yield f"And {len(shown) - _MOST} more: `onrecord triage` lists them all."
    yield "This issue is kept by `onrecord triage --issue`: it changes with the news and closes when nothing waits."


def _line(row: Row) -> str:
    where = f" on {code(row.venue)}" if row.venue else ""
    return (
        f"- **{row.needs}**: [{row.entry.id}]({row.page}) {code(row.entry.title)}, "
        f"raised {row.waiting.since:%Y-%m-%d %H:%M} UTC{where}{f', {row.impact}' if row.impact else ''}. "
        f"{code(row.who)} ({code(row.waiting.decision.why)})"
    )


def code(text: str) -> str:
    """Return a line as Markdown that shows it letter for letter."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def refusal(folder: Folder) -> str:
    """Return why no issue is kept for a site, or nothing: it takes rules, and a demo has nobody who waits."""
    if folder.log.demo:
        return "No issue is kept: this is a demo, in which nobody waits."
    return "" if (folder.root / RULES).is_file() else f"No issue is kept: there are no rules in {RULES}."
