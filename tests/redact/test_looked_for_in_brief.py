"""Numbers and addresses are only looked for where a text has what each of them has: that must spare none of them."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.redact.addresses import _COLONS, _DOTS, _V4, _V6, _leads_somewhere
from onrecord.redact.mail import _AT, _MAYBE_SPOKEN, _SIGNS, _SPOKEN_AT, _SPOKEN_HOST
from onrecord.redact.money import _ACCOUNT, _CARD
from onrecord.redact.national_ids import _ENOUGH, _IDS
from onrecord.redact.phones import _INTERNATIONAL, _LINKED, _LONG, _NATIONAL, _OF_A_REGION
from onrecord.redact.spans import lines_with_numbers, numbers

SHAPES = [shape for _, shapes in _IDS for shape, _ in shapes]
IN_LINES = [_CARD, _ACCOUNT, *_OF_A_REGION.values()]
AROUND = st.text(st.sampled_from(" \t\n\r.,:;()[]@-_+/aZ09é\0\u2028\u0663"), max_size=12)


@pytest.mark.parametrize("pattern", IN_LINES, ids=range(len(IN_LINES)))
@given(st.data())
def test_what_is_looked_for_in_lines_with_numbers_is_what_stands_in_the_text(
    pattern: re.Pattern[str], data: st.DataObject
) -> None:
    found = st.from_regex(pattern)
    text = data.draw(st.lists(st.one_of(AROUND, found), max_size=5).map("".join))
    assert [match.span() for match in numbers(pattern, text)] == [match.span() for match in pattern.finditer(text)]


@given(st.text(st.sampled_from("12\n x\u0663\r"), max_size=30))
@example("\n\n12\n")
def test_a_line_with_numbers_is_one_in_which_two_digits_stand_together(text: str) -> None:
    assert list(lines_with_numbers(text)) == list(_lines(text))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for line in text.split("\n"):
        if re.search(r"\d\d", line):
            yield begin, begin + len(line)
        begin += len(line) + 1


@pytest.mark.parametrize("shape", SHAPES, ids=range(len(SHAPES)))
@given(st.data())
def test_every_number_of_a_person_has_enough_to_be_one(shape: str, data: st.DataObject) -> None:
    number = data.draw(st.from_regex(re.compile(shape, re.I), fullmatch=True))
    assert _ENOUGH.search(f"{data.draw(AROUND)}: {number}")


@given(st.from_regex(_NATIONAL))
def test_every_phone_number_after_a_word_is_long_enough(text: str) -> None:
    assert _LONG.search(text)


@given(st.from_regex(_INTERNATIONAL), st.from_regex(_LINKED))
def test_numbers_that_stand_alone_have_their_signs(international: str, linked: str) -> None:
    assert any(sign in international for sign in ("+", "＋", "00"))
    assert any(sign in linked for sign in ("wa.me/", "?phone="))


@given(st.from_regex(_AT), st.from_regex(_SPOKEN_AT), st.from_regex(_SPOKEN_HOST, fullmatch=True))
def test_mail_addresses_have_their_signs_or_words(at: str, spoken: str, host: str) -> None:
    assert any(sign in at for sign in _SIGNS)
    sign, rest = _SPOKEN_AT.search(spoken), _SPOKEN_HOST.fullmatch(host)
    assert sign
    assert rest
    if sign["open"] or rest["dot"] != ".":
        assert _MAYBE_SPOKEN.search(spoken + host)


@given(st.one_of(st.from_regex(_V4), st.from_regex(_V6), st.ip_addresses().map(str)))
def test_what_leads_somewhere_has_the_dots_or_colons_of_an_address(written: str) -> None:
    if _leads_somewhere(written):
        assert written.count(".") == _DOTS or written.count(":") >= _COLONS
