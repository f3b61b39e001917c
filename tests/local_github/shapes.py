"""Whole GitHub values, as its official description asks for them; say only what matters to the test.

Addresses are those of api.github.com; the server puts its own in their place as it answers.
"""

import zlib
from typing import Any
from urllib.parse import quote

API = "https://api.github.com"
WEB = "https://github.com"
Json = dict[str, Any]


def user(login: str, *, kind: str = "User") -> Json:
    """Return an account; `kind` is User, Bot or Organization, and the id follows from the login."""
    name = quote(login)
    at = f"{API}/users/{name}"
    return {
        "login": login,
        "id": zlib.crc32(login.encode()) % 10**8,
        "node_id": f"U_{login}",
        "avatar_url": f"https://avatars.githubusercontent.com/{name}",
        "gravatar_id": "",
        "url": at,
        "html_url": f"{WEB}/{name}",
        "followers_url": f"{at}/followers",
        "following_url": f"{at}/following{{/other_user}}",
        "gists_url": f"{at}/gists{{/gist_id}}",
        "starred_url": f"{at}/starred{{/owner}}{{/repo}}",
        "subscriptions_url": f"{at}/subscriptions",
        "organizations_url": f"{at}/orgs",
        "repos_url": f"{at}/repos",
        "events_url": f"{at}/events{{/privacy}}",
        "received_events_url": f"{at}/received_events",
        "type": kind,
        "user_view_type": "public",
        "site_admin": False,
    }


def label(name: str, *, repo: str = "acme/app", description: str | None = None) -> Json:
    """Return a label."""
    return {
        "id": zlib.crc32(f"{repo} {name}".encode()),
        "node_id": f"LA_{name}",
        "url": f"{API}/repos/{repo}/labels/{quote(name)}",
        "name": name,
        "description": description,
        "color": "ededed",
        "default": False,
    }


def milestone(title: str, *, number: int = 1, repo: str = "acme/app", closed_at: str | None = None) -> Json:
    """Return a milestone; closed when `closed_at` is given."""
    at = f"{API}/repos/{repo}/milestones/{number}"
    return {
        "url": at,
        "html_url": f"{WEB}/{repo}/milestone/{number}",
        "labels_url": f"{at}/labels",
        "id": 5000 + number,
        "node_id": f"MI_{number}",
        "number": number,
        "title": title,
        "description": None,
        "creator": user("ana"),
        "open_issues": 0,
        "closed_issues": 1,
        "state": "closed" if closed_at else "open",
        "created_at": "2026-01-05T08:00:00Z",
        "updated_at": closed_at or "2026-01-05T08:00:00Z",
        "due_on": None,
        "closed_at": closed_at,
    }


def reactions(at: str) -> Json:
    names = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")
    return {"url": f"{at}/reactions", "total_count": 0} | dict.fromkeys(names, 0)


def issue(number: int, title: str, *, repo: str = "acme/app", pull_request: bool = False, **facts: Any) -> Json:
    """Return an issue by a customer, closed when `closed_at` is given; labels and users may be plain names.

    `facts` replace any field of GitHub's, known or not.
    """
    at = f"{API}/repos/{repo}/issues/{number}"
    created = facts.get("created_at", "2026-11-01T10:00:00Z")
    closed = facts.get("closed_at")
    plain: Json = {
        "url": at,
        "repository_url": f"{API}/repos/{repo}",
        "labels_url": f"{at}/labels{{/name}}",
        "comments_url": f"{at}/comments",
        "events_url": f"{at}/events",
        "html_url": f"{WEB}/{repo}/{'pull' if pull_request else 'issues'}/{number}",
        "id": 1_000_000 + number,
        "node_id": f"I_{number}",
        "number": number,
        "title": title,
        "user": "customer",
        "labels": [],
        "state": "closed" if closed else "open",
        "locked": False,
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "comments": 0,
        "created_at": created,
        "updated_at": closed or created,
        "closed_at": closed,
        "author_association": "NONE",
        "type": None,
        "active_lock_reason": None,
        "body": f"{title}, told by a customer.",
        "closed_by": "ana" if closed else None,
        "reactions": reactions(at),
        "timeline_url": f"{at}/timeline",
        "performed_via_github_app": None,
        "state_reason": "completed" if closed else None,
    }
    if pull_request:
        pull = f"{API}/repos/{repo}/pulls/{number}"
        web = plain["html_url"]
        plain |= {
            "draft": False,
            "state_reason": None,
            "pull_request": {
                "url": pull,
                "html_url": web,
                "diff_url": f"{web}.diff",
                "patch_url": f"{web}.patch",
                "merged_at": closed,
            },
        }
    whole = plain | facts
    whole["labels"] = [label(name, repo=repo) if isinstance(name, str) else name for name in whole["labels"]]
    for who in ("user", "closed_by"):
        whole[who] = user(whole[who]) if isinstance(whole[who], str) else whole[who]
    return whole


def comment(ident: int, on: int, body: str | None, *, repo: str = "acme/app", **facts: Any) -> Json:
    """Return a member's comment on the issue with the number `on`; the user may be a plain name."""
    at = f"{API}/repos/{repo}/issues/comments/{ident}"
    created = facts.get("created_at", "2026-11-01T11:00:00Z")
    whole: Json = {
        "url": at,
        "html_url": f"{WEB}/{repo}/issues/{on}#issuecomment-{ident}",
        "issue_url": f"{API}/repos/{repo}/issues/{on}",
        "id": ident,
        "node_id": f"IC_{ident}",
        "user": "ana",
        "created_at": created,
        "updated_at": created,
        "body": body,
        "author_association": "MEMBER",
        "reactions": reactions(at),
        "performed_via_github_app": None,
    } | facts
    whole["user"] = user(whole["user"]) if isinstance(whole["user"], str) else whole["user"]
    return whole


def release(ident: int, tag: str, body: str | None = None, *, repo: str = "acme/app", **facts: Any) -> Json:
    """Return a published release of a version; the author may be a plain name."""
    at = f"{API}/repos/{repo}/releases/{ident}"
    web = f"{WEB}/{repo}"
    published = facts.get("published_at", "2026-11-05T10:00:00Z")
    whole: Json = {
        "url": at,
        "html_url": f"{web}/releases/tag/{quote(tag)}",
        "assets_url": f"{at}/assets",
        "upload_url": f"{at}/assets{{?name,label}}",
        "tarball_url": f"{API}/repos/{repo}/tarball/{quote(tag)}",
        "zipball_url": f"{API}/repos/{repo}/zipball/{quote(tag)}",
        "id": ident,
        "node_id": f"RE_{ident}",
        "tag_name": tag,
        "target_commitish": "main",
        "name": None,
        "body": body,
        "draft": False,
        "prerelease": False,
        "immutable": False,
        "created_at": published or "2026-11-05T09:00:00Z",
        "updated_at": published,
        "published_at": published,
        "author": "ana",
        "assets": [],
    } | facts
    whole["author"] = user(whole["author"]) if isinstance(whole["author"], str) else whole["author"]
    return whole


def event(ident: int, on: int, what: str, by: str, at: str, *, repo: str = "acme/app", **facts: Any) -> Json:
    """Return an event of an issue: closed, reopened, labeled, …"""
    return {
        "id": ident,
        "node_id": f"EV_{ident}",
        "url": f"{API}/repos/{repo}/issues/events/{ident}",
        "actor": user(by),
        "event": what,
        "commit_id": None,
        "commit_url": None,
        "created_at": at,
        "performed_via_github_app": None,
    } | facts
