"""Tokens are looked for in long words alone: that must never spare one that stands in a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.redact.tokens import _ISSUED, _TOKENS, tokens

AROUND = st.text(st.sampled_from(" \t\n\"'<>()[]{}&;|\\`*~!?#%^.,:=+/@-_aZ9é“”\u2028日"), max_size=6)


@pytest.mark.parametrize("pattern", _ISSUED)
@given(st.data())
def test_what_stands_in_a_text_is_found(pattern: str, data: st.DataObject) -> None:
    token = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    text = data.draw(AROUND) + token + data.draw(AROUND) + token + data.draw(AROUND)
    wanted = {found.span() for found in _TOKENS.finditer(text)}
    assert wanted <= set(tokens(text))
