"""Names to plug-ins, by entry point: ours are registered like anyone's, and one is loaded only when it is used."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from onrecord.contracts import Output, Source


def source_types() -> list[str]:
    """Return every name that `type:` takes, in the order of the alphabet."""
    return list(_registered("onrecord.sources"))


def source(name: str) -> type[Source]:
    """Return the source that a registered name stands for."""
    found: type[Source] = _registered("onrecord.sources")[name].load()
    return found


def outputs() -> dict[str, type[Output]]:
    """Return every registered output by its name, in the order of the alphabet."""
    return {name: point.load() for name, point in _registered("onrecord.outputs").items()}


def all_ours() -> bool:
    """Tell whether every registered output is one of our own."""
    return all(point.value.startswith("onrecord.") for point in _registered("onrecord.outputs").values())


@cache
def _registered(group: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(_all_registered().select(group=group))}


@cache
def _all_registered() -> Any:
    return entry_points()  # for one group or for all, Python reads what every installed package registers
