"""What the server knows of one repository, and how it changes while the server runs."""

from collections.abc import Iterable
from itertools import count
from threading import RLock
from typing import Any

from tests.local_host.clock import stamp

from onrecord.web import Clock

from .shapes import Json, comment, event, issue, label, release, user


class Repository:
    """Issues, comments, events, labels and releases of one repository; every change is dated by the clock."""

    def __init__(
        self, name: str, clock: Clock, issues: Iterable[Json], comments: Iterable[Json], releases: Iterable[Json] = ()
    ) -> None:
        self.name = name
        self.id = 4242
        self.clock = clock
        self.lock = RLock()
        self.issues = {row["number"]: row for row in issues}
        self.comments = {row["id"]: row for row in comments}
        self.releases = {row["id"]: row for row in releases}
        self.events: dict[int, list[Json]] = {}
        self.deleted: set[int] = set()
        self.transferred: dict[int, str] = {}
        self.labels = {name["name"]: name for row in self.issues.values() for name in row["labels"]}
        self._ids = count(max([*self.comments, *self.releases], default=0) + 1)

    def edit(self, number: int, **facts: Any) -> Json:
        """Change fields of an issue."""
        with self.lock:
            self.issues[number] |= facts | {"updated_at": stamp(self.clock.now())}
            return self.issues[number]

    def close(self, number: int, reason: str = "completed", by: str = "ana") -> None:
        """Close an issue."""
        self._note(number, "closed", by, state_reason=reason)
        now = stamp(self.clock.now())
        self.edit(number, state="closed", state_reason=reason, closed_at=now, closed_by=user(by))

    def reopen(self, number: int, by: str = "ana") -> None:
        """Open a closed issue again."""
        self._note(number, "reopened", by, state_reason=None)
        self.edit(number, state="open", state_reason="reopened", closed_at=None, closed_by=None)

    def label(self, number: int, *names: str, by: str = "ana") -> None:
        """Put labels on an issue; new ones are made."""
        with self.lock:
            for name in names:
                self.labels.setdefault(name, label(name, repo=self.name))
                self._note(number, "labeled", by, label={"name": name, "color": "ededed"})
            kept = [row for row in self.issues[number]["labels"] if row["name"] not in names]
            self.edit(number, labels=kept + [self.labels[name] for name in names])

    def unlabel(self, number: int, name: str, by: str = "ana") -> None:
        """Take a label off an issue."""
        self._note(number, "unlabeled", by, label={"name": name, "color": "ededed"})
        self.edit(number, labels=[row for row in self.issues[number]["labels"] if row["name"] != name])

    def open_issue(self, title: str, by: str = "customer", labels: Iterable[str] = (), **facts: Any) -> Json:
        """Raise a new issue."""
        with self.lock:
            number, now = max([*self.issues, *self.deleted, 0]) + 1, stamp(self.clock.now())
            self.issues[number] = issue(
                number, title, repo=self.name, user=by, created_at=now, updated_at=now, **facts
            )
            if names := tuple(labels):
                self.label(number, *names, by=by)
            return self.issues[number]

    def say(self, number: int, body: str, by: str = "ana", **facts: Any) -> Json:
        """Comment on an issue, which updates the issue too."""
        with self.lock:
            now = stamp(self.clock.now())
            said = comment(next(self._ids), number, body, repo=self.name, user=by, created_at=now, **facts)
            self.comments[said["id"]] = said
            self.edit(number, comments=self.issues[number]["comments"] + 1)
            return said

    def reword(self, comment_id: int, body: str) -> Json:
        """Edit a comment, which leaves the issue's `updated_at` as it was."""
        with self.lock:
            self.comments[comment_id] |= {"body": body, "updated_at": stamp(self.clock.now())}
            return self.comments[comment_id]

    def delete(self, number: int) -> None:
        """Delete an issue with its comments: from now on it is gone (410)."""
        with self.lock:
            del self.issues[number]
            self.deleted.add(number)
            self.comments = {key: row for key, row in self.comments.items() if _on(row) != number}

    def unsay(self, comment_id: int) -> None:
        """Delete a comment."""
        with self.lock:
            number = _on(self.comments.pop(comment_id))
            self.edit(number, comments=self.issues[number]["comments"] - 1)

    def transfer(self, number: int, to: str) -> None:
        """Move an issue to `owner/name/issues/number`: from now on it is a 301."""
        with self.lock:
            del self.issues[number]
            self.transferred[number] = to

    def publish(self, tag: str, body: str | None = None, **facts: Any) -> Json:
        """Publish a release of a version."""
        with self.lock:
            made = release(next(self._ids), tag, body, repo=self.name, **{"published_at": self._now(), **facts})
            self.releases[made["id"]] = made
            return made

    def edit_release(self, release_id: int, **facts: Any) -> Json:
        """Change fields of a release."""
        with self.lock:
            self.releases[release_id] |= facts | {"updated_at": self._now()}
            return self.releases[release_id]

    def delete_release(self, release_id: int) -> None:
        """Delete a release: from now on it was never there (404)."""
        with self.lock:
            del self.releases[release_id]

    def comments_on(self, number: int) -> list[Json]:
        return [row for row in self.comments.values() if _on(row) == number]

    def _now(self) -> str:
        return stamp(self.clock.now())

    def _note(self, number: int, what: str, by: str, **facts: Any) -> None:
        with self.lock:
            at = stamp(self.clock.now())
            noted = event(next(self._ids), number, what, by, at, repo=self.name, **facts)
            self.events.setdefault(number, []).append(noted)


def _on(row: Json) -> int:
    return int(row["issue_url"].rpartition("/")[2])
