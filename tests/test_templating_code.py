"""Templates become code of our own kind, and print what Jinja's own code prints."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from onrecord.language import Language
from onrecord.our_code import OURS
from onrecord.templating import environment
from onrecord.templating.code import said

ENGLISH = Language("en", ZoneInfo("UTC"))

TEMPLATES = (
    "<p>{{ x }}</p>",
    "{{ x ~ x }} {{ [x, x]|join(x) }} {{ x|default(y)|upper }}",
    "{% set block %}<b>{{ x }}</b>{% endset %}{{ block }}{{ block|trim }}",
    "{% macro m(a, b=x) %}<i>{{ a }}{{ b }}{% if caller is defined %}!{% endif %}</i>{% endmacro %}{{ m(y, b=1) }}",
    "{% macro m(a) %}{{ caller(a) }}{% endmacro %}{% call(c) m(x) %}<u>{{ c }}{{ y }}</u>{% endcall %}",
    "{% macro m() %}{{ varargs|join }}{{ kwargs.class }}{% endmacro %}{{ m(x, *[y], **{'class': x}) }}",
    "{% for each in [x, y] recursive %}{{ loop.index }}{{ each }}{{ loop.cycle('a', x) }}{% endfor %}",
    "{{ gettext('Log') }}{{ _('Log') }}{{ gettext('%(x)s of us', x=x) }}{{ ngettext('%(num)d', '%(num)ds', 2) }}",
    "{% trans x=x %}Raised {{ x }}{% endtrans %}{{ gettext('Log' if y else 'Menu') }}",
    "{% if gettext('Log') == 'Log' %}{{ gettext('Menu')|length }}{{ gettext('Menu') ~ x }}{% endif %}",
    "{% autoescape false %}{{ x }}{{ 'a<b' }}{{ gettext('Log') }}{% endautoescape %}",
    "{% autoescape y %}{{ x }}{{ gettext('Log') }}{% endautoescape %}",
    "{{ gettext('%(x)s of %(n)d', x=x, n=2) }}{{ gettext('%(x)s%%', x=y) }}",
    "{{ ngettext('one', '%(num)d %(x)s', 1, x=y) }}{{ ngettext('one', '%(num)d %(x)s', 2, x=y) }}",
    "{% macro m(a, b, c=y) %}{{ a }}{{ b is defined }}{{ c }}{% endmacro %}"
    "{{ m(x) }}{{ m(x, y, x) }}{{ m(b=x, a=y) }}",
    "{% set d = {'a': x, 'items': y} %}{{ d.a }}{{ d.items is callable }}{{ d.b is defined }}{{ d.b|default(y) }}",
    "{{ x.strip is defined }}{{ x.nothing is defined }}{{ x.__class__.__name__ }}{{ d is defined and d.a.b }}",
    "{% for each in [x, y] %}{{ loop.previtem is defined }}{{ loop.first and each }}{% endfor %}",
    "{{ namespace(a=x).a }}{{ dict(a=y).a }}{{ range(3)|list }}{{ joiner(x)() }}",
)
_text = st.text(st.sampled_from("a<>&\"' %{}\u0338\u202e\u00e9\n"), max_size=12)
_values = st.one_of(_text, _text.map(Markup.escape), st.integers(), st.none(), st.booleans())


def ours(*folders: Path, compiled: Path | None = None) -> Environment:
    return environment([*folders, OURS], ENGLISH, {}, {}, compiled)


def as_jinja_has_it() -> Environment:
    jinja = ours()
    jinja.code_generator_class = CodeGenerator
    return jinja


OURS_ONCE, THEIRS_ONCE = ours(), as_jinja_has_it()


@pytest.mark.parametrize("template", TEMPLATES)
@given(x=_values, y=_values)
def test_a_template_prints_what_jinjas_own_code_prints(template: str, x: Any, y: Any) -> None:
    printed = [jinja.from_string(template).render(x=x, y=y) for jinja in (OURS_ONCE, THEIRS_ONCE)]
    assert printed[0] == printed[1]


def test_blocks_of_a_page_that_is_extended_are_said_again(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("{% block a %}<b>{{ gettext('Log') }}</b>{% endblock %}", "utf-8")
    (tmp_path / "page.html").write_text(
        "{% extends 'base.html' %}{% block a %}{{ super() }}{{ self.a is defined }}{{ x }}{% endblock %}", "utf-8"
    )
    assert ours(tmp_path).get_template("page.html").render(x="<") == "<b>Log</b>True&lt;"


def test_what_is_not_given_is_no_text_and_cannot_be_called() -> None:
    for template in ("{{ nobody }}", "{{ nobody() }}", "{{ x.nobody }}", "{{ x.nobody() }}"):
        with pytest.raises(UndefinedError):
            ours().from_string(template).render(x="")


def test_words_of_ours_are_in_the_code_in_the_language_of_the_site() -> None:
    plain = Environment(autoescape=True)
    tree = said(plain.parse("<h1>{{ gettext('Log') }}</h1>{{ gettext(word) }}"), Markup("<b>{}</b>").format)
    assert plain.from_string(tree).render(gettext=str.upper, word="x") == "<h1><b>Log</b></h1>X"


def test_a_template_that_means_something_of_its_own_by_the_name_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text("{% macro gettext(text) %}mine: {{ text }}{% endmacro %}", "utf-8")
    for its_own in (
        "{% macro gettext(text) %}mine: {{ text }}{% endmacro %}",
        "{% set gettext = x %}",
        "{% from 'own.html' import gettext %}",
        "{% from 'own.html' import gettext as g, gettext %}",
        "{% import 'own.html' as own %}{% set gettext = own.gettext %}",
    ):
        printed = ours(tmp_path).from_string(its_own + "{{ gettext('Log') }}").render(x="mine: {}".format)
        assert printed == "mine: Log", its_own


def test_an_attribute_that_cannot_be_told_is_no_attribute() -> None:
    class Shy:
        @property
        def told(self) -> str:
            raise AttributeError

    for jinja in (OURS_ONCE, THEIRS_ONCE):
        assert jinja.from_string("{{ x.told is defined }}").render(x=Shy()) == "False"


def test_a_macro_refuses_more_than_it_names() -> None:
    for call in ("m(1, 2)", "m(b=1)", "m(1, a=2)"):
        for jinja in (OURS_ONCE, THEIRS_ONCE):
            with pytest.raises(TypeError, match="macro 'm'"):
                jinja.from_string("{% macro m(a) %}{{ a }}{% endmacro %}{{ " + call + " }}").render()


def test_what_is_imported_knows_the_page_only_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "parts.html").write_text(
        "{% macro m() %}{{ x is defined }}{% endmacro %}{{ x|default('-') }}", "utf-8"
    )
    for page, told in (
        ("{% from 'parts.html' import m %}{{ m() }}", "False"),
        ("{% from 'parts.html' import m with context %}{{ m() }}", "True"),
        ("{% import 'parts.html' as parts %}{{ parts.m() }}{{ parts }}", "False-"),
        ("{% import name as parts with context %}{{ parts.m() }}{{ parts }}", "True1"),
        ("{% include ['nowhere.html', name] %}{% include name without context %}", "1-"),
    ):
        jinja = ours(tmp_path)
        for _ in range(2):
            assert jinja.from_string(page).render(x=1, name="parts.html") == told


def test_what_was_compiled_is_kept_until_our_own_code_is_another(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "de-0123-old.cache").write_bytes(b"of another language, or of code that is no more")
    ours(compiled=kept).get_template("facts.html")
    files = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}
    assert {name.partition("-")[0] for name in files} == {"en"}, "and what was compiled by other code is gone"
    ours(compiled=kept).get_template("facts.html")
    assert {path.name: path.stat().st_mtime_ns for path in kept.iterdir()} == files
