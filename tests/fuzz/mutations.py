"""Hypothesis strategies that spoil what is right: a text with odd pieces put in, a value with odd parts."""

import json
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

SIGNS = (
    *("---\n", "\n---\n", "- ", ": ", "{", "}", "[", "]", "&a ", "*a", "!!int ", "|\n", ">\n", '"', "'", "\\", "#"),
    *("## 2026-11-21 09:10", "## 2026-02-30", ", next 09:45", ", by ana", "\n# x\n", "```\n", "~~~", "%YAML 9.9"),
    *("<b>", "</b>", "<!--", "-->", "<![CDATA[", "]]>", "<a href=", "<table>", "<svg>", "<!DOCTYPE x>", "&nbsp;"),
    *("&#x338;", "&#0;", "[a](", "![", "](http://[", "mailto:a@b.c", "a@b.example", "+49 30 901820", "10.0.0.1"),
    *("4111 1111 1111 1111", "ghp_", "2026-11-21", "0001-01-01", "9999-12-31T23:59:59-14:00", "[" * 60, "{" * 30),
    *("\0", "\x0b", "\x85", "\u2028", "\u202e", "\u200b", "\u0338", "\u0301", "\ufeff", "\ufffe", "\U000e0041"),
    *("\ud800", "\t", "\r", "null", "true", "1e999", "-1", "9" * 30, "NaN", "\\ud800", '"a":'),
)  # fmt: skip
"""What parsers stumble over, of every language that is read here."""

fragments = st.one_of(st.just(""), st.sampled_from(SIGNS), st.text(max_size=6))
_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    fragments,
    st.text(max_size=30),
    st.sampled_from(
        [[], {}, [[]], {"": None}, 10**400, -1, "x" * 500, "2026-11-21 09:10", "https://acme.example/"]
    ).map(
        deepcopy  # they are spoiled in their turn
    ),
)


@st.composite
def spoiled(draw: st.DrawFn, whole: Sequence[str]) -> str:
    """Return one of these texts with up to five of its pieces replaced."""
    text = draw(st.sampled_from(whole))
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(fragments) + text[end:]
    return text


@st.composite
def spoiled_json(draw: st.DrawFn, whole: Sequence[Any]) -> str:
    """Return one of these values as JSON, with up to three of its parts odd, gone or twice."""
    value = json.loads(json.dumps(draw(st.sampled_from(whole))))
    for _ in range(draw(st.integers(0, 3))):
        value = _spoiled(draw, value)
    return json.dumps(value)


def _spoiled(draw: st.DrawFn, value: Any) -> Any:
    if not value or not isinstance(value, dict | list) or draw(st.integers(0, 5)) == 0:
        return draw(_ODD)
    key = draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
    match draw(st.integers(0, 8)):
        case 0:
            del value[key]
        case 1 if isinstance(value, dict):
            value[draw(fragments)] = value[key]
        case 1:
            value.append(value[key])
        case _:
            value[key] = _spoiled(draw, value[key])
    return value
