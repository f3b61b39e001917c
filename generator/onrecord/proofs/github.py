"""GitHub: the brand's own profile names us, and its organisation names its people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from onrecord.model.people import Account
from onrecord.proofs.values import YES, Heard, Ours, Outcome, Page, Question, Said, cannot_tell, no

_JSON = "application/vnd.github+json"


def api_of(account: Account) -> str:
    """Return where the API of an account's GitHub is: github.com's, or that of a GitHub of one's own."""
    parts = urlsplit(account.url or "https://github.com/")
    if parts.hostname in ("github.com", "www.github.com"):
        return "https://api.github.com"
    return f"{parts.scheme}://{parts.netloc}/api/v3"


def login(account: Account) -> str:
    """Return the name of an account as an address has it."""
    return quote(account.handle.lstrip("@"), safe="")


@dataclass(frozen=True, slots=True)
class Profile:
    """The account's own profile names us as its website; only its owner can write there."""

    account: Account

    def questions(self) -> tuple[Question, ...]:
        """Return the profile."""
        return (Page(f"{api_of(self.account)}/users/{login(self.account)}", _JSON, token=True),)

    def decide(self, heard: tuple[Heard, ...], ours: Ours) -> Outcome:
        """Return yes when the website of the profile is ours, and the account is the one we mean."""
        (profile,) = heard
        if not isinstance(profile, Said):
            return cannot_tell(profile)
        if not profile.texts:
            return no("there is no such account any more", "correct the account, or take it out")
        plain = _object(profile)
        if plain is None:
            return cannot_tell()
        if self.account.id and str(plain.get("id")) != self.account.id:
            return no("somebody else has its name now", "correct the handle or the id")
        if ours.links_here(str(plain.get("blog") or "")):
            return YES
        return no("its profile does not name this site", f"set as the URL of the profile: {ours.voices}")


@dataclass(frozen=True, slots=True)
class Member:
    """The brand's organisation shows the account among its people, and itself names us."""

    account: Account
    organisation: Account

    def questions(self) -> tuple[Question, ...]:
        """Return whether the membership is public, and the organisation's own profile."""
        people = f"{api_of(self.organisation)}/orgs/{login(self.organisation)}/public_members"
        return Page(f"{people}/{login(self.account)}", _JSON, token=True), *Profile(self.organisation).questions()

    def decide(self, heard: tuple[Heard, ...], ours: Ours) -> Outcome:
        """Return yes when the organisation names both the person and us: naming the person alone proves nothing."""
        member, profile = heard
        of_theirs = Profile(self.organisation).decide((profile,), ours)
        if not isinstance(member, Said):
            return cannot_tell(member)
        if not member.texts:
            name = self.organisation.handle
            return no(f"{name} does not show it among its people", f"make its membership of {name} public")
        if of_theirs == YES:
            return YES
        why = f"{self.organisation.handle}: {of_theirs.why}"
        return Outcome(of_theirs.answer, why, of_theirs.todo)


def _object(said: Said) -> Mapping[str, Any] | None:
    try:
        plain = json.loads(said.texts[0])
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None
