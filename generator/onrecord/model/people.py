"""Who speaks for the brand and what it is made of: voices, components and topics, as people list them."""

from typing import Annotated, Literal

from pydantic import Field

from onrecord.model.kinds import ComponentState
from onrecord.model.parts import Part
from onrecord.model.scalars import Day, Line, Moment, Slug, Text, Url, Zone


class Account(Part):
    """An account at a venue; the id, where the platform has one, survives a change of name."""

    platform: Slug = Field(description="github, mastodon, bluesky …")
    handle: Line
    url: Url | None = None
    id: Line | None = None


class Voice(Part):
    """A person, or the brand itself, who may speak in public, and from which accounts."""

    name: Line
    role: Line | None = None
    initials: Annotated[str, Field(max_length=4)] | None = None
    accounts: tuple[Account, ...] = ()
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None

    def speaks_as(self, platform: str, handle: str, account_id: str | None = None) -> bool:
        """Tell whether an account is this voice's: by its id where we know it, else by its handle."""
        return any(
            account.platform == platform
            and (account.id == account_id if account.id and account_id else _same(account.handle, handle))
            for account in self.accounts
        )


def _same(one: str, other: str) -> bool:
    return one.lstrip("@").casefold() == other.lstrip("@").casefold()


class Hold(Part):
    """A state set by hand until a moment."""

    status: ComponentState
    until: Moment


class Component(Part):
    """A part of the product that users recognise."""

    name: Line
    description: Text | None = None
    group: Line | None = None
    order: int = 0
    hold: Hold | None = None


class Site(Part):
    """What the whole site is called, where it lives and which clock it prints."""

    title: Line
    url: Url = Field(description="where it is published; a sub-path is fine")
    description: Line = "What you told us, what we answered, what we fixed."
    languages: tuple[Literal["en"], ...] = ("en",)
    timezone: Zone = Field("UTC", description="what a time without a zone means, and what pages print")
    tell_us: Url | None = Field(None, description="where a customer tells you about a new problem")
