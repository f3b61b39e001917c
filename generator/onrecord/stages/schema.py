"""`onrecord schema`: what may be written in `site_config.yml` and in front matter, for editors."""

from typing import Any

from pydantic import TypeAdapter

from onrecord import plugins
from onrecord.config import Settings
from onrecord.model.entry import ENTRIES, KINDS
from onrecord.model.kinds import Kind, Status
from onrecord.model.targets import Targets
from onrecord.model.triage import Rules


def schema() -> dict[str, Any]:
    """Return one JSON Schema, with `site_config`, `front_matter`, `overlay`, `targets` and `triage` for each file."""
    config = TypeAdapter(Settings).json_schema(ref_template="#/$defs/{model}")
    entry = ENTRIES.json_schema(ref_template="#/$defs/{model}")
    lists = {
        "targets": TypeAdapter(Targets).json_schema(ref_template="#/$defs/{model}"),
        "triage": TypeAdapter(Rules).json_schema(ref_template="#/$defs/{model}"),
    }
    sources = {
        name: TypeAdapter(plugins.source(name)).json_schema(ref_template="#/$defs/{model}")
        for name in plugins.source_types()
    }
    definitions: dict[str, Any] = {}
    for part in (config, entry, *lists.values(), *sources.values()):
        definitions |= part.pop("$defs", {})
    named = config["properties"]["sources"]
    named["additionalProperties"] = False
    for source in sources.values():
        source["required"] = [*source.get("required", []), "type"]
    for pattern in named["patternProperties"]:
        named["patternProperties"][pattern] = {"anyOf": list(sources.values())}
    for kind in KINDS.values():
        # The name of the file is the id, and the updates tell the status.
        needed = definitions[kind.__name__]["required"]
        definitions[kind.__name__]["required"] = [name for name in needed if name not in ("id", "status")]
    written = {"site_config": config, "front_matter": entry, "overlay": _overlay(definitions), **lists}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What people write for On Record",
        "$defs": {**definitions, **written},
    }


def _overlay(definitions: dict[str, Any]) -> dict[str, Any]:
    """Return what may stand in a file that is laid over a pulled entry: any field of any kind, and none is needed."""
    fields: dict[str, Any] = {}
    for kind in KINDS.values():
        fields |= definitions[kind.__name__]["properties"]
    for name, field in fields.items():
        fields[name] = _in_part(field, definitions)
    as_of = {**fields["opened"], "title": "As Of", "description": "the time at which `status` was so"}
    for name, words in (("kind", Kind), ("status", Status)):
        fields[name] = {"enum": list(words), "description": fields[name]["description"]}
    fields["as_of"] = as_of
    return {"type": "object", "additionalProperties": False, "properties": fields}


def _in_part(field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return a field of which a group needs none of its parts: the pulled entry has them."""
    groups = [definitions[option["$ref"].rpartition("/")[2]] for option in field.get("anyOf", ()) if "$ref" in option]
    inside = [{**group, "required": []} for group in groups if "properties" in group]
    rest = [option for option in field.get("anyOf", ()) if "$ref" not in option]
    return {**field, "anyOf": [*inside, *rest]} if inside else field
