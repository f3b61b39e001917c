"""What is wrong, where, and what to do: the one family of errors that a user can cause.

A problem is a value and travels as one; only a problem that stops a whole verb is raised.
Bugs are never wrapped: they keep their tracebacks.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

# What is quoted may hold anything: a line that begins with "::" is a command to GitHub, others move the cursor.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


class Level(StrEnum):
    """How much a problem weighs: an error fails the verb, a warning is said and passed over."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file of the site, with the path as the user would type it."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong and the one line that says what to do about it."""

    place: Place
    what: str
    todo: str
    level: Level = field(default=Level.ERROR, compare=False)

    def __str__(self) -> str:
        place, what, todo = (_UNSEEN.sub(" ", str(part)) for part in (self.place, self.what, self.todo))
        return f"{place}: {what}\n    {todo}"


class OnRecordError(Exception):
    """A verb cannot go on, for reasons that the user can mend; carries every problem at once."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Keep the problems in the order of their places."""
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class SourceFailed(OnRecordError):
    """A source could not be read; what was read before stays on record."""

    exit_code = 3


_MEANT = {
    "acknowledged": "investigating",
    "bug": "known-issue",
    "called off": "cancelled",
    "canceled": "cancelled",
    "cause found": "identified",
    "closed": "resolved",
    "done": "completed",
    "finished": "completed",
    "fix in place": "monitoring",
    "fix": "fix-note",
    "fixed": "resolved",
    "looking into it": "investigating",
    "news": "announcement",
    "open": "investigating",
    "outage": "incident",
    "planned": "scheduled",
    "solved": "resolved",
    "started": "in_progress",
    "tags": "topics",
    "under way": "in_progress",
    "workaround": "do_now",
}
"""Words that people bring along, and ours for the same."""


def did_you_mean(wrong: str, known: Sequence[str]) -> str:
    """Return ` Did you mean "right"?` for the known word that was most likely meant, else the empty string."""
    meant = _MEANT.get(wrong.lower())
    if meant in known:
        return f' Did you mean "{meant}"?'
    near = get_close_matches(wrong.lower(), known, n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""
