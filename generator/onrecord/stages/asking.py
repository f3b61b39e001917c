"""What a stage asks a person who sits at a terminal; without one, nobody is ever asked."""

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.errors import OnRecordError, Problem


def _fine(answer: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and the words that may be chosen from; `attempt` raises what is wrong with an answer.

    An empty answer is none: it passes over what is not needed.
    """

    words: str
    choices: tuple[str, ...] = ()
    needed: bool = False
    attempt: Callable[[str], object] = _fine


Ask = Callable[[Question], str]
"""Returns the answer of a person, who was asked until nothing was wrong with it."""


def problems_of(attempt: Callable[[], object]) -> tuple[Problem, ...]:
    """Return what is wrong with an attempt, or nothing when it goes through."""
    try:
        attempt()
    except OnRecordError as error:
        return error.problems
    return ()
