"""Who wrote something on GitHub, and which of the brand's voices that is."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from onrecord.model.people import Voice
from onrecord.model.scalars import Line, Url
from onrecord.sources.rows import Row

_URL: TypeAdapter[str] = TypeAdapter(Url)


class Account(Row):
    """Who wrote something."""

    login: Line
    id: int | None = None
    type: str | None = None

    @property
    def bot(self) -> bool:
        """Tell whether a program writes here."""
        return self.type == "Bot" or self.login.endswith("[bot]")


def voice_of(account: Account, at: datetime, voices: Mapping[str, Voice]) -> str | None:
    """Return the name in voices.yml of the voice that spoke from an account at a moment, in its days only."""
    number = None if account.id is None else str(account.id)
    for name, voice in voices.items():
        if voice.speaks_as("github", account.login, number) and voice.speaks_on(at.date()):
            return name
    return None


def link_of(address: object) -> str | None:
    """Return where readers find something, if that is an address that may be linked to."""
    try:
        return _URL.validate_python(address)
    except ValidationError:
        return None
