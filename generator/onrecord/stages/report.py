"""`onrecord report`: one tracking issue about sources that failed, closed when all is well again."""

from collections.abc import Sequence
from pathlib import Path

from onrecord.sources.github_issues.settings import FAILED_LABEL
from onrecord.stages.last_pull import PulledSource, read_last_pull
from onrecord.stages.tracking import Done, Tracking, keep
from onrecord.web import Web

TRACKING = Tracking(FAILED_LABEL, "A source of the record cannot be read", "All sources could be read again.")


def failures(root: Path) -> tuple[PulledSource, ...] | None:
    """Return the sources that the last pull could not read, or None when there was no pull to tell."""
    last = read_last_pull(root)
    return tuple(source for source in last.sources if source.failed) if last else None


def report(web: Web, api_url: str, repo: str, failed: Sequence[PulledSource]) -> str:
    """Open, update or close the tracking issue of a repository, and return a line that says what was done.

    Raises `WebError`.
    """
    done, number = keep(web, api_url, repo, TRACKING, _text(failed) if failed else "")
    match done:
        case Done.NOTHING:
            return "Every source could be read."
        case Done.SAME:
            return f"Issue #{number} says so already."
        case Done.CLOSED:
            return f"Closed issue #{number}: every source could be read again."
        case _:
            return f"{done} issue #{number}: {_names(failed)} could not be read."


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
