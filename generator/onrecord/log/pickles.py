"""Pickles of what is on record: small, and of nothing but the model.

Why they may be trusted: docs/design/pack.md.
"""

import io
import pickle
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO

from onrecord.log.slim import again, kinds, taken_apart
from onrecord.model.folded import Folded

_MODEL = "onrecord.model."
_OTHERS = {("datetime", "datetime"), ("datetime", "date"), ("datetime", "timedelta"), ("datetime", "timezone")}

Lay = Callable[[Folded], tuple[Any, ...]]
"""Puts what is folded elsewhere, and returns what a pickle is to say of it."""


def dump(value: object, lay: Lay | None = None) -> bytes:
    """Return a pickle of values of the model; where any are folded, `lay` must tell how to put those elsewhere."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _ways()
    if lay:
        pickler.dispatch_table = {**_ways(), Folded: lambda folded: (Folded, lay(folded))}
    pickler.dump(value)
    return out.getvalue()


@cache
def _ways() -> dict[type, Any]:
    return {**dict.fromkeys(kinds(), taken_apart), **dict.fromkeys(StrEnum.__subclasses__(), _by_value)}


def _by_value(word: StrEnum) -> tuple[type[StrEnum], tuple[str]]:
    return type(word), (word.value,)  # the first patches of Python 3.11 would name `getattr`, which is refused


def load(file: BinaryIO, folded: Callable[..., Folded] | None = None) -> Any:
    """Return what the next pickle of a file holds; `folded` makes what was laid elsewhere of what was said of it.

    Anything is raised where there is no pickle, and `UnpicklingError` for one that names any other code.
    """
    return _OnlyTheModel(file, folded).load()


class _OnlyTheModel(pickle.Unpickler):
    """Loads the model's values and moments: a file that names any other code is not one of ours."""

    def __init__(self, file: BinaryIO, folded: Callable[..., Folded] | None) -> None:
        super().__init__(file)
        self._folded = folded

    def find_class(self, module: str, name: str) -> Any:
        if self._folded and (module, name) == (Folded.__module__, Folded.__name__):
            return self._folded
        return _named(module, name)


@cache  # each pickle names the same few, and there are many pickles
def _named(module: str, name: str) -> Any:
    if module.startswith(_MODEL) or (module, name) in _OTHERS:
        found = getattr(import_module(module), name, None)
        if isinstance(found, type) and found.__module__ == module:  # and nothing that it only imports
            return found
    if (module, name) == (again.__module__, again.__name__):
        return again
    raise pickle.UnpicklingError(f"{module}.{name}")
