"""Most texts have nothing that must go, and take a short way through cleaning: it ends where the long one does."""

import sys
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.hostile.texts import hostile

from onrecord.words import clean

EVERY_SIGN = [chr(point) for point in range(sys.maxunicode + 1)]


def cleaned_the_long_way(text: str) -> str:
    """Return a text as it is cleaned beside a sign that is never kept."""
    return clean(f"\0{text}")


def marks_of(sign: str) -> int:
    """Return how many combining marks a sign is, or none if it is a letter, with marks or without."""
    classes = [*map(unicodedata.combining, unicodedata.normalize("NFD", sign))]
    return len(classes) if all(classes) else 0


@settings(max_examples=500)
@given(hostile | st.text(st.characters(exclude_categories=()), max_size=60))
@example("Über\tuns\n\nde\u0301ja\u0300 vu")
@example("it is\u034f seen\u3164 and\uffa0 goes")
@example("\u2028\x85\r\n\r")
@example("а\u0301\u0302\u0303" * 4)
def test_whatever_the_text_both_ways_end_in_the_same(text: str) -> None:
    assert clean(text) == cleaned_the_long_way(text)


def test_no_sign_alone_goes_by_one_way_and_stays_by_the_other() -> None:
    assert [sign for sign in EVERY_SIGN if clean(sign) != cleaned_the_long_way(sign)] == []


def test_marks_of_every_script_are_counted_when_they_stand_on_one_letter() -> None:
    many = {sign: clean("o" + sign * 40) for sign in EVERY_SIGN if marks_of(sign)}
    assert len(many) > 800
    kept = {sign: sum(map(marks_of, unicodedata.normalize("NFD", text))) for sign, text in many.items()}
    assert {sign: count for sign, count in kept.items() if count > 10} == {}
