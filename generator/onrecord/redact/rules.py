"""What a site may set about personal data."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

_PLACES = {"0": "[0-9]", "@": "[A-Z]", "*": "[A-Z0-9]"}
_FEWEST_PLACES = 4


class Rules(BaseModel):
    """What counts as personal data on this site beyond the kinds that are always redacted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    order_numbers: tuple[Annotated[str, Field(max_length=64)], ...] = Field(
        default=(),
        max_length=50,
        description="What your order, customer or ticket numbers look like: `0` stands for a digit, `@` for "
        "a letter, `*` for either, everything else for itself. Example: `ORD-00000000`.",
    )
    keep: tuple[str, ...] = Field(
        default=(),
        description="Your own public addresses and numbers, which stay as they are: `support@example.com`.",
    )
    phone_regions: tuple[str, ...] = Field(
        default=("US", "GB", "DE", "FR", "ES"),
        max_length=6,
        description="Countries whose phone numbers your customers write without `+`, as two letters.",
    )
    hold_over: int = Field(
        default=20,
        ge=0,
        description="An entry with more redactions than this is held for review instead of being published.",
    )

    @field_validator("order_numbers")
    @classmethod
    def _specific(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            if sum(map(pattern.count, _PLACES)) < _FEWEST_PLACES:
                raise ValueError(
                    f'"{pattern}" would match ordinary words: give it at least {_FEWEST_PLACES} places '
                    "(`0` a digit, `@` a letter, `*` either), as in `ORD-00000000`"
                )
        return patterns

    @field_validator("phone_regions")
    @classmethod
    def _known(cls, regions: tuple[str, ...]) -> tuple[str, ...]:
        from phonenumbers import SUPPORTED_REGIONS

        for region in regions:
            if region not in SUPPORTED_REGIONS:
                raise ValueError(f'"{region}" is no country: write two capital letters, as in `DE`')
        return regions


def order_number_pattern(shapes: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return one pattern for all shapes of order numbers, or None without any.

    A shape has no repetition, so that no setting can make a search slow.
    """
    if not shapes:
        return None
    written = ("".join(_PLACES.get(sign) or re.escape(sign) for sign in shape) for shape in shapes)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(written, key=len, reverse=True))})(?![^\W_])", re.I)
