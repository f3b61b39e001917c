"""What GitHub answers to a question about a repository: its lists, pages, changes and refusals."""

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlencode

from tests.local_host.clock import stamp

from .repository import Repository
from .shapes import API, Json

Query = Mapping[str, str]
VERSIONS = ("2022-11-28", "2026-03-10")
PAGES_END = 10_000  # rows; further on only by cursor


class Refused(Exception):
    """An answer that is a refusal: a status, GitHub's message, and whatever else its body holds."""

    def __init__(self, status: int, message: str, location: str | None = None, **more: object) -> None:
        self.status = status
        self.location = location
        self.value = {"message": message, "documentation_url": "https://docs.github.com/rest", **more}
        super().__init__(message)


@dataclass(frozen=True)
class Said:
    """A value to answer with, and the queries of the neighbouring pages by relation."""

    value: Any
    status: int = 200
    links: tuple[tuple[str, Query], ...] = ()


def answer(repository: Repository, method: str, path: str, query: Query, body: Json) -> Said:
    """Return the answer to a question below the repository's own address."""
    for verb, pattern, respond in ROUTES:
        if method == verb and (match := re.fullmatch(pattern, path)):
            with repository.lock:
                return respond(repository, query, body, *map(int, match.groups()))
    raise Refused(404, "Not Found")


def _issues(repository: Repository, query: Query, _: Json) -> Said:
    _known(query, "state", "sort", "direction", "since", "labels", "per_page", "page", "after")
    state = _one_of(query, "state", "open", "closed", "all")
    sort = _one_of(query, "sort", "created", "updated", "comments")
    field = sort if sort == "comments" else f"{sort}_at"
    down = _one_of(query, "direction", "desc", "asc") == "desc"
    wanted = {unquote(name).lower() for name in query.get("labels", "").split(",") if name}
    rows = [
        row
        for row in repository.issues.values()
        if state in ("all", row["state"])
        and row["updated_at"] >= _since(query)
        and wanted <= {label["name"].lower() for label in row["labels"]}
    ]
    return _by_cursor(rows, query, lambda row: [row[field], row["number"]], down=down)


def _by_cursor(rows: list[Json], query: Query, key: Callable[[Json], list[Any]], *, down: bool) -> Said:
    rows.sort(key=key, reverse=down)
    size, page = _size(query), _whole_number(query, "page", 1)
    if "after" in query:
        last = _open(query["after"])
        rows = [row for row in rows if (key(row) < last if down else key(row) > last)]
    elif page * size > PAGES_END:
        raise Refused(422, "Pagination with the page parameter is not supported for large datasets, use after.")
    else:
        rows = rows[(page - 1) * size :]
    if len(rows) <= size:
        return Said(rows)
    kept = {name: value for name, value in query.items() if name != "page"}
    return Said(rows[:size], links=(("next", kept | {"after": _seal(key(rows[size - 1]))}),))


def _seal(key: list[Any]) -> str:
    return base64.urlsafe_b64encode(b"cursor:v2:" + json.dumps(key).encode()).decode()


def _open(cursor: str) -> list[Any]:
    try:
        kind, version, key = base64.urlsafe_b64decode(cursor).split(b":", 2)
        return [kind == b"cursor" and version == b"v2" and part for part in json.loads(key)]
    except ValueError:
        raise Refused(422, "The cursor is not valid.") from None


def _by_number(rows: list[Json], query: Query) -> Said:
    size, page = _size(query), _whole_number(query, "page", 1)
    end = max(1, -(-len(rows) // size))
    near = {"prev": page - 1, "next": page + 1, "last": end, "first": 1}
    if page >= end:
        near = {rel: to for rel, to in near.items() if rel not in ("next", "last")}
    if page <= 1:
        near = {rel: to for rel, to in near.items() if rel not in ("prev", "first")}
    links = tuple((rel, {**query, "page": str(to)}) for rel, to in near.items())
    return Said(rows[(page - 1) * size : page * size], links=links)


def _all_comments(repository: Repository, query: Query, _: Json) -> Said:
    _known(query, "sort", "direction", "since", "per_page", "page")
    sort = _one_of(query, "sort", "created", "updated")
    down = _one_of(query, "direction", "asc", "desc") == "desc" and "sort" in query
    rows = [row for row in repository.comments.values() if row["updated_at"] >= _since(query)]
    return _by_number(sorted(rows, key=lambda row: (row[f"{sort}_at"], row["id"]), reverse=down), query)


def _comments(repository: Repository, query: Query, _: Json, number: int) -> Said:
    _known(query, "since", "per_page", "page")
    _there(repository, number)
    rows = [row for row in repository.comments_on(number) if row["updated_at"] >= _since(query)]
    return _by_number(sorted(rows, key=lambda row: row["id"]), query)


def _events(repository: Repository, query: Query, _: Json, number: int) -> Said:
    _known(query, "per_page", "page")
    _there(repository, number)
    return _by_number(repository.events.get(number, []), query)


def _labels(repository: Repository, query: Query, _: Json) -> Said:
    _known(query, "per_page", "page")
    return _by_number([repository.labels[name] for name in sorted(repository.labels)], query)


def _releases(repository: Repository, query: Query, _: Json) -> Said:
    _known(query, "per_page", "page")
    # Drafts come too, as they do for who may write to the repository.
    rows = sorted(repository.releases.values(), key=lambda row: (row["created_at"], row["id"]), reverse=True)
    return _by_number(rows, query)


def _release(repository: Repository, query: Query, _: Json, ident: int) -> Said:
    _known(query)
    if ident not in repository.releases:
        raise Refused(404, "Not Found")
    return Said(repository.releases[ident])


def _issue(repository: Repository, _: Query, __: Json, number: int) -> Said:
    return Said(_there(repository, number))


def _raise(repository: Repository, _: Query, body: Json) -> Said:
    if not body.get("title"):
        _invalid("title", "missing_field")
    made = repository.open_issue(
        body["title"], by="github-actions[bot]", labels=body.get("labels", ()), body=body.get("body")
    )
    return Said(made, 201)


def _change(repository: Repository, _: Query, body: Json, number: int) -> Said:
    _there(repository, number)
    if body.get("state") not in (None, "open", "closed"):
        _invalid("state", "invalid")
    if body.get("state") == "closed":
        repository.close(number, body.get("state_reason") or "completed")
    elif body.get("state") == "open" and repository.issues[number]["state"] == "closed":
        repository.reopen(number)
    if "labels" in body:
        repository.edit(number, labels=[])
        repository.label(number, *body["labels"])
    plain = {name: body[name] for name in ("title", "body") if name in body}
    return Said(repository.edit(number, **plain))


def _say(repository: Repository, _: Query, body: Json, number: int) -> Said:
    _there(repository, number)
    if not body.get("body"):
        _invalid("body", "missing_field")
    return Said(repository.say(number, body["body"], by="github-actions[bot]"), 201)


def _reword(repository: Repository, _: Query, body: Json, comment: int) -> Said:
    if comment not in repository.comments:
        raise Refused(404, "Not Found")
    return Said(repository.reword(comment, body["body"]))


ROUTES: tuple[tuple[str, str, Callable[..., Said]], ...] = (
    ("GET", "/issues", _issues),
    ("POST", "/issues", _raise),
    ("GET", "/issues/comments", _all_comments),
    ("PATCH", r"/issues/comments/(\d+)", _reword),
    ("GET", r"/issues/(\d+)", _issue),
    ("PATCH", r"/issues/(\d+)", _change),
    ("GET", r"/issues/(\d+)/comments", _comments),
    ("POST", r"/issues/(\d+)/comments", _say),
    ("GET", r"/issues/(\d+)/events", _events),
    ("GET", "/labels", _labels),
    ("GET", "/releases", _releases),
    ("GET", r"/releases/(\d+)", _release),
)


def _there(repository: Repository, number: int) -> Json:
    if number in repository.transferred:
        raise Refused(301, "Moved Permanently", location=f"/repos/{repository.transferred[number]}")
    if number in repository.deleted:
        raise Refused(410, "This issue was deleted")
    if number not in repository.issues:
        raise Refused(404, "Not Found")
    return repository.issues[number]


def _known(query: Query, *names: str) -> None:
    # GitHub passes over what it does not know; here it would hide a typing error.
    for name in query:
        if name not in names:
            raise Refused(400, f"This local GitHub knows no parameter {name} here")


def _invalid(field: str, code: str) -> None:
    raise Refused(422, "Validation Failed", errors=[{"resource": "Issue", "field": field, "code": code}])


def _one_of(query: Query, name: str, *values: str) -> str:
    value = query.get(name, values[0])
    if value not in values:
        _invalid(name, "invalid")
    return value


def _whole_number(query: Query, name: str, default: int) -> int:
    value = query.get(name, str(default))
    if not value.isdecimal() or int(value) < 1:
        _invalid(name, "invalid")
    return int(value)


def _size(query: Query) -> int:
    return min(_whole_number(query, "per_page", 30), 100)


def _since(query: Query) -> str:
    try:
        return stamp(datetime.fromisoformat(query["since"])) if "since" in query else ""
    except ValueError:
        _invalid("since", "invalid")
        raise


def link_header(links: Iterable[tuple[str, Query]], at: str) -> str:
    """Return the `Link` header for neighbouring pages of an address."""
    return ", ".join(f'<{at}?{urlencode(query)}>; rel="{rel}"' for rel, query in links)


def as_served(value: Any, here: str, version: str) -> Any:
    """Return a value with the server's own address in its API addresses, in the shape of an API version."""
    if isinstance(value, list):
        return [as_served(part, here, version) for part in value]
    if not isinstance(value, dict):
        return value
    served = {name: as_served(part, here, version) for name, part in value.items()}
    for name, part in served.items():
        if name.endswith("url") and isinstance(part, str) and part.startswith(API):
            served[name] = here + part.removeprefix(API)
    if version == "2026-03-10" and "assignees" in served:
        served.pop("assignee", None)
    return served
