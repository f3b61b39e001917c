"""Files at `/.well-known/`, where programs look for who is behind a host: security.txt, trust.txt, atproto-did."""

from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import urlsplit

from onrecord.file import File
from onrecord.model.people import Security
from onrecord.model.scalars import write_moment
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record


class WellKnown:
    """The files that a host shows at its root: a site below it has none, because nobody would find them."""

    name: ClassVar[str] = "well-known"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield what there is to say in each."""
        if press.base_path != "/":
            return
        if security := record.site.security:
            yield _file("security.txt", _security(security, press))
        if trust := list(_trust(record)):
            yield _file("trust.txt", trust)
        if did := _did(record):
            yield _file("atproto-did", [did])


def _file(name: str, lines: list[str]) -> File:
    return File(f"{addresses.WELL_KNOWN}{name}", "".join(f"{line}\n" for line in lines).encode())


def _security(security: Security, press: Press) -> list[str]:
    """Return RFC 9116's fields; it wants `Expires` once, and `Canonical` where the file itself is."""
    return [
        *(f"Contact: {contact}" for contact in security.contact),
        f"Expires: {write_moment(security.expires)}",
        *([f"Preferred-Languages: {', '.join(security.languages)}"] if security.languages else []),
        f"Canonical: {press.url(addresses.WELL_KNOWN)}security.txt",
        *([f"Policy: {security.policy}"] if security.policy else []),
    ]


def _trust(record: Record) -> Iterator[str]:
    """Yield JournalList's variables that we know about: our accounts, and where to reach us."""
    social = [account.url for account in record.own_accounts if account.url and account.platform != "web"]
    yield from (f"social={url}" for url in social)
    yield from (
        f"control={account.url}" for account in record.own_accounts if account.url and account.platform == "web"
    )
    if social and record.site.tell_us:
        yield f"contact={record.site.tell_us}"


def _did(record: Record) -> str | None:
    """Return the DID of the brand's Bluesky account whose handle is the host of this site."""
    host = urlsplit(record.site.url).hostname
    named = (account for account in record.own_accounts if account.platform == "bluesky" and account.id)
    return next((account.id for account in named if host and account.is_called(host)), None)
