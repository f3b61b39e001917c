"""Talking to GitHub: asks, in the order that `plan` decides, and hands the answers on as they come."""

from collections.abc import Iterator
from itertools import chain

from onrecord.contracts import Answer, Batch, Known, Say
from onrecord.model.entry import Entry
from onrecord.model.scalars import write_moment
from onrecord.sources.github.settings import fingerprint
from onrecord.sources.github.standing import entry_id
from onrecord.sources.github_issues import plan
from onrecord.sources.github_issues.lists import IssueLists, count, newest_moment, pages
from onrecord.sources.github_issues.owed import Owed
from onrecord.sources.github_issues.rows import CommentRow, IssueRow, Label
from onrecord.sources.github_issues.settings import GitHubSettings
from onrecord.sources.rows import Odd, read
from onrecord.web import Reply, Web, WebError


def fetch(settings: GitHubSettings, web: Web, known: Known, say: Say) -> Iterator[Batch]:
    """Yield batches of answers about one repository; each says up to which marks it has then been read."""
    return _Reading(settings, IssueLists(web, settings.api), known, say).batches()


class _Reading:
    """One pull: which way it goes, what it saw, and the marks as they will be on disk."""

    def __init__(self, settings: GitHubSettings, lists: IssueLists, known: Known, say: Say) -> None:
        self._settings = settings
        self._lists = lists
        self._known = known
        self._say = say
        self._way = plan.course(settings, known)
        self._marks = dict(known.marks)
        self._handled: set[tuple[int, str]] = set()
        self._found = False
        self._said: list[tuple[int | None, int, str]] = []
        self._unsure: set[str] = set()
        self._owed = Owed()

    def batches(self) -> Iterator[Batch]:
        if self._way.anew:
            yield from self._everything()
        else:
            yield from self._news()

    def _everything(self) -> Iterator[Batch]:
        if self._known.marks:
            self._say(f"{self._settings.repo}: reading everything again")
        newest = self._lists.first("issues", plan.newest(issues=True))
        replies = self._lists.by_time("issues", plan.list_params(self._settings, self._way))
        first = next(replies)
        marks, more = self._first_marks(first, newest)
        yield self._batch(Answer("to come", self._settings.api, 1 + more), **marks)
        for reply in chain([first], replies):
            yield from self._issues(reply)
        if self._found:
            yield from self._comments()
            issues = max(newest_moment(newest), self._marks["issues"])
            yield self._batch(self._seen(), sweep=plan.DONE, issues=issues)
        else:
            labels = self._lists.first("labels", {"per_page": 100})
            names = [label.name for label in read(Label, labels.json(), labels.url).read]
            self._say(plan.nothing_found(self._settings, names))
            plan.refuse_to_lose_all(self._settings, self._known)
            yield self._batch(settings="")  # so that the next pull begins anew, and says it again

    def _news(self) -> Iterator[Batch]:
        for number, reply in enumerate(self._lists.by_time("issues", plan.list_params(self._settings, self._way))):
            if number == 0:
                self._say_limit(reply, pages(reply) or 2, whenever=False)
            yield from self._issues(reply)
        yield from self._comments()
        if self._way.sweep:
            yield self._batch(sweep=plan.DONE)

    def _first_marks(self, first: Reply, newest: Reply) -> tuple[dict[str, str], int]:
        """Decide how comments are read, say what the whole pull takes; return the marks to begin with, and that."""
        comments = self._lists.first("issues/comments", plan.newest(issues=False))
        rows = read(IssueRow, first.json(), first.url).read
        wanted = sum(plan.wants_comments(self._settings, row, self._old(row), anew=True) for row in rows)
        each = plan.one_by_one(wanted, pages(first), count(comments))
        last = read(IssueRow, newest.json(), newest.url).read
        highest = max((row.number for row in [*rows, *last]), default=0)
        for_comments = plan.pages_of(count(comments) or 0) if each is None else each
        # Numbers count pull requests too, so there are never more rows than the highest.
        more = (pages(first) or plan.pages_of(highest)) - 1 + for_comments
        self._say_limit(comments, more, known=pages(first) is not None)
        began = newest_moment(newest)
        return {
            "settings": fingerprint(self._settings, self._known.voices),
            "sweep": "",
            "issues": self._marks.get("issues") or began,
            "comments": "" if each is None else self._marks.get("comments") or newest_moment(comments) or began,
        }, more

    def _issues(self, reply: Reply) -> Iterator[Batch]:
        """Yield a page of issues, cut after each one that takes more questions, so that every batch is whole."""
        ready: list[object] = []
        moved = ""
        for plain, row in zip(reply.json(), read(IssueRow, reply.json(), reply.url).whole, strict=True):
            if isinstance(row, Odd):
                self._not_read(row)
                ready.append(plain)  # to be named
                continue
            moved = write_moment(row.updated_at)
            if (row.number, moved) in self._handled:
                continue
            self._handled.add((row.number, moved))
            if plan.belongs(self._settings, row, self._old(row)):
                self._found = True
                self._owed.expect(row.number, row.comments)
            ready.append(plain)
            if answers := tuple(self._more_about(row, moved)):
                yield self._issue_batch(Answer("issues", reply.url, ready), *answers, moved=moved)
                ready = []
        if ready:
            yield self._issue_batch(Answer("issues", reply.url, ready), moved=moved)

    def _more_about(self, row: IssueRow, moved: str) -> Iterator[Answer]:
        old = self._old(row)
        if plan.wants_events(self._settings, row, old, moved=moved > (self._way.since or "")):
            yield from self._about(row.number, "events")
        one_by_one = bool(self._marks.get("comments"))
        if one_by_one and plan.wants_comments(self._settings, row, old, anew=self._way.anew):
            for answer in self._about(row.number, "comments"):
                self._note(answer, row.number)
                yield answer

    def _about(self, number: int, what: str) -> Iterator[Answer]:
        path = f"issues/{number}/{what}"
        try:
            for reply in self._lists.by_link(path):
                yield Answer(path, reply.url, reply.json())
        except WebError as error:
            if error.status not in (404, 410):  # deleted since the list was made
                raise

    def _comments(self) -> Iterator[Batch]:
        params = plan.comment_params(self._marks.get("comments", ""))
        for reply in self._lists.by_time("issues/comments", params):
            answer = Answer("issues/comments", reply.url, reply.json())
            moment = newest_moment(reply)
            self._note(answer)
            if answer.body:
                whole = Answer("whole", self._settings.api, self._owed.whole_with(answer.body))
                yield self._batch(answer, whole, **({"comments": moment} if moment else {}))

    def _note(self, answer: Answer, number: int | None = None) -> None:
        """Remember which comments are there, if any may be on record that are not."""
        if self._way.anew and self._known.entries:
            rows = read(CommentRow, answer.body, answer.url)
            self._said += [(number or row.number, row.id, write_moment(row.created_at)) for row in rows.read]
            if rows.odd:
                self._unsure.add("comments")

    def _not_read(self, issue: Odd) -> None:
        """Remember what a row that cannot be read keeps us from knowing to be gone: it is there, and may say more."""
        number = issue.plain.get("number") if isinstance(issue.plain, dict) else None
        if type(number) is int:
            self._handled.add((number, ""))
        else:
            self._unsure.add("issues")
        self._unsure.add("comments")

    def _seen(self) -> Answer:
        """Return what was come across, as an answer to whether anything on record is gone."""
        seen: dict[str, object] = {"issues": sorted({number for number, _ in self._handled})}
        if self._known.entries:
            seen["comments"] = self._said
        return Answer("seen", self._settings.api, {name: seen[name] for name in seen.keys() - self._unsure})

    def _issue_batch(self, *answers: Answer, moved: str) -> Batch:
        mark = "sweep" if self._way.sweep else "issues"
        return self._batch(*answers, **({mark: moved} if moved else {}))

    def _batch(self, *answers: Answer, **marks: str) -> Batch:
        self._marks |= marks
        return (*answers, Answer("read", self._settings.api, dict(self._marks)))

    def _old(self, row: IssueRow) -> Entry | None:
        return self._known.entries.get(entry_id(self._known.name, row.number))

    def _say_limit(self, reply: Reply, more: int, *, known: bool = True, whenever: bool = True) -> None:
        """Say what GitHub allows without a token and how many more requests it takes, or only if that is too many."""
        allowed, left = (reply.headers.get(f"x-ratelimit-{name}", "") for name in ("limit", "remaining"))
        if self._settings.token is None and left.isdecimal() and (whenever or more > int(left)):
            self._say(plan.limit(allowed, left, more, known=known))
