"""Which kind of proof an account can have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.model.people import Account, Voice
from onrecord.proofs.bluesky import DIRECTORY, WELL_KNOWN, Bluesky, can_be_asked
from onrecord.proofs.github import Member, Profile, api_of
from onrecord.proofs.link_back import LinkBack
from onrecord.proofs.values import Kind
from onrecord.proofs.website import Website

NO_PROOF_THERE = frozenset(
    {
        *("app-store", "google-play", "play-store", "trustpilot"),
        *("facebook", "instagram", "linkedin", "pinterest", "reddit", "snapchat", "threads", "tiktok", "youtube"),
        *("telegram", "twitter", "whatsapp", "x"),
    }
)
"""Platforms whose profiles cannot carry a link that a program may read, or that do not let programs read them."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where Bluesky's accounts are looked up: the directory of DIDs, and what a handle's own host says."""

    directory: str = DIRECTORY
    well_known: str = WELL_KNOWN


def kind_of(voice: Voice, account: Account, voices: Mapping[str, Voice], places: Places) -> Kind | None:
    """Return how an account of a voice can be proved, or nothing when it cannot."""
    match account.platform:
        case "github":
            return _on_github(voice, account, voices.values())
        case "bluesky":
            handle = account.handle.lstrip("@").lower()
            asked = account.id if can_be_asked(account.id) else None
            return Bluesky(handle, asked, places.directory, places.well_known) if asked else None
        case "web" if voice.brand and account.url:
            return Website(account.url)
        case platform if account.url and platform not in NO_PROOF_THERE:
            return LinkBack(account.url)
    return None


def _on_github(voice: Voice, account: Account, voices: Iterable[Voice]) -> Kind | None:
    if voice.brand:
        return Profile(account)
    own = (own for brand in voices if brand.brand for own in brand.accounts if own.platform == "github")
    organisation = next((own for own in own if api_of(own) == api_of(account)), None)
    return Member(account, organisation) if organisation else None
