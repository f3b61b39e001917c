"""The rows of GitHub's answers, as far as On Record looks at them: whatever else they hold is passed over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, ValidationError

from onrecord.errors import Place, Problem, SourceFailed
from onrecord.model.scalars import check_url


def _names(labels: object) -> object:
    """Return the names of labels, which may be plain or whole."""
    if not isinstance(labels, list | tuple):
        return ()
    return tuple(label.get("name") or "" if isinstance(label, dict) else label for label in labels)


def _to_the_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


Second = Annotated[AwareDatetime, AfterValidator(_to_the_second)]
"""A moment as precise as those of entries, with which it is compared: some servers tell milliseconds."""


class Row(BaseModel):
    """One row of an answer; fields that we do not know are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Account(Row):
    """Who wrote something."""

    login: str
    id: int | None = None
    type: str | None = None

    @property
    def bot(self) -> bool:
        """Tell whether a program writes here."""
        return self.type == "Bot" or self.login.endswith("[bot]")


class Dated(Row):
    """A row that changes, and when it last did."""

    updated_at: Second


class Label(Row):
    """A label of the repository."""

    name: str


class Post(Dated):
    """What an issue and a comment share: someone wrote something at some time."""

    user: Account | None = None
    author_association: str | None = None
    body: str | None = None
    html_url: Any = None
    created_at: Second

    @property
    def link(self) -> str | None:
        """Return where readers find it, if that is an address that may be linked to."""
        try:
            return check_url(self.html_url) if isinstance(self.html_url, str) else None
        except ValueError:
            return None


class Milestone(Row):
    """The version that an issue is planned for or was fixed in."""

    title: str | None = None


class IssueRow(Post):
    """An issue as the list gives it; pull requests come in the same list."""

    number: int
    title: str | None = None
    state: str = "open"
    state_reason: str | None = None
    closed_at: Second | None = None
    labels: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()
    milestone: Milestone | None = None
    comments: int = 0
    pull_request: Any = None

    @property
    def closed(self) -> bool:
        """Tell whether the issue is closed."""
        return self.state == "closed"

    def carries(self, labels: Iterable[str]) -> list[bool]:
        """Tell for each label whether the issue carries it; GitHub does not look at capitals."""
        mine = {label.casefold() for label in self.labels}
        return [label.casefold() in mine for label in labels]


class CommentRow(Post):
    """A comment on an issue or pull request."""

    id: int
    issue_url: str = ""

    @property
    def number(self) -> int | None:
        """Return the number of the issue that it is on, when its address ends in one."""
        tail = self.issue_url.rpartition("/")[2]
        return int(tail) if tail.isascii() and tail.isdecimal() else None


class EventRow(Row):
    """Something that happened to an issue, like `closed` or `reopened`."""

    event: str | None = None
    created_at: Second | None = None
    state_reason: str | None = None


R = TypeVar("R", bound=Row)


def read(kind: type[R], rows: object, url: str) -> list[R]:
    """Return the rows of an answer from `url`; raises `SourceFailed` when they are something else."""
    if not isinstance(rows, list):
        raise _odd("a list", url)
    try:
        return [kind.model_validate(row) for row in rows]
    except ValidationError as error:
        raise _odd(".".join(map(str, error.errors()[0]["loc"])) or "a row", url) from None


def _odd(where: str, url: str) -> SourceFailed:
    what = f"this answer is not shaped like GitHub's: {where} is missing or odd"
    return SourceFailed(Problem(Place(url), what, "check `api_url`; if it is right, try again later"))
