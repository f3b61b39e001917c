"""`--set FIELD=VALUE`: what a person typed, as the values that the fields of a kind can hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from onrecord import strict_yaml
from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.editing import Value
from onrecord.model.entry import KINDS
from onrecord.model.kinds import Kind


def given_fields(kind: Kind, pairs: Iterable[str]) -> dict[str, Any]:
    """Return fields from `name=value`, where dots lead into groups: `affected.count=12`."""
    fields: dict[str, Any] = {}
    for pair in pairs:
        name, sign, typed = pair.partition("=")
        steps = name.strip().split(".")
        if not sign or not all(steps):
            what = f'"{pair}" does not say which field has which value'
            raise OnRecordError(Problem(Place("--set"), what, "write it like --set impact=major"))
        group = fields
        for step in steps[:-1]:
            group = group.setdefault(step, {})
            if not isinstance(group, dict):
                what = f'"{step}" is given as a whole and in part'
                raise OnRecordError(Problem(Place(f"--set {name}"), what, "keep one of them"))
        if typed.strip():
            group[steps[-1]] = typed_value(kind, steps, typed.strip())
    return fields


def typed_value(kind: Kind, steps: Sequence[str], typed: str) -> Value:
    """Return what was typed for a field: a text; words between commas for a list; `[…]` and `{…}` as YAML."""
    types = _types(kind, tuple(steps))
    brackets = {"array": "[", "object": "{"}
    if any(kind_of in types and typed.startswith(bracket) for kind_of, bracket in brackets.items()):
        read: Value = strict_yaml.read(f"value: {typed}", f"--set {'.'.join(steps)}").plain["value"]
        return read
    if "array" in types:
        return [word.strip() for word in typed.split(",") if word.strip()]
    return typed


@cache
def _types(kind: Kind, steps: tuple[str, ...]) -> frozenset[str]:
    """Return the JSON types that a field may have; none for a field that the kind does not know."""
    schema = KINDS[kind].model_json_schema()
    here: list[Mapping[str, Any]] = [schema]
    for step in steps:
        options = [option for part in here for option in _options(schema, part)]
        here = [option["properties"][step] for option in options if step in option.get("properties", {})]
    return frozenset(option["type"] for part in here for option in _options(schema, part) if "type" in option)


def _options(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    part = schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    yield part
    for option in part.get("anyOf", ()):
        yield from _options(schema, option)
