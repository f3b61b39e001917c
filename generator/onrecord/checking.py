"""Plain data to checked values: what pydantic finds, said in the reader's words at its place in the file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from onrecord.errors import OnRecordError, Problem, did_you_mean
from onrecord.model.scalars import FORMS
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
    "greater_than_equal": ("is too small", "write {ge} or more"),
    "less_than_equal": ("is too large", "write {le} or less"),
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
        schema = _schema(kind)
        details = [detail for detail in error.errors(include_url=False) if not _another_member_fits(detail)]
        raise OnRecordError(_joined(_explained(detail, schema, document, below) for detail in details)) from None


@cache
def _schema(kind: TypeAdapter[Any]) -> Mapping[str, Any]:
    return kind.json_schema()


def _another_member_fits(detail: ErrorDetails) -> bool:
    # A union of a word and a group of fields complains about a group that it is not the word.
    return isinstance(detail["input"], Mapping) and str(("", *detail["loc"])[-1]).startswith("literal[")


def _joined(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Return one problem for each place: a union complains there once for each of its members."""
    found: dict[object, Problem] = {}
    for problem in problems:
        spot = problem.what if problem.what.endswith("is missing") else ""
        first = found.setdefault((problem.place, spot), problem)
        if first is not problem:
            found[problem.place, spot] = replace(first, todo=f"{first.todo}, or {problem.todo}")
    return found.values()


def _explained(detail: ErrorDetails, schema: Mapping[str, Any], document: Document, below: Sequence[str]) -> Problem:
    # The first step into a union is the name of its member, which the text does not have.
    steps: tuple[Step, ...] = (*below, *detail["loc"][1 if "discriminator" in schema else 0 :])
    name = document.name(steps) or next((str(step) for step in reversed(steps)), "")
    match detail["type"]:
        case "extra_forbidden":
            known = sorted(_fields(schema, detail["loc"][:-1]))
            what = f'there is no field "{name}" here.{did_you_mean(name, known)}'
            return Problem(document.place(steps, of_key=True), what, f"known here: {', '.join(known)}")
        case "missing":
            missing = str(detail["loc"][-1])
            place = document.place(steps[:-1], of_key=True)
            group = document.name(steps[:-1])
            todo = f'add a line "{missing}: …"' + (f' below "{group}"' if group else "")
            return Problem(place, f'"{missing}" is missing', todo)
        case "union_tag_not_found":
            wanted = str(detail["ctx"]["discriminator"]).strip("'")
            return Problem(document.place(steps), f'"{wanted}" is missing', f'add a line "{wanted}: …"')
        case "union_tag_invalid":
            wanted = str(detail["ctx"]["discriminator"]).strip("'")
            return Problem(document.place((*steps, wanted)), *_not_one_of(wanted, detail["input"][wanted], detail))
    what, todo = _said(detail, name)
    todo = _group_hint(detail, schema) or todo
    place = document.place(steps, of_key=steps[-1:] == ("[key]",))
    if isinstance(detail["input"], Mapping):
        # What is wrong with a group names its fields in quotes: the first of them that is written says where.
        named = (document.place((*steps, field)) for field in re.findall(r'"(\w+)"', what))
        place = next((spot for spot in named if spot != place), place)
    return Problem(place, what, todo)


def _group_hint(detail: ErrorDetails, schema: Mapping[str, Any]) -> str:
    """Return what to write where a group of fields, or a list of them, is wanted and something else stands."""
    loc, wanted = detail["loc"], detail["type"]
    if wanted in ("model_type", "model_attributes_type", "dict_type") and (known := list(_fields(schema, loc))):
        dash = "- " if isinstance(loc[-1], int) else ""
        return f'write lines like "{dash}{known[0]}: …" below it, indented; known there: {", ".join(known)}'
    if wanted == "tuple_type" and (known := list(_fields(schema, (*loc, 0)))):
        return f'begin each with "- {known[0]}: …"; known there: {", ".join(known)}'
    return ""


def _said(detail: ErrorDetails, name: str) -> tuple[str, str]:
    kind, value = detail["type"], _shown(detail["input"])
    if kind == "value_error":
        what, _, todo = str(detail["ctx"]["error"]).partition(": ")
        return (what if '"' in what else f'"{name}": {what}'), todo or "change the value"
    if kind in ("literal_error", "enum"):
        return _not_one_of(name, detail["input"], detail)
    if kind == "string_pattern_mismatch" and detail["ctx"]["pattern"] in FORMS:
        what, todo = FORMS[detail["ctx"]["pattern"]]
        return f'"{name}" {what}{value}', todo
    if kind in _WANTED:
        what, todo = _WANTED[kind]
        return f'"{name}" {what}{value}', todo.format(**detail.get("ctx", {}))
    return f'"{name}"{value}: {detail["msg"].lower()}', "change the value"


def _not_one_of(name: str, value: object, detail: ErrorDetails) -> tuple[str, str]:
    ctx = detail["ctx"]
    known = re.findall(r"'([^']+)'", str(ctx.get("expected") or ctx.get("expected_tags")))
    todo = f"use one of: {', '.join(known)}" if len(known) > 1 else f'write "{known[0]}"'
    if not isinstance(value, str):
        return f'"{name}" is one word', todo
    return f'"{name}" cannot be "{value}".{did_you_mean(value, known)}', todo


def _shown(value: object) -> str:
    return f" ({value[:40]!r})" if isinstance(value, str) else ""


def _fields(schema: Mapping[str, Any], steps: Sequence[Step]) -> dict[str, None]:
    """Return the names that are known at a place of a JSON Schema."""
    here = [schema]
    for step in steps:
        below = [found for option in here for found in _step(schema, option, step)]
        here = below or here
    parts = (part for option in here for part in _options(schema, option))
    return dict.fromkeys(name for part in parts for name in part.get("properties", {}))


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
        any_name = [*option.get("patternProperties", {}).values(), option.get("additionalProperties")]
        below = [option["properties"][step]] if step in option.get("properties", {}) else any_name
        yield from (part for part in below if isinstance(part, dict))
