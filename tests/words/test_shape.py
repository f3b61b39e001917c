"""HTML with nothing to clean is shaped in few parts, and becomes what it becomes in many."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.hostile.texts import hostile

from onrecord.words.allowed import allowed
from onrecord.words.characters import clean
from onrecord.words.shape import shaped

OPENED = [
    *("b", "a", "a href=http://a.b/", "img src=http://a.b/ alt=x", "img alt='<'", "input type=checkbox checked='<p'"),
    *("pre", "p", "h1", "h2", "table", "tr", "td align=left", "ol start=3", "li", "code", "del", "details", "br"),
]
TAGS = [f"<{tag}>" for tag in OPENED] + [f"</{tag.split()[0]}>" for tag in OPENED]
canonical = st.lists(st.sampled_from(TAGS) | st.text(max_size=3), max_size=30).map("".join).map(allowed)


@settings(max_examples=500, deadline=None)
@given(hostile.map(clean).map(allowed) | canonical, st.booleans())
@example('<p>a</p>\n<h1>b</h1><pre>c</pre><a href="http://a.b/">d</a><img src="http://a.b/" alt="<b>">', True)
@example("<b", False)
@example("<x-y>z</b-c>", False)
def test_part_by_part_or_many_parts_at_once_it_is_the_same(html: str, show_hosts: bool) -> None:
    unclean, shown = "\u0338 ", "&#x338; "
    assert shaped(unclean + html, show_hosts=show_hosts) == shown + shaped(html, show_hosts=show_hosts)
