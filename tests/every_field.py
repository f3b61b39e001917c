"""Entries in which every field is filled, whatever fields a kind has or will have, as its JSON Schema tells them."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from onrecord.model.entry import KINDS, Entry
from onrecord.model.kinds import Kind
from onrecord.model.scalars import LONGEST_TEXT

WHEN = "2026-11-20 08:02"
_BY_NAME: Mapping[str, Any] = {
    "draft": False,  # or there would be no page
    "aliases": ["the-older-entry"],
    "lang": "en",
    "scheduled_until": "2026-11-20 09:02",
    "next_update_at": "2026-11-20 09:02",
    "expires_at": "2026-12-20",
}


def every_field(
    kind: Kind, line: str, url: str = "https://social.example/1", *, text: str | None = None, **given: Any
) -> Entry:
    """Return an entry of a kind whose every line is this one, whose every address is this one, and so are its texts.

    Without a `text` they are the line too.
    """
    adapter: TypeAdapter[Entry] = TypeAdapter(KINDS[kind])
    schema = adapter.json_schema()
    plain = _Filling(schema.get("$defs", {}), line, text or line, url).value(schema)
    return adapter.validate_python({**plain, **given})


class _Filling:
    def __init__(self, defs: Mapping[str, Any], line: str, text: str, url: str) -> None:
        self._defs = defs
        self._line = line
        self._text = text
        self._url = url

    def value(self, schema: Mapping[str, Any]) -> Any:
        if "$ref" in schema:
            return self.value(self._defs[schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return self.value(max(schema["anyOf"], key=lambda option: option.get("type") != "null"))
        if "const" in schema or "enum" in schema:
            return schema.get("const") or schema["enum"][0]
        match schema["type"]:
            case "object":
                fields = schema.get("properties", {}).items()
                return {name: _BY_NAME[name] if name in _BY_NAME else self.value(below) for name, below in fields}
            case "array":
                return [self.value(schema["items"])]
            case "integer":
                return max(3, schema.get("minimum", 0))
            case "boolean":
                return True
            case "string":
                return self._string(schema)
        raise AssertionError(f"no value for {schema}")

    def _string(self, schema: Mapping[str, Any]) -> str:
        if schema.get("format") == "date":
            return WHEN[:10]
        if "examples" in schema:
            return WHEN
        match schema.get("maxLength"):
            case 121:
                return "the-entry"
            case 2000:
                return self._url
            case int(limit):
                return (self._text if limit == LONGEST_TEXT else self._line)[:limit]
        return "payments"
