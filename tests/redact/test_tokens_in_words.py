"""Tokens are looked for in long words alone: that must never spare one that stands in a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.redact.tokens import _ISSUED, _TOKENS, tokens

AROUND = st.text(st.sampled_from(" \t\n\"'<>()[]{}&;|\\`*~!?#%^.,:=+/@-_aZ9é“”\u2028日"), max_size=6)


@pytest.mark.parametrize("pattern", _ISSUED)
@pytest.mark.parametrize("digits", [re.ASCII, re.UNICODE], ids=["ASCII", "any digits"])
@given(st.data())
def test_what_stands_in_a_text_is_found(pattern: str, digits: re.RegexFlag, data: st.DataObject) -> None:
    token = data.draw(st.from_regex(re.compile(pattern, digits), fullmatch=True))
    text = data.draw(AROUND) + token + data.draw(AROUND) + token + data.draw(AROUND)
    wanted = {found.span() for found in _TOKENS.finditer(text)}
    assert wanted <= set(tokens(text))


def test_a_token_that_begins_with_digits_of_another_script_is_found() -> None:
    token = "".join(chr(0x660 + number) for number in range(9)) + ":AAH" + "x" * 32
    assert list(tokens(f"bot {token}")) == [(4, 4 + len(token))]
