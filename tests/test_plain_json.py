"""JSON is read and written by the faster of two libraries: it must mean what the other one says."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.plain_json import read, write

SIGNS = st.sampled_from(
    (
        *(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            '"',
            '"a"',
            "\\",
            "\\u",
            "\\ud83d",
            "\\ude00",
            "/",
            "n",
            "1",
            "-",
            "0",
            ".",
            "e",
        ),
        *("9" * 30, "null", "true", "NaN", "-Infinity", "1e400", " ", "\n", "\x00", "\ufeff", "é", "\ud800"),
    )
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def outcome(reader: Callable[[bytes], Any], body: bytes) -> str | None:
    try:
        return repr(reader(body))
    except (ValueError, RecursionError):
        return None


@given(st.one_of(st.binary(), st.lists(SIGNS).map(lambda signs: "".join(signs).encode("utf-8", "surrogatepass"))))
def test_whatever_comes_is_read_or_refused_as_python_does(body: bytes) -> None:
    assert outcome(read, body) == outcome(json.loads, body)


@given(PLAIN, st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_json_is_read_as_python_reads_it(plain: object, ascii_only: bool, encoding: str) -> None:
    body = json.dumps(plain, ensure_ascii=ascii_only).encode(encoding, "surrogatepass")
    assert outcome(read, body) == outcome(json.loads, body) == repr(plain)


@pytest.mark.parametrize(
    "body",
    [b"[" * 300 + b"]" * 300, b"[" * 9000 + b"]" * 9000, b"1" * 5000, b'{"a": 1, "a": 2}', b"-0", b"[1] 2", b""],
)
def test_odd_json_is_read_or_refused_as_python_does(body: bytes) -> None:
    assert outcome(read, body) == outcome(json.loads, body)


WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(WRITTEN)
def test_what_is_written_is_read_as_it_was(plain: object) -> None:
    assert json.loads(write(plain)) == read(write(plain)) == plain


def test_a_name_that_is_no_text_is_written_too() -> None:
    assert read(write({"a\udce9.html": ["\ud83d"]})) == {"a\udce9.html": ["\ud83d"]}
