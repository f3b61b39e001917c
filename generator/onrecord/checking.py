"""Plain data to checked values: what pydantic finds, said in the reader's words at its place in the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from onrecord.errors import OnRecordError, Problem, did_you_mean
from onrecord.strict_yaml import Document, Step

T = TypeVar("T")

_WANTED = {
    "bool_parsing": ("is neither true nor false", 'write "true" or "false"'),
    "int_parsing": ("is not a whole number", "write digits only"),
    "tuple_type": ("is not a list", 'write one "- value" per line, or [one, two]'),
    "dict_type": ("is not a group of fields", 'write "name: value" lines below it, indented'),
    "model_type": ("is not a group of fields", 'write "name: value" lines below it, indented'),
    "model_attributes_type": ("is not a group of fields", 'write "name: value" lines below it, indented'),
    "string_type": ("is not a text", 'write one text, in "quotes" if it has ": " or "#" in it'),
    "string_too_long": ("is too long", "shorten it"),
    "string_too_short": ("is empty", "fill it in or take the line out"),
}


def check(
    kind: TypeAdapter[T],
    document: Document,
    plain: Any,
    context: Mapping[str, Any],
    below: Sequence[str] = (),
) -> T:
    """Return plain data as a value of the kind; raises `OnRecordError` with every field that is wrong.

    `below` says where in the document the plain data stands.
    """
    try:
        return kind.validate_python(plain, context=dict(context))
    except ValidationError as error:
        schema = kind.json_schema()
        found = [_explained(detail, schema, document, below) for detail in error.errors(include_url=False)]
        # A union complains once for each of its members: the first complaint at a place is enough.
        firsts = {problem.place if "is missing" not in problem.what else problem: problem for problem in found[::-1]}
        raise OnRecordError(firsts.values()) from None


def _explained(detail: ErrorDetails, schema: Mapping[str, Any], document: Document, below: Sequence[str]) -> Problem:
    steps: tuple[Step, ...] = (*below, *detail["loc"])
    name = document.name(steps) or next((str(step) for step in reversed(steps)), "")
    match detail["type"]:
        case "extra_forbidden":
            known = sorted(_fields(schema, detail["loc"][:-1]))
            what = f'there is no field "{name}" here.{did_you_mean(name, known)}'
            return Problem(document.place(steps, of_key=True), what, f"known here: {', '.join(known)}")
        case "missing":
            missing = str(detail["loc"][-1])
            return Problem(document.place(steps[:-1]), f'"{missing}" is missing', f'add a line "{missing}: …"')
        case "union_tag_not_found":
            wanted = str(detail.get("ctx", {}).get("discriminator", "kind")).strip("'")
            return Problem(document.place(steps), f'"{wanted}" is missing', f'add a line "{wanted}: …"')
        case "union_tag_invalid":
            wanted = str(detail["ctx"]["discriminator"]).strip("'")
            return Problem(document.place((*steps, wanted)), *_not_one_of(wanted, detail["ctx"]["tag"], detail))
    return Problem(document.place(steps), *_said(detail, name))


def _said(detail: ErrorDetails, name: str) -> tuple[str, str]:
    kind, value = detail["type"], _shown(detail["input"])
    if kind == "value_error":
        what, _, todo = str(detail["ctx"]["error"]).partition(": ")
        return (f'"{name}": {what}' if name else what), todo or "see the example in the message"
    if kind in ("literal_error", "enum"):
        return _not_one_of(name, str(detail["input"]), detail)
    if kind in _WANTED:
        what, todo = _WANTED[kind]
        return f'"{name}" {what}{value}', todo
    return f'"{name}"{value}: {detail["msg"].lower()}', "change the value"


def _not_one_of(name: str, value: str, detail: ErrorDetails) -> tuple[str, str]:
    ctx = detail["ctx"]
    known = re.findall(r"'([^']+)'", str(ctx.get("expected") or ctx.get("expected_tags")))
    return f'"{value}" is not a {name}.{did_you_mean(value, known)}', f"use one of: {', '.join(known)}"


def _shown(value: object) -> str:
    return f" ({value[:40]!r})" if isinstance(value, str) else ""


def _fields(schema: Mapping[str, Any], steps: Sequence[Step]) -> set[str]:
    """Return the names that are known at a place of a JSON Schema."""
    here = [schema]
    for step in steps:
        below = [found for option in here for found in _step(schema, option, step)]
        here = below or here
    return {name for option in here for part in _options(schema, option) for name in part.get("properties", {})}


def _options(root: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    yield schema
    for option in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _options(root, option)


def _step(root: Mapping[str, Any], schema: Mapping[str, Any], step: Step) -> Iterator[Mapping[str, Any]]:
    for option in _options(root, schema):
        if isinstance(step, int):
            yield from [option["items"]] if "items" in option else []
            continue
        tagged = option.get("discriminator", {}).get("mapping", {}).get(step)
        if tagged:
            yield {"$ref": tagged}
            return
        below = option.get("properties", {}).get(step) or option.get("additionalProperties")
        if isinstance(below, dict):
            yield below
