"""What was erased because somebody asked for it: remembered without the words themselves."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from onrecord.model.parts import Part
from onrecord.model.scalars import Day, Id

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Erasure(Part):
    """One wish: an address, a phrase, or all that a customer said in some entries."""

    on: Day = Field(description="the day on which it was erased")
    address: Digest | None = Field(None, description="the digest of an address")
    phrase: Digest | None = Field(None, description="the digest of some words in a row")
    length: int = Field(0, ge=0, le=1000, description="how many words the phrase has")
    entries: tuple[Id, ...] = Field((), description="in these entries only; alone, all that the customer said there")

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if bool(self.phrase) != bool(self.length) or (self.address and self.phrase):
            raise ValueError('this is no erasure: write it with "onrecord erase"')
        if not (self.address or self.phrase or self.entries):
            raise ValueError('this erases nothing: take it out, or write it with "onrecord erase"')
        return self


class Erased(Part):
    """Everything that was erased. The salt keeps a digest from being looked up in a table made elsewhere."""

    salt: str = Field("", description="a random text, made once")
    erased: tuple[Erasure, ...] = Field((), description="each wish")
