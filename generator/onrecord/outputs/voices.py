"""Who speaks for the brand: its accounts and people with their proofs, what is not ours, and where we do not read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from onrecord.file import File
from onrecord.model.people import Account, Voice
from onrecord.model.proof import Proof
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record
from onrecord.states import STANDINGS, State
from onrecord.venues.table import PLATFORMS


@dataclass(frozen=True, slots=True)
class Shown:
    """One account as readers see it."""

    account: Account
    proof: Proof
    state: State
    platform: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice with its accounts."""

    voice: Voice
    accounts: tuple[Shown, ...]


_PLATFORMS = {"web": "Website", **{platform.slug: platform.name for platform in PLATFORMS}}


class Voices:
    """The page of those who speak."""

    name: ClassVar[str] = "voices"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield the page, if there is anything to say: the brand itself, its people, and who was one of them."""
        if not record.has_voices:
            return
        say, today = press.language.say, record.today
        proofs = {proof.account: proof for proof in record.proofs}
        everyone = [_speaker(voice, proofs) for voice in record.voices.values()]
        current = [one for one in everyone if one.voice.speaks_on(today)]
        asked = [proof.asked for one in current for shown in one.accounts if (proof := shown.proof).asked]
        yield press.page(
            addresses.VOICES,
            "voices.html",
            title=say("Who speaks for us"),
            description=say("The people and accounts that speak for us in public, and how you can tell."),
            active=addresses.VOICES,
            brands=[one for one in current if one.voice.brand],
            people=[one for one in current if not one.voice.brand],
            former=[one for one in everyone if one.voice.until and one.voice.until < today],
            bounds=record.bounds,
            asked=max(asked, default=None),
            standings=STANDINGS.values(),
        )


def _speaker(voice: Voice, proofs: dict[Account, Proof]) -> Speaker:
    return Speaker(voice, tuple(_shown(account, proofs) for account in voice.accounts))


def _shown(account: Account, proofs: dict[Account, Proof]) -> Shown:
    proof = proofs.get(account, Proof(account=account))
    platform = _PLATFORMS.get(account.platform, account.platform.replace("-", " ").capitalize())
    return Shown(account, proof, STANDINGS[proof.standing], platform)
