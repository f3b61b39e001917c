"""A page of the site: its address, its frame, its head, and the words that templates are given."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup
from tests.bare_press import ACME, bare_press

from onrecord.errors import OnRecordError
from onrecord.frames import Frame, Frames, Made
from onrecord.language import Language
from onrecord.our_code import OURS
from onrecord.press import Press, base_path

BELOW = ACME.model_copy(update={"url": "https://acme.example/status"})
MOMENT = datetime(2026, 11, 21, 8, 12, tzinfo=UTC)


def said(folder: Path, template: str, **values: object) -> str:
    """Return what a template of the site's own makes of values."""
    own = folder / "templates"
    name = f"pages/{len(list(own.rglob('*')))}.html"  # a press reads a template once
    (own / "pages").mkdir(parents=True, exist_ok=True)
    (own / name).write_text(template, "utf-8")
    return bare_press(ACME, own).text(name, **values)


@pytest.mark.parametrize(
    ("address", "file", "root"),
    [("", "index.html", "./"), ("known/", "known/index.html", "../"), ("log/a/", "log/a/index.html", "../../")],
)
def test_a_page_links_to_the_root_from_its_depth(address: str, file: str, root: str, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/one.html").write_text("{{ root }}", "utf-8")
    page = bare_press(ACME, tmp_path).page(address, "one.html", title="One", description="It.")
    assert page.path == file
    assert page.content.decode().endswith(f"<body>{root}</body></html>\n")


def test_full_addresses_carry_the_path_of_the_site_once() -> None:
    for url in ("https://acme.example/status", "https://acme.example/status/"):
        site = ACME.model_copy(update={"url": url})
        assert base_path(site) == "/status/"
        assert bare_press(site).url("log/a/") == "https://acme.example/status/log/a/"
    assert base_path(ACME) == "/"


def test_the_page_for_what_does_not_exist_links_from_the_host_and_is_not_indexed(tmp_path: Path) -> None:
    page = bare_press(BELOW).page("404.html", "not_found.html", title="Gone", description="Gone.", open=())
    html = page.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html
    assert set(re.findall(r'href="([^"]+)"', html)) >= {"/status/", "/status/log/", "/status/feed.xml"}


def test_a_head_says_title_description_and_address(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/one.html").write_text("", "utf-8")
    head = bare_press(BELOW, tmp_path).page("log/a/", "one.html", title="A & B", description='Say "it"').content
    assert "<title>A &amp; B · Acme on record</title>" in head.decode()
    assert '<meta name="description" content="Say &#34;it&#34;">' in head.decode()
    assert '<link rel="canonical" href="https://acme.example/status/log/a/">' in head.decode()


def test_moments_and_days_carry_their_time_for_programs(tmp_path: Path) -> None:
    assert said(tmp_path, "{{ at|when }}", at=MOMENT) == (
        '<time datetime="2026-11-21T08:12:00Z">21 Nov 2026, 08:12 UTC</time>'
    )
    assert said(tmp_path, "{{ at|day }}", at=MOMENT).endswith(">21 Nov 2026</time>")


def test_words_are_markdown_in_an_element_of_their_own(tmp_path: Path) -> None:
    assert said(tmp_path, "{{ text|words }}", text="**so** <script>x()</script>").startswith(
        '<div class="words" dir="auto"><p><strong>so</strong>'
    )


def test_words_that_cannot_be_shown_as_they_are_say_so(tmp_path: Path) -> None:
    shown = said(tmp_path, "{{ text|words }}", text="> " * 5_000 + "deep")
    assert "could not be displayed as it was written" in shown


def test_a_length_of_time_is_said(tmp_path: Path) -> None:
    assert said(tmp_path, "{{ span|duration }}", span=timedelta(minutes=200)) == "3 h 20 min"


def test_text_is_escaped_and_cleaned_whatever_the_template_does_with_it(tmp_path: Path) -> None:
    hostile = "<b>\u202e\0'\""
    for template in ("{{ x }}", "{{ [x]|join }}", "{% set y = x %}{{ y }}", "{% trans x=x %}{{ x }}{% endtrans %}"):
        shown = said(tmp_path, template, x=hostile)
        assert shown.startswith("&lt;b&gt;"), template
        assert "'" not in shown
    assert said(tmp_path, "{{ x }}", x=hostile) == "&lt;b&gt;&#39;&#34;"
    assert said(tmp_path, "{{ x }}", x=Markup("<b>")) == "<b>"


@pytest.mark.parametrize(
    ("template", "line", "why"),
    [
        ("one\n{{ nobody }}", 2, "'nobody' is undefined"),
        ("{% if %}", 1, "Expected an expression"),
        ("\n\n{% include 'nowhere.html' %}", 3, "nowhere.html"),
        ('{% from "macros.html" import nobody %}\n{{ nobody() }}', 2, "does not export"),
    ],
)
def test_a_wrong_template_of_the_site_is_named_with_its_line(
    template: str, line: int, why: str, tmp_path: Path
) -> None:
    with pytest.raises(OnRecordError) as caught:
        said(tmp_path, template)
    (problem,) = caught.value.problems
    assert (problem.place.path, problem.place.line) == ("templates/pages/0.html", line)
    assert why in problem.what


def test_a_fault_of_ours_is_no_fault_of_the_site(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        bare_press(ACME, tmp_path).text("pages/known.html")


def compiling_press(own: Path, compiled: Path) -> Press:
    frame = Frame("", "", "")
    made = Made(own, (), frame, dict.fromkeys(range(3), frame))
    return Press(ACME, Language("en", ZoneInfo("UTC")), Frames("", {}, lambda: made), [own, OURS], compiled=compiled)


def test_templates_are_compiled_before_the_first_page_where_none_is_kept(tmp_path: Path) -> None:
    (tmp_path / "own/pages").mkdir(parents=True)
    (tmp_path / "own/pages/voices.html").write_text("{% if", "utf-8")
    press = compiling_press(tmp_path / "own", tmp_path / "compiled")
    ours = [*OURS.glob("*.html"), *OURS.glob("facts/*.html"), *OURS.glob("pages/*.html")]
    assert len([*(tmp_path / "compiled").iterdir()]) == len(ours) - 1, "and the site's own broken one harms none"
    with pytest.raises(OnRecordError, match="voices"):
        press.text("pages/voices.html")
    kept = next((tmp_path / "compiled").iterdir())
    kept.unlink()
    compiling_press(tmp_path / "own", tmp_path / "compiled")
    assert not kept.exists(), "later each is compiled when it is used"
