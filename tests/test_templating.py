"""Which template is used, and what it can never do."""

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment, UndefinedError

from onrecord.language import Language
from onrecord.our_code import OURS
from onrecord.templating import environment

ENGLISH = Language("en", ZoneInfo("UTC"))


def jinja(*folders: Path) -> Environment:
    return environment([*folders, OURS], ENGLISH, {}, {})


def file_of(jinja: Environment, name: str) -> Path:
    """Return which file a template's name stands for."""
    assert jinja.loader
    return Path(jinja.loader.get_source(jinja, name)[1] or "")


def write(root: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def test_a_template_of_the_site_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = write(tmp_path, {"pages/known.html": "mine"})
    assert jinja(own).get_template("pages/known.html").render() == "mine"
    assert file_of(jinja(own), "pages/home.html") == OURS / "pages/home.html"


def test_ours_are_always_there_under_their_own_name(tmp_path: Path) -> None:
    own = write(tmp_path, {"macros.html": "mine", "onrecord/macros.html": "a trap"})
    assert file_of(jinja(own), "onrecord/macros.html") == OURS / "macros.html"


@pytest.mark.parametrize("name", ["a.html", "a.html.j2", "a.svg", "a.atom", "a.txt", "a"])
def test_everything_is_escaped_whatever_the_file_is_called(name: str, tmp_path: Path) -> None:
    own = write(tmp_path, {name: "{{ x }}"})
    assert jinja(own).get_template(name).render(x="<b>") == "&lt;b&gt;"


def test_what_is_not_given_is_an_error_and_not_an_empty_place(tmp_path: Path) -> None:
    own = write(tmp_path, {"a.html": "{{ nobody }}"})
    with pytest.raises(UndefinedError):
        jinja(own).get_template("a.html").render()


def test_text_from_outside_is_never_a_template(tmp_path: Path) -> None:
    own = write(tmp_path, {"a.html": "{{ x }}"})
    assert jinja(own).get_template("a.html").render(x="{{ 7 * 7 }}{% if %}") == "{{ 7 * 7 }}{% if %}"


OVERLAY = "\u0338 onclick=alert(1) \u202e"


@pytest.mark.parametrize(
    "template",
    [
        "<p>{{ x }}</p>",
        '<p>{{ gettext("%(x)s", x=x) }}</p>',
        "<p>{% trans x=x %}{{ x }}{% endtrans %}</p>",
        '<p>{{ ngettext("%(x)s", "%(x)s", 1, x=x) }}</p>',
    ],
)
def test_no_mark_of_a_text_melts_with_the_tag_before_it_and_none_moves_words(template: str, tmp_path: Path) -> None:
    own = write(tmp_path, {"a.html": template})
    made = jinja(own).get_template("a.html").render(x=OVERLAY)
    assert unicodedata.normalize("NFC", made) == made
    assert made == "<p>&#x338; onclick=alert(1) </p>"


def test_no_template_is_read_from_outside_its_folders(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": "secret", "own/a.html": '{% include "../secret.txt" ignore missing %}'})
    assert jinja(tmp_path / "own").get_template("a.html").render() == ""


def test_every_page_template_of_ours_can_be_replaced_in_parts() -> None:
    for page in sorted((OURS / "pages").glob("*.html")):
        if page.name != "head.html":
            assert "{% block " in page.read_text("utf-8"), page.name
