"""The JSON Schema: what an editor tells people while they write is what the reader of their files will say."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from onrecord import plugins
from onrecord.config import Settings
from onrecord.model.entry import KINDS, STATUSES
from onrecord.model.kinds import Kind
from onrecord.model.people import Component, Voice
from onrecord.stages.schema import schema

SCHEMA = schema()
DEFINITIONS = SCHEMA["$defs"]
TYPES = {"string", "integer", "number", "boolean", "object", "array", "null"}
# Of the vocabularies of 2020-12; `discriminator` is OpenAPI's, and everybody else passes it over.
KEYWORDS = {
    "$ref", "$defs", "$schema", "title", "description", "default", "examples", "type", "enum", "const",
    "properties",
    "patternProperties", "propertyNames", "additionalProperties", "required", "items", "prefixItems", "minItems",
    "maxItems", "anyOf", "oneOf", "pattern", "format", "minLength", "maxLength", "minimum", "maximum",
    "discriminator",
}  # fmt: skip


def parts(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema within a schema, with the way to it."""
    if not isinstance(node, dict):
        return
    yield where, node
    for key in ("properties", "patternProperties", "$defs"):
        for name, part in node.get(key, {}).items():
            yield from parts(part, f"{where}/{name}")
    for key in ("items", "additionalProperties", "propertyNames"):
        yield from parts(node.get(key), f"{where}/{key}")
    for key in ("anyOf", "oneOf"):
        for number, part in enumerate(node.get(key, [])):
            yield from parts(part, f"{where}/{number}")


ALL = dict(parts(SCHEMA))


def of_kind(kind: Kind) -> dict[str, Any]:
    reference = DEFINITIONS["front_matter"]["discriminator"]["mapping"][kind]
    return DEFINITIONS[reference.rpartition("/")[2]]


def test_it_is_json_of_the_2020_12_draft_with_its_keywords_only() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert {key for part in ALL.values() for key in part} <= KEYWORDS


def test_every_keyword_has_a_value_that_the_draft_allows() -> None:
    for where, part in ALL.items():
        assert part.get("type", "string") in TYPES, where
        assert set(part.get("required", [])) <= set(part.get("properties", {})), where
        assert len(set(part.get("required", []))) == len(part.get("required", [])), where
        for pattern in [part.get("pattern", ""), *part.get("patternProperties", {})]:
            re.compile(pattern)


def test_every_reference_leads_somewhere() -> None:
    references = {part["$ref"] for part in ALL.values() if "$ref" in part}
    assert references <= {f"#/$defs/{name}" for name in DEFINITIONS}


def test_every_field_says_what_it_is_for() -> None:
    silent = [
        f"{where}/{name}"
        for where, part in ALL.items()
        for name, field in part.get("properties", {}).items()
        if not field.get("description")
    ]
    assert silent == []


@pytest.mark.parametrize("listed", [Voice, Component])
def test_every_field_of_the_lists_says_what_it_is_for(listed: type) -> None:
    found = dict(parts(TypeAdapter(listed).json_schema()))
    assert not [
        name
        for part in found.values()
        for name, field in part.get("properties", {}).items()
        if not field.get("description")
    ]


def test_a_misspelt_field_is_marked_wherever_it_stands() -> None:
    open_ended = [
        where for where, part in ALL.items() if "properties" in part and part.get("additionalProperties") is not False
    ]
    assert open_ended == []


@pytest.mark.parametrize("kind", Kind)
def test_an_entry_has_the_fields_of_its_kind_and_needs_only_what_people_must_write(kind: Kind) -> None:
    needed = {"kind", "title", "opened"}
    if kind is Kind.MAINTENANCE:
        needed |= {"scheduled_for", "scheduled_until"}
    described = of_kind(kind)
    assert set(described["required"]) == needed
    assert set(described["properties"]) == {field.alias or name for name, field in KINDS[kind].model_fields.items()}
    assert described["properties"]["kind"]["const"] == kind
    assert described["properties"]["status"]["enum"] == list(STATUSES[kind])


def test_a_time_is_a_text_with_examples_and_a_day_has_its_format() -> None:
    opened = of_kind(Kind.INCIDENT)["properties"]["opened"]
    assert (opened["type"], opened["examples"][0]) == ("string", "2026-11-21 09:30")
    assert {"type": "string", "format": "date"} in DEFINITIONS["Prevention"]["properties"]["due"]["anyOf"]


def test_the_settings_are_described_with_every_registered_source() -> None:
    described = DEFINITIONS["site_config"]
    assert set(described["properties"]) == set(Settings.model_fields)
    assert described["required"] == ["site"]
    (choice,) = described["properties"]["sources"]["patternProperties"].values()
    assert [source["properties"]["type"]["const"] for source in choice["anyOf"]] == plugins.source_types()
    assert all("type" in source["required"] for source in choice["anyOf"])


def test_parts_of_one_name_are_one_thing() -> None:
    for described in (Settings, *KINDS.values(), *map(plugins.source, plugins.source_types())):
        own = TypeAdapter(described).json_schema(ref_template="#/$defs/{model}").get("$defs", {})
        assert {name: DEFINITIONS[name] for name in own} == own
