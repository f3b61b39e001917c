"""How the server of each source is set up; a new source needs one line in `SERVED`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.local_github import LocalGitHub, comment, issue, release, user
from tests.local_host import LocalHost, faults
from tests.sources.feeds import LocalFeed, rss

TOKEN = "ghp_hush"
Json = dict[str, Any]
Strike = Callable[[], object]


@dataclass(frozen=True)
class Served:
    """One source's service: `settings` are those of a source that reads it at a URL, `news` lets things happen there.

    `json` says whether it answers with JSON. `odd` says how each odd content of `ODD` comes about, or why it cannot.
    """

    host: LocalHost
    settings: Callable[[str], Json]
    news: Strike
    odd: Mapping[str, Strike | str]
    json: bool = True


ODD = (
    "a value that nobody knows",
    "no author, since the account is gone",
    "no words",
    "written by a program",
    "locked",
    "transferred",
    "changed between two answers",
    "deleted between two answers",
)


def issues(**how: Any) -> Served:
    known = [
        issue(1, "Card refused", closed_at="2026-11-04T10:00:00Z", comments=2),
        issue(2, "Slow on old phones", labels=["known-issue"], comments=1),
        issue(3, "Sign-in fails"),
    ]
    said = [
        comment(11, 1, "Mended.", created_at="2026-11-04T09:00:00Z"),
        comment(12, 1, "Thanks.", user="customer", author_association="NONE"),
        comment(13, 2, "We are looking into it."),
    ]
    github = LocalGitHub(issues=known, comments=said, token=TOKEN, **how)
    there = github.repository

    def news() -> None:
        there.say(3, "It was the clock.")
        there.close(3)
        there.say(2, "Found it.")
        there.reopen(1)  # so that its events are asked for

    def odd(**facts: Any) -> Strike:
        edit = faults.change(lambda rows: [row | facts if row["number"] == 3 else row for row in rows])
        return lambda: github.fault(edit, at="*/issues", times=1000)

    return Served(
        github,
        lambda url: _repository(url) | {"type": "github-issues", "known_issue_labels": ["known-issue"]},
        news,
        {
            "a value that nobody knows": odd(state_reason="by_magic", author_association="WIZARD", mood="fine"),
            "no author, since the account is gone": odd(user=None, closed_by=None),
            "no words": odd(body=None),
            "written by a program": odd(user=user("ci[bot]", kind="Bot")),
            "locked": odd(locked=True, active_lock_reason="spam"),
            "transferred": lambda: github.fault(faults.meanwhile(lambda: there.transfer(3, "acme/other/issues/1"))),
            "changed between two answers": lambda: github.fault(
                faults.meanwhile(lambda: there.edit(3, title="Sign-in fails at night"))
            ),
            "deleted between two answers": lambda: github.fault(faults.meanwhile(lambda: there.delete(3))),
        },
    )


def releases(**how: Any) -> Served:
    known = [release(n, f"v1.{n}", "Better.", published_at=f"2026-11-0{n}T10:00:00Z") for n in (1, 2, 3)]
    github = LocalGitHub(releases=known, token=TOKEN, **how)
    there = github.repository

    def news() -> None:
        there.edit_release(3, body="Much better.")
        there.publish("v1.4", "New things.")

    def odd(**facts: Any) -> Strike:
        edit = faults.change(lambda rows: [row | facts if row["id"] == 3 else row for row in rows])
        return lambda: github.fault(edit, at="*/releases", times=1000)

    return Served(
        github,
        lambda url: _repository(url) | {"type": "github-releases"},
        news,
        {
            "a value that nobody knows": odd(immutable="by magic", mood="fine"),
            "no author, since the account is gone": odd(author=None),
            "no words": odd(body=None, name=None),
            "written by a program": odd(author=user("ci[bot]", kind="Bot")),
            "locked": odd(immutable=True),
            "transferred": "a release moves only with its repository, which is a redirect",
            "changed between two answers": lambda: github.fault(
                faults.meanwhile(lambda: there.edit_release(3, body="The best."))
            ),
            "deleted between two answers": lambda: github.fault(faults.meanwhile(lambda: there.delete_release(2))),
        },
    )


def feed(**how: Any) -> Served:
    first = "<title>Cards work again</title><guid>1</guid><pubDate>Tue, 17 Nov 2026 12:00:00 GMT</pubDate>{}"
    new = "<title>And phones</title><guid>2</guid><pubDate>Sat, 21 Nov 2026 09:30:00 GMT</pubDate>{}"
    words = "<description>So they do.</description>"
    host = LocalFeed(rss(first.format(words)), **how)

    def serve(*items: str) -> None:
        host.feed = rss(*items).encode()

    def odd(more: str) -> Strike:
        return lambda: host.fault(
            lambda answer, asked: faults.Answer(200, rss(new.format(more), first.format(words)).encode()), times=1000
        )

    return Served(
        host,
        lambda url: {"type": "feed", "url": f"{url}/news.xml"},
        lambda: serve(new.format(words), first.format("<description>So they do, all of them.</description>")),
        {
            "a value that nobody knows": odd(f"<mood>fine</mood>{words}"),
            "no author, since the account is gone": odd(f"<dc:creator></dc:creator>{words}"),
            "no words": odd(""),
            "written by a program": odd(f"<dc:creator>ci[bot]</dc:creator>{words}"),
            "locked": "items of a feed are not locked",
            "transferred": odd(f"<link>https://elsewhere.example/2</link>{words}"),
            "changed between two answers": "a feed is one answer",
            "deleted between two answers": "a feed is one answer",
        },
        json=False,
    )


def _repository(url: str) -> Json:
    return {"repo": "acme/app", "api_url": url}


SERVED: dict[str, Callable[..., Served]] = {
    "feed": feed,
    "github-issues": issues,
    "github-releases": releases,
}
