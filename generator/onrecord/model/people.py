"""Who speaks for the brand and what it is made of: voices, components and topics, as people list them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from onrecord.model.kinds import ComponentState
from onrecord.model.parts import Part
from onrecord.model.scalars import Contact, Day, Language, Line, Moment, Slug, Text, Url, Zone


class Account(Part):
    """An account at a venue; the id, where the platform has one, survives a change of name."""

    platform: Slug = Field(description="github, mastodon, bluesky …")
    handle: Line = Field(description="the account's name there")
    url: Url | None = Field(None, description="the account's page")
    id: Line | None = Field(
        None, description="the account's number, which stays when its name changes; a Bluesky DID"
    )

    def is_called(self, handle: str) -> bool:
        """Tell whether a handle is this account's, with or without its `@`."""
        return self.handle.lstrip("@").casefold() == handle.lstrip("@").casefold()


class Voice(Part):
    """A person, or the brand itself, who may speak in public, and from which accounts."""

    name: Line = Field(description="as readers are to see it")
    role: Line | None = Field(None, description="what they do here")
    brand: bool = Field(False, description="true if this is the brand itself, not a person")
    initials: Annotated[str, Field(max_length=4)] | None = Field(None, description="how they sign short posts")
    accounts: tuple[Account, ...] = Field((), description="the accounts they speak from")
    from_: Day | None = Field(None, alias="from", description="the first day on which they speak for us")
    until: Day | None = Field(None, description="the last day")

    def speaks_on(self, day: date) -> bool:
        """Tell whether they speak for us on a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)

    def speaks_as(self, platform: str, handle: str, account_id: str | None = None) -> bool:
        """Tell whether an account is this voice's: by its id where we know it, else by its handle."""
        return any(
            account.platform == platform
            and (account.id == account_id if account.id and account_id else account.is_called(handle))
            for account in self.accounts
        )


class NotOurs(Part):
    """Something that looks like us and is not."""

    what: Line = Field(description="the account or page, as people come across it")
    why: Line | None = Field(None, description="what it does, and what you did about it")


class NotRead(Part):
    """A venue where nobody of us reads."""

    where: Line = Field(description="the venue, as people know it")
    instead: Line | None = Field(None, description="where they reach you")


class Bounds(Part):
    """Where our speaking ends, in the same list as the voices: what is not ours, and where we do not read."""

    not_ours: tuple[NotOurs, ...] = Field((), description="accounts and pages that look like yours and are not")
    not_read: tuple[NotRead, ...] = Field((), description="venues where nobody of you reads")
    please_note: Text | None = Field(None, description="what people should know, like what you never ask for")


class Hold(Part):
    """A state set by hand until a moment."""

    status: ComponentState = Field(description="how it is doing")
    until: Moment = Field(description="when this ends by itself")


class Component(Part):
    """A part of the product that users recognise."""

    name: Line = Field(description="as readers know it")
    description: Text | None = Field(None, description="what it does for them")
    group: Line | None = Field(None, description="what it stands under in lists")
    order: int = Field(0, description="its place in lists: small numbers first")
    hold: Hold | None = Field(None, description="a state set by hand, whatever entries say")


class Security(Part):
    """How to report a weakness: what `/.well-known/security.txt` says (RFC 9116)."""

    contact: tuple[Contact, ...] = Field(
        min_length=1, description="where to report it, the best way first: `mailto:` or `https://` addresses"
    )
    expires: Moment = Field(description="until when this holds: less than a year ahead")
    languages: tuple[Language, ...] = Field((), description="the languages that you read reports in")
    policy: Url | None = Field(None, description="the page that says how you deal with reports")


class Site(Part):
    """What the whole site is called, where it lives and which clock it prints."""

    title: Line = Field(description="what the site is called")
    url: Url = Field(description="where it is published; a sub-path is fine")
    description: Line = Field(
        "What you told us, what we answered, what we fixed.", description="one line for search engines and feeds"
    )
    languages: tuple[Literal["en"], ...] = Field(("en",), description="the languages of the site, the main one first")
    timezone: Zone = Field("UTC", description="what a time without a zone means, and what pages print")
    tell_us: Url | None = Field(None, description="where a customer tells you about a new problem")
    starts: Day | None = Field(None, description="the day from which things are logged; said while there is nothing")
    security: Security | None = Field(None, description="how to report a weakness, as `/.well-known/security.txt`")
