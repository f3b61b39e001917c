"""What `onrecord check` warns of about who speaks: proofs that broke, and files that nobody will find."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from onrecord import strict_yaml
from onrecord.config import FILE
from onrecord.errors import Level, Problem
from onrecord.log.read import VOICES
from onrecord.model.people import Account
from onrecord.model.proof import Standing
from onrecord.press import base_path
from onrecord.proofs.bluesky import can_be_asked
from onrecord.stages.gather import Folder

_A_YEAR = timedelta(days=366)


def vouching(folder: Folder, now: datetime) -> Iterator[Problem]:
    """Yield warnings about accounts that no longer point back, or never can, and about security.txt."""
    yield from _accounts(folder)
    yield from _security(folder, now)


def _accounts(folder: Folder) -> Iterator[Problem]:
    broken = {proof.account: proof for proof in folder.log.proofs if proof.standing is Standing.BROKEN}
    document = _document(folder, VOICES)
    for name, voice in folder.log.voices.items():
        for number, account in enumerate(voice.accounts):
            place = document.place([name, "accounts", number])
            if proof := broken.get(account):
                what = f"{_called(account)} points back to this site no more, since {proof.broken_since}: {proof.why}"
                todo = 'mend it there and run "onrecord check --online", or take the account out: it may be lost'
                yield Problem(place, what, todo, Level.WARNING)
            if account.platform == "bluesky" and not can_be_asked(account.id):
                what = f"nobody can be asked about {_called(account)} without its DID"
                todo = 'add id: "did:plc:…": Settings, Account, Handle in Bluesky shows it'
                yield Problem(place, what, todo, Level.WARNING)


def _called(account: Account) -> str:
    return f"{account.platform} {account.handle}"


def _security(folder: Folder, now: datetime) -> Iterator[Problem]:
    security = folder.settings.site.security
    if security is None:
        return
    document = _document(folder, FILE)
    place = document.place(["site", "security", "expires"])
    if security.expires <= now:
        todo = "look whether the addresses still hold, then write a day within the next year"
        yield Problem(place, "security.txt has expired, so nobody should go by it", todo, Level.WARNING)
    elif security.expires > now + _A_YEAR:
        todo = "write a day within the next year, so that somebody looks again (RFC 9116)"
        yield Problem(place, "security.txt is to hold for more than a year", todo, Level.WARNING)
    if base_path(folder.settings.site) != "/":
        what = "/.well-known/ is looked for at the root of a host, and this site is below it: no security.txt is made"
        todo = "publish the site at the root of a host of its own, or keep security.txt on the host itself"
        place = document.place(["site", "security"], of_key=True)
        yield Problem(place, what, todo, Level.WARNING)


def _document(folder: Folder, shown: str) -> strict_yaml.Document:
    path = folder.root / shown
    unread = any(problem.place.path == shown for problem in folder.log.problems)
    return strict_yaml.read(path.read_text("utf-8") if path.is_file() and not unread else "", shown)
