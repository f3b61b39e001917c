"""The count of depth, and the shorter one that says when it need not be made."""

from hypothesis import example, given, settings
from tests.hostile.texts import hostile

from onrecord.words.depth import depth


@settings(max_examples=300)
@given(hostile)
@example("<b>" * 5)
@example("<svg><br><br>")
def test_a_text_is_never_counted_deeper_than_it_has_signs_that_begin_a_tag(text: str) -> None:
    assert depth(text) <= text.count("<")
