"""JSON as plain data, by the faster of two libraries wherever it means what the other one says."""

import json
from typing import Any

from pydantic_core import PydanticSerializationError, from_json, to_json


def read(body: bytes) -> Any:
    """Return JSON as plain data; raises `ValueError` or `RecursionError` when it is none.

    Pydantic's reader is the faster one and refuses more, like half of a surrogate pair: Python's has the last word.
    """
    try:
        return from_json(body, cache_strings="keys")  # what they hold differs from row to row
    except ValueError:
        return json.loads(body)


def write(plain: object) -> bytes:
    """Return plain data as JSON on one line: texts, whole numbers and such, in lists and in dicts by their names."""
    try:
        return to_json(plain)
    except PydanticSerializationError:  # half of a surrogate pair: the name of a file may be no text
        return json.dumps(plain).encode()
