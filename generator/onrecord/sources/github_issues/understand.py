"""Thinking about GitHub's answers: what a batch means for the record, without talking to anyone."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.contracts import Answer, Batch, Known, Understood
from onrecord.model.entry import Entry
from onrecord.model.kinds import UpdateKind
from onrecord.model.parts import Update
from onrecord.model.scalars import write_moment
from onrecord.sources.github import standing
from onrecord.sources.github.standing import GONE, fetched, lives, withdrawn
from onrecord.sources.github_issues import plan
from onrecord.sources.github_issues.entries import answer_in, build, in_order, restated
from onrecord.sources.github_issues.others import post_in, posts_of, with_posts
from onrecord.sources.github_issues.rows import CommentRow, EventRow, IssueRow
from onrecord.sources.github_issues.settings import GitHubSettings
from onrecord.sources.rows import R, read

_ABOUT_ONE = re.compile(r"issues/(\d+)/(comments|events)")


def understand(settings: GitHubSettings, batch: Batch, known: Known) -> Understood:
    """Return the entries that a batch makes or changes, and how far the source has then been read."""
    desk = _Desk(settings, known)
    reader = _Reader()
    events = reader.events(batch)
    marks, to_come, whole = dict(known.marks), None, frozenset[str]()
    for answer in batch:
        if answer.about == "issues":
            for row in reader.rows(IssueRow, answer):
                desk.take(row, events.get(row.number, []))
    for number, comment in reader.comments(batch):
        desk.hear(number, comment)
    for answer in batch:
        if answer.about == "seen":
            desk.drop_unseen(answer.body)
        elif answer.about == "to come":
            to_come = answer.body
        elif answer.about == "whole":
            whole = frozenset(standing.entry_id(known.name, number) for number in answer.body)
        elif answer.about == "read":
            marks |= answer.body
    return Understood(desk.changed(), marks, tuple(reader.odd), frozenset(desk.vanished), to_come, whole)


class _Reader:
    """Reads the answers of a batch, and keeps a line about each row that is `odd`."""

    def __init__(self) -> None:
        self.odd: list[str] = []

    def rows(self, kind: type[R], answer: Answer) -> list[R]:
        rows = read(kind, answer.body, answer.url)
        self.odd += rows.odd
        return rows.read

    def events(self, batch: Batch) -> dict[int, list[EventRow]]:
        found: dict[int, list[EventRow]] = {}
        for answer in batch:
            about = _ABOUT_ONE.fullmatch(answer.about)
            if about and about[2] == "events":
                found.setdefault(int(about[1]), []).extend(self.rows(EventRow, answer))
        return found

    def comments(self, batch: Batch) -> Iterator[tuple[int | None, CommentRow]]:
        for answer in batch:
            about = _ABOUT_ONE.fullmatch(answer.about)
            if answer.about == "issues/comments" or (about and about[2] == "comments"):
                for row in self.rows(CommentRow, answer):
                    yield int(about[1]) if about else row.number, row


class _Desk:
    """The entries that a batch touches, as they become."""

    def __init__(self, settings: GitHubSettings, known: Known) -> None:
        self._settings = settings
        self._known = known
        self._touched: dict[str, Entry] = {}
        self.vanished: set[str] = set()

    def changed(self) -> tuple[Entry, ...]:
        """Return what differs from what is known; only then does the time of fetching move."""
        return tuple(
            fetched(entry, self._known.now)
            for entry in self._touched.values()
            if entry != self._known.entries.get(entry.id)
        )

    def take(self, row: IssueRow, events: list[EventRow]) -> None:
        """Put an issue on record as it is now, or withdraw it."""
        old = self._living(row.number)
        if plan.belongs(self._settings, row, old):
            self._put(build(self._settings, self._known, row, old, events))
        elif old is not None:
            self._put(withdrawn(old, row.updated_at, plan.objection(self._settings, row) or GONE))

    def hear(self, number: int | None, row: CommentRow) -> None:
        """Add a comment, or put it in the place of what it said before; of others only that they wrote is kept."""
        entry = self._living(number)
        if entry is None:
            return
        answer = answer_in(self._settings, self._known, row)
        if answer is None and any(_is_comment(update, row.id) for update in entry.updates):
            return  # it was official when it was read
        posts = posts_of(entry)
        others = [post for post in posts if _comment_id(post.url or "") != row.id]
        if answer:
            entry = entry if len(others) == len(posts) else with_posts(entry, others)
            rest = [update for update in entry.updates if not _same_comment(update, answer)]
            self._put_updates(entry, [*rest, answer] if answer.body else rest)
        else:
            post = post_in(self._settings, row)
            self._put(with_posts(entry, [*others, post] if post else others))

    def drop_unseen(self, seen: Mapping[str, Any]) -> None:
        """Withdraw what a whole pull did not come across, and take out comments that are gone.

        What the pull could not be sure of is not in `seen`.
        """
        issues = frozenset(seen["issues"]) if "issues" in seen else None
        comments = seen.get("comments")
        said = {(number, key) for number, *keys in comments or () for key in keys}
        for name in dict.fromkeys([*self._known.entries, *self._touched]):
            number = standing.number(self._known.name, name)
            entry = self._living(number)
            if number is None or entry is None:
                continue
            if issues is not None and number not in issues:
                self.vanished.add(entry.id)
                self._put(withdrawn(entry, self._known.now, GONE))
            elif comments is not None:
                there = (post for post in posts_of(entry) if (number, _comment_id(post.url or "")) in said)
                entry = with_posts(entry, there)
                self._put_updates(entry, [update for update in entry.updates if _is_said(update, number, said)])

    def _living(self, number: int | None) -> Entry | None:
        name = f"{self._known.name}-{number}"
        entry = self._touched.get(name) or self._known.entries.get(name)
        return entry if lives(entry) else None

    def _put(self, entry: Entry) -> None:
        self._touched[entry.id] = entry

    def _put_updates(self, entry: Entry, updates: list[Update]) -> None:
        self._put(restated(entry.model_copy(update={"updates": in_order(updates)})))


def _is_comment(update: Update, comment_id: int) -> bool:
    return update.kind is UpdateKind.ANSWER and _comment_id(update.url or "") == comment_id


def _same_comment(one: Update, other: Update) -> bool:
    if one.kind is not UpdateKind.ANSWER:
        return False
    if one.url and other.url:
        return _comment_id(one.url) == _comment_id(other.url)
    return (one.at, one.by) == (other.at, other.by)


def _is_said(update: Update, number: int, said: set[tuple[int, int | str]]) -> bool:
    if update.kind is not UpdateKind.ANSWER:
        return True
    return (number, _comment_id(update.url) if update.url else write_moment(update.at)) in said


def _comment_id(url: str) -> int | str:
    tail = url.rpartition("#issuecomment-")[2]
    return int(tail) if tail.isdecimal() else tail
