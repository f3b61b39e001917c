"""Writes the pages of the docs that the code itself knows best: `python docs/generate.py`.

A test compares them with what is committed, so they cannot lie.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from onrecord import plugins
from onrecord.cli import main
from onrecord.config import Settings
from onrecord.model.entry import KINDS, Entry
from onrecord.model.kinds import Kind

HERE = Path(__file__).parent
_NOTE = "<!-- Written by docs/generate.py: change the code, then run `make docs`. -->\n"


def verbs() -> str:
    """Return the page of every verb, from the help that the program itself prints."""
    lines = ["# Verbs", "", _NOTE]
    top = click.Context(main, info_name="onrecord", help_option_names=["-h", "--help"])
    for name, verb in sorted(main.commands.items()):
        with click.Context(verb, parent=top, info_name=name, max_content_width=100, terminal_width=100) as context:
            help_text = "\n".join(line.rstrip() for line in verb.get_help(context).splitlines())
        lines += [f"## `onrecord {name}`", "", "```text", help_text, "```", ""]
    return "\n".join(lines)


def settings() -> str:
    """Return the page of every setting, from the manual that each field carries."""
    lines = ["# Settings: `site_config.yml`", "", _NOTE]
    for name, field in Settings.model_fields.items():
        if name == "sources":
            continue
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            lines += _table(f"`{name}:` {_first_line(field.annotation)}", field.annotation)
        else:
            lines += [f"## `{name}:`", "", field.description or "", ""]
    lines += ["## `sources:`", "", Settings.model_fields["sources"].description or "", ""]
    for name in plugins.source_types():
        kind: Any = plugins.source(name)
        lines += _table(f"`type: {name}`", kind)
    return "\n".join(lines)


def entries() -> str:
    """Return the page of every field that an entry can have."""
    lines = ["# Fields of an entry", "", _NOTE, *_table("Every kind", Entry)]
    common = set(Entry.model_fields)
    for kind in Kind:
        lines += _table(f"`kind: {kind}`", KINDS[kind], without=common)
    return "\n".join(lines)


def _table(title: str, model: type[Any], without: set[str] = frozenset()) -> list[str]:  # type: ignore[assignment]
    properties = model.model_json_schema(mode="validation")["properties"]
    definitions = model.model_json_schema(mode="validation").get("$defs", {})
    required = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    rows = [
        f"| `{name}`{' (needed)' if name in required else ''} | {_type(schema, definitions)} | {_manual(schema)} |"
        for name, schema in properties.items()
        if name.rstrip("_") not in without
    ]
    return [f"## {title}", "", "| field | what to write | what it says |", "| --- | --- | --- |", *rows, ""]


def _manual(schema: Mapping[str, Any]) -> str:
    default = schema.get("default")
    said = [schema.get("description", "")]
    if default not in (None, "", [], {}, False) and not isinstance(default, dict | list):
        said.append(f"(left out: `{default}`)")
    return " ".join(part for part in said if part)


def _type(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    return " or ".join(dict.fromkeys(_types(schema, definitions)))


def _types(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        yield from _types(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    elif "enum" in schema:
        yield ", ".join(f"`{value}`" for value in schema["enum"])
    elif "const" in schema:
        yield f"`{schema['const']}`"
    elif "anyOf" in schema:
        for option in schema["anyOf"]:
            yield from _types(option, definitions)
    elif schema.get("type") == "array":
        yield f"a list of {_type(schema.get('items', {}), definitions)}"
    elif "properties" in schema:
        yield "{" + ", ".join(schema["properties"]) + "}"
    elif schema.get("type") != "null":
        words = {
            "string": "text",
            "integer": "a number",
            "boolean": "`true` or `false`",
            "object": "names and values",
        }
        yield (
            "a time" if str(schema.get("examples")).startswith("['20") else words.get(schema.get("type", ""), "text")
        )


def _first_line(model: type[BaseModel]) -> str:
    said = (model.__doc__ or "").splitlines()[0].rstrip(".")
    return said[:1].lower() + said[1:]


PAGES = {"verbs.md": verbs, "settings.md": settings, "entries.md": entries}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), "utf-8")
        click.echo(f"wrote docs/{name}")
