"""Patterns for secrets are only tried where a word of theirs stands: that must never spare one that would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.redact.secrets import _ASSIGNED, _ASSIGNS, _CHECKED, _has_any

LOOKED_FOR = [(words, pattern) for words, pattern, _ in _CHECKED]
LOOKED_FOR += [(_ASSIGNS, _ASSIGNED)]
ODD_CASE = str.maketrans({"s": "ſ", "k": "\N{KELVIN SIGN}", "i": "ı", "I": "İ"})


@pytest.mark.parametrize(("words", "pattern"), LOOKED_FOR, ids=range(len(LOOKED_FOR)))
@given(st.data())
def test_what_a_pattern_finds_has_one_of_its_words(words, pattern, data) -> None:  # type: ignore[no-untyped-def]
    text = data.draw(st.from_regex(pattern))
    for written in (text, text.upper(), text.lower(), text.translate(ODD_CASE)):
        if pattern.search(written):
            assert _has_any(words, written.casefold())
