"""Hypothesis strategies: entries of every kind with any of their fields, and files that hold anything.

They follow the model's own types, so a new field is tried as soon as it exists.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import BaseModel

from onrecord.model import scalars
from onrecord.model.entry import KINDS, Entry
from onrecord.model.kinds import Kind
from onrecord.model.parts import Part

_SOUND = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
_IN_A_LINE = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufffe\uffff")

_CALENDAR = datetime.fromisoformat("0001-01-02"), datetime.fromisoformat("9999-12-30")
moments = st.datetimes(*_CALENDAR, timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
lines = st.text(_IN_A_LINE, min_size=1, max_size=30).map(str.strip).filter(bool)
texts = st.text(_SOUND, max_size=80)
slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
ids = st.from_regex(r"[a-z]([a-z0-9._-]{0,20}[a-z0-9_-])?", fullmatch=True).filter(
    lambda name: name not in scalars.RESERVED_IDS
)
urls = st.builds(
    "{}://{}.example/{}".format,
    st.sampled_from(["http", "https"]),
    st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z]", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9/?=&%._~-]{0,20}", fullmatch=True),
)

_TYPES: Mapping[Any, st.SearchStrategy[Any]] = {
    scalars.Moment: moments,
    scalars.Day: st.dates(),
    scalars.Line: lines,
    scalars.Text: texts.filter(bool),
    scalars.Slug: slugs,
    scalars.Language: st.sampled_from(["en", "de", "pt-BR", "zh-Hant", "ast"]),
    scalars.Id: ids,
    scalars.Url: urls,
    bool: st.booleans(),
    int: st.integers(1, 10**9),
    NoneType: st.none(),
}


def entries(*kinds: Kind) -> st.SearchStrategy[Any]:
    """Return a strategy for entries of these kinds, of any kind if none is named."""
    return st.one_of(_parts(KINDS[kind]) for kind in kinds or Kind)


@cache
def _parts(part: type[BaseModel]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(part, include_extras=True)
    fields = {name: _of(hints[name]) for name in part.model_fields}
    needed = {name: fields.pop(name) for name, field in part.model_fields.items() if field.is_required()}
    return st.fixed_dictionaries(needed, optional=fields).map(_consistent).map(part.model_validate)


def _of(annotation: Any) -> st.SearchStrategy[Any]:
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        # `Annotated` is flat: a type of ours with an alias or a limit is our type's arguments and more.
        ours = (known for known in _TYPES if get_args(known) and get_args(known) == arguments[: len(get_args(known))])
        known = next(ours, None)
        return _TYPES[known] if known else _of(arguments[0])
    if annotation in _TYPES:
        return _TYPES[annotation]
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, UnionType):
        return st.one_of(map(_of, arguments))
    if origin in (tuple, Sequence):
        return st.lists(_of(arguments[0]), max_size=2)
    if origin is dict:
        return st.dictionaries(_of(arguments[0]), _of(arguments[1]), max_size=2)
    return _parts(annotation) if issubclass(annotation, Part) else st.sampled_from(annotation)


def _consistent(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a part without what would contradict each other."""
    for earlier, later in [("opened", "closed"), ("at", "next_update_at")]:
        if fields.get(later) and fields[later] <= fields[earlier]:
            del fields[later]
    if "scheduled_for" in fields and fields["scheduled_until"] <= fields["scheduled_for"]:
        fields["scheduled_until"] = fields["scheduled_for"] + timedelta(hours=1)
    if fields.get("quote"):
        fields["consent"] = True
    if "opened" in fields and not (fields.get("closed") and fields.get("reopened_at")):
        # The reader of what people write fills in the end and the reopenings that updates tell.
        fields["updates"] = [said.model_copy(update={"status": None}) for said in fields.get("updates", ())]
    return fields


_FRONT_MATTER_ISH = st.text(
    st.sampled_from(list("kind: incident\n---\n## 2026-11-21 09:10[]{}&*!|>'\"#,~`\t\r\\%@?=0\x00\x85\u2028é"))
)
_JSON_ISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
authored_junk = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
    _FRONT_MATTER_ISH.map(lambda text: f"---\n{text}\n---\n{text}".encode()),
)
"""Bytes that someone may have saved where an entry belongs."""

json_values = st.dictionaries(st.sampled_from([*Entry.model_fields, "scheduled_for"]), _JSON_ISH, max_size=8)
"""Objects whose fields have the right names and anything as their values."""
