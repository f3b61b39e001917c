"""An entry from texts that may no longer fit."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from onrecord.model.entry import ENTRIES, Entry

_NO_LONGER_FITS = ("string_too_long", "string_too_short")


def fitted(plain: Mapping[str, Any]) -> Entry:
    """Return an entry from texts that may no longer fit: what is too much is cut off, what is nothing becomes "…"."""
    try:
        return ENTRIES.validate_python(plain)
    except ValidationError as error:
        for wrong in error.errors():
            if wrong["type"] in _NO_LONGER_FITS:
                plain = _cut(plain, wrong["loc"][1:], wrong["ctx"].get("max_length"))
    return ENTRIES.validate_python(plain)


def _cut(value: Any, path: tuple[int | str, ...], length: int | None) -> Any:
    if not path:
        return value[:length].rstrip() or "…"
    if isinstance(value, Mapping):
        if path[0] not in value:  # it only tells which of several types was tried
            return _cut(value, path[1:], length)
        return {**value, path[0]: _cut(value[path[0]], path[1:], length)}
    return tuple(_cut(part, path[1:], length) if number == path[0] else part for number, part in enumerate(value))
