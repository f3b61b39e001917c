"""Who made a statement, and from which account: as `voices.yml` names them, whatever name the venue gave."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from onrecord.model.parts import Update
from onrecord.model.people import Account, Voice
from onrecord.record.record import Record


def speaker(update: Update, record: Record) -> tuple[Voice, Account | None]:
    """Return the voice that made a statement, and the account at the venue it was made from, if that is known.

    A name that is none of ours is looked for among the accounts of those who spoke for us on that day: what was
    pulled before an account was listed has the account's name.
    """
    for voice, account in _accounts(update, record):
        if _is_at(account, update.url):
            return voice, account
    return record.who(update.by), None


def _accounts(update: Update, record: Record) -> Iterator[tuple[Voice, Account]]:
    if named := record.voices.get(update.by or ""):
        yield from ((named, account) for account in named.accounts)
        return
    for voice in record.voices.values():
        if update.by and voice.speaks_on(update.at.date()):
            yield from ((voice, account) for account in voice.accounts if account.is_called(update.by))


def _is_at(account: Account, url: str | None) -> bool:
    """Tell whether an account is at the host of an address; one without an address, by the name of its platform."""
    host = (urlsplit(url or "").hostname or "").casefold()
    if account.url:
        return host == (urlsplit(account.url).hostname or "").casefold()
    return bool(host) and account.platform in host.split(".")
