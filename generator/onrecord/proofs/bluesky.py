"""A Bluesky handle below a domain of ours and a DID name each other (https://atproto.com/specs/handle)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.proofs.values import YES, Heard, Ours, Outcome, Page, Question, Said, Txt, cannot_tell, no

DIRECTORY = "https://plc.directory"
WELL_KNOWN = "https://{handle}/.well-known/atproto-did"
_WEB = re.compile(r"did:web:([a-zA-Z0-9.-]+)")
_PLC = re.compile(r"did:plc:[a-z2-7]{24}")


@dataclass(frozen=True, slots=True)
class Bluesky:
    """The handle leads to the DID, and the DID's own document names the handle."""

    handle: str
    did: str
    directory: str = DIRECTORY
    well_known: str = WELL_KNOWN

    def questions(self) -> tuple[Question, ...]:
        """Return both ways from the handle to a DID, and the DID's document."""
        by_page = self.well_known.format(handle=self.handle)
        return Txt(f"_atproto.{self.handle}"), Page(by_page, "text/plain"), Page(self._document, "application/json")

    @property
    def _document(self) -> str:
        at_home = _WEB.fullmatch(self.did)
        return f"https://{at_home[1]}/.well-known/did.json" if at_home else f"{self.directory}/{self.did}"

    def decide(self, heard: tuple[Heard, ...], ours: Ours) -> Outcome:
        """Return yes when handle and DID name each other and the handle is on a domain of ours."""
        *ways, document = heard
        if not ours.holds(self.handle):
            todo = "take a domain of yours as its handle, and list that domain as a website of the brand"
            return no("its handle is on no domain of ours", todo)
        found = {did for way in ways if isinstance(way, Said) for did in _dids(way)}
        if found and found != {self.did}:
            return no("its handle leads to another account", "correct the handle or the id; or somebody took it")
        if not found:
            todo = f'add to the DNS a TXT record _atproto.{self.handle} with "did={self.did}"'
            silent = not all(isinstance(way, Said) for way in ways)
            return cannot_tell(*ways) if silent else no("its handle leads to no account", todo)
        if not isinstance(document, Said):
            return cannot_tell(document)
        if f"at://{self.handle.casefold()}" in _names(document):
            return YES
        return no("the account has another handle", "set the handle in Bluesky's settings, or correct it here")


def can_be_asked(did: str | None) -> bool:
    """Tell whether a DID is of a kind whose document can be found."""
    return bool(did and (_PLC.fullmatch(did) or _WEB.fullmatch(did)))


def _dids(way: Said) -> Iterator[str]:
    """Yield the DIDs in texts of the DNS (`did=…`) or in the page (the bare DID); a web page for people has none."""
    for text in way.texts:
        did = text.strip().removeprefix("did=")
        if re.fullmatch(r"did:[a-z]+:[a-zA-Z0-9._:%-]{1,200}", did):
            yield did


def _names(document: Said) -> list[str]:
    try:
        names = json.loads(document.texts[0])["alsoKnownAs"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return []
    return [name.casefold() for name in names if isinstance(name, str)] if isinstance(names, list) else []
