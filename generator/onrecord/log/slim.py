"""Slim entries: the same values in three quarters of the memory, since all of a record are held at once.

Python keeps the values of an object that are set one by one beside each other, and makes a dict of them only where
somebody asks for it. What pydantic or a pickle makes has its dict from the start, which is twice as large.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import Any, TypeVar

from onrecord.model.entry import Entry
from onrecord.model.parts import Part, Update

P = TypeVar("P", bound=Part)

_SET = object.__setattr__
_NONE_GIVEN: set[str] = set()
_NOTHING: dict[str, str] = {}
_PYDANTICS = ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
_EMPTY = (_NONE_GIVEN, None, None)
_MOST_BESIDE = 30
"""Fields: of an object that has more, CPython keeps a dict anyway."""


def slim(entry: Entry) -> Entry:
    """Return an entry as it is, but slim.

    It forgets which of its fields were given, which nobody asks; all that has nothing in it is one and the same
    nothing.
    """
    return _slim_part(entry)


def with_updates(entry: Entry, updates: Sequence[Update]) -> Entry:
    """Return an entry with other updates, which are taken as they are, and slim but for them."""
    values = zip(_fields(type(entry)), values_of(entry), strict=True)
    return again(type(entry), tuple(updates if name == "updates" else _slim(value) for name, value in values))


def taken_apart(part: Part) -> tuple[Any, ...]:
    """Return how to make a slim part again, as pickles want it told."""
    return again, (type(part), values_of(part))


def values_of(part: Part) -> tuple[Any, ...]:
    """Return the values of a part, in the order of its fields."""
    return tuple(map(part.__dict__.__getitem__, _fields(type(part))))


def again(kind: type[P], values: tuple[Any, ...]) -> P:
    """Return a part of the model that has these values, which were checked before, in the order of its fields."""
    names = _fields(kind)
    if len(names) > _MOST_BESIDE:
        return for_now(kind, values)
    if len(names) != len(values):
        raise ValueError(f"a {kind.__name__} has {len(names)} fields, and not {len(values)}")
    made = object.__new__(kind)
    any(map(_SET, repeat(made), names + _PYDANTICS, values + _EMPTY))  # goes on, since none says "yes"
    return made


def for_now(kind: type[P], values: tuple[Any, ...]) -> P:
    """Return the same in half the time, with a dict, for whoever does not keep it."""
    made = object.__new__(kind)
    _SET(made, "__dict__", dict(zip(_fields(kind), values, strict=True)))
    _SET(made, "__pydantic_fields_set__", _NONE_GIVEN)
    _SET(made, "__pydantic_extra__", None)
    _SET(made, "__pydantic_private__", None)
    return made


def kinds(of: type[Part] = Part) -> Iterator[type[Part]]:
    """Yield every kind of part that there is by now."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


@cache
def _fields(kind: type[Part]) -> tuple[str, ...]:
    return tuple(kind.model_fields)


def _slim_part(part: P) -> P:
    if part.__pydantic_fields_set__ is _NONE_GIVEN:
        return part
    return again(type(part), tuple(map(_slim, values_of(part))))


def _slim(value: Any) -> Any:
    if isinstance(value, Part):
        return _slim_part(value)
    if isinstance(value, tuple):
        return tuple(map(_slim, value))
    return _NOTHING if value == {} else value


# Each object of a kind that has a dict leaves CPython less room for fields beside each other: one without is first.
for _kind in kinds():
    again(_kind, (None,) * len(_fields(_kind)))
