"""Answers that are lists, read row by row: an odd row is named and left out, and the others are read.

Who keeps a service changes it without asking us. One row of another shape must not cost the news of all others.
"""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from onrecord.errors import Place, Problem, SourceFailed
from onrecord.model.scalars import LONGEST_LINE, LONGEST_TEXT
from onrecord.words import clean


class Row(BaseModel):
    """One row of an answer, as far as a source looks at it; fields that it does not know are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Odd:
    """A row that cannot be read: as it came, and one line that says which one it is and what is odd about it."""

    plain: object
    line: str


@dataclass(frozen=True, slots=True)
class Rows(Generic[R]):
    """The rows of an answer, each in its place: read, or odd."""

    whole: tuple[R | Odd, ...]

    @property
    def read(self) -> list[R]:
        """Return the rows that could be read."""
        return [row for row in self.whole if not isinstance(row, Odd)]

    @property
    def odd(self) -> tuple[str, ...]:
        """Return a line about each row that could not: the `odd` of what the answer is understood to mean."""
        return tuple(row.line for row in self.whole if isinstance(row, Odd))


def read(kind: type[R], body: object, url: str, zone: tzinfo = UTC) -> Rows[R]:
    """Return the rows of an answer from `url`; raises `SourceFailed` when it is no list.

    A `Moment` of a row that names no zone is one of `zone`.
    """
    if not isinstance(body, list):
        todo = "check the address in the settings; if it is right, try again later"
        raise SourceFailed(Problem(Place(_shown(url)), "this answer is no list of rows, as it should be", todo))
    return Rows(tuple(_row(kind, plain, number, url, zone) for number, plain in enumerate(body, 1)))


def line_of(text: str | None) -> str:
    """Return outside text as a `Line`, cut where it is too long; empty when nothing can be seen of it."""
    return " ".join(clean(text or "").split())[:LONGEST_LINE].rstrip()


def text_of(text: str | None) -> str:
    """Return outside text as a `Text`, cut where it is too long."""
    return clean(text or "")[:LONGEST_TEXT].strip()


def _row(kind: type[R], plain: object, number: int, url: str, zone: tzinfo) -> R | Odd:
    try:
        return kind.model_validate(plain, context={"zone": zone})
    except ValidationError as error:
        return Odd(plain, f"{_shown(url)}: row {number}{_named(plain)} was left out: {_what(error)}")


def _shown(url: str) -> str:
    return url.partition("?")[0]  # what follows may be a secret


def _named(plain: object) -> str:
    names = plain if isinstance(plain, dict) else {}
    known = (f" ({name} {names[name]})" for name in ("number", "id") if type(names.get(name)) is int)
    return next(known, "")


def _what(error: ValidationError) -> str:
    """Return which field is odd, without its value, which may be personal."""
    wrong = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(map(str, wrong["loc"]))
    if not field:
        return "it is no group of fields"
    return f'"{field}" is missing' if wrong["type"] == "missing" else f'"{field}" is odd'
