"""The settings: everything that is wrong in one file is said at once, and no secret stands in it."""

from pathlib import Path

import pytest

from onrecord import config
from onrecord.errors import OnRecordError, did_you_mean
from onrecord.plugins import source_types

FINE = "site:\n  title: Acme on record\n  url: https://status.acme.example/\n"
GITHUB = "sources:\n  app:\n    type: github-issues\n    repo: acme/app\n"


def settings(root: Path, text: str | bytes, environment: dict[str, str] | None = None) -> config.Settings:
    (root / config.FILE).write_bytes(text.encode() if isinstance(text, str) else text)
    return config.read(root, environment or {})


def refused(root: Path, text: str | bytes) -> str:
    with pytest.raises(OnRecordError) as caught:
        settings(root, text)
    return str(caught.value).replace("site_config.yml:", "")


def no_source_type(written: str) -> str:
    known = source_types()
    return f'"type" cannot be "{written}".{did_you_mean(written, known)}\n    use one of: {", ".join(known)}'


def test_two_lines_make_a_site(tmp_path: Path) -> None:
    found = settings(tmp_path, FINE)
    assert found.site.title == "Acme on record"
    assert (found.builder, found.sources, found.zone.key) == ("mkdocs", {}, "UTC")


def test_a_source_is_what_its_type_says(tmp_path: Path) -> None:
    found = settings(tmp_path, FINE + GITHUB + "    component_labels: {payments: 'area: payments'}\n")
    assert found.sources["app"].repo == "acme/app"
    assert found.sources["app"].component_labels == {"payments": "area: payments"}


def test_a_secret_comes_from_the_environment_and_is_not_shown(tmp_path: Path) -> None:
    found = settings(tmp_path, FINE + GITHUB + "    token: $APP_TOKEN\n", {"APP_TOKEN": "s3cret"})
    assert found.sources["app"].token.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(found) + found.model_dump_json()


def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    said = refused(tmp_path, FINE + GITHUB + "    token: ghp_abcdefghijklmnop\n")
    assert said.startswith('8:12: "token": a secret never stands in the settings\n')
    assert "ghp_" not in said


def test_settings_that_are_wrong_in_many_places_are_told_all_at_once(tmp_path: Path) -> None:
    text = """\
site:
  titel: Acme on record
  url: status.acme.example
  languages: [de]
  timezone: Europe/Brelin
sources:
  App Store:
    type: github-issues
    repo: acme
  news:
    type: fead
theme:
  accent: blue
privacy:
  hold_over: -1
builder: mkdcos
"""
    assert refused(tmp_path, text) == (
        '1:1: "title" is missing\n    add a line "title: …" below "site"\n'
        '2:3: there is no field "titel" here. Did you mean "title"?\n'
        "    known here: description, languages, security, starts, tell_us, timezone, title, url\n"
        '3:8: "url": this is not a web address\n    write one like "https://example.com/page"\n'
        '4:15: "languages" cannot be "de".\n    write "en"\n'
        '5:13: there is no time zone "Europe/Brelin". Did you mean "Europe/Berlin"?\n'
        '    write one like "Europe/Berlin" or "UTC"\n'
        "7:3: \"App Store\" is not a short name ('App Store')\n"
        '    use small letters, digits and "-", like "card-payments"\n'
        '9:11: "repo": this is not a repository\n    write "owner/name", like "acme/app"\n'
        f"11:11: {no_source_type('fead')}\n"
        '13:11: "accent" is not a colour (\'blue\')\n    write one like "#1f4fd1", in quotes\n'
        "15:14: \"hold_over\" is too small ('-1')\n    write 0 or more\n"
        '16:10: "builder" cannot be "mkdcos". Did you mean "mkdocs"?\n    use one of: mkdocs, zensical'
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            FINE + "sources: github\n",
            '4:10: "sources" is not a group of fields\n    write "sources:" and below it, indented, a name for each',
        ),
        (
            FINE + "sources:\n  app: acme/app\n",
            '5:8: "app" is not a group of fields\n    write "name: value" lines below it, indented',
        ),
        (
            FINE + "sources:\n  app:\n    repo: acme/app\n",
            '5:3: "type" is missing\n    add a line "type: …" below "app"',
        ),
        (
            FINE + "sources:\n  app:\n    type: [feed]\n",
            "6:11: " + no_source_type("['feed']"),
        ),
        ("", '1: "site" is missing\n    add a line "site: …"'),
        (
            "site: Acme\n",
            '1:7: "site" is not a group of fields (\'Acme\')\n    write lines like "title: …" below it, indented; '
            "known there: title, url, description, languages, timezone, tell_us, starts, security",
        ),
        (
            "site:\n\ttitle: x\n",
            '2:1: nothing starts with this character\n    put the whole value in "quotes"; write a tab as spaces',
        ),
        (FINE.encode("utf-16"), "1: there is a character here that is not UTF-8\n    save the file as UTF-8"),
    ],
)
def test_settings_of_a_wrong_form_say_what_to_write(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert refused(tmp_path, text) == said


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(tmp_path: Path) -> None:
    assert settings(tmp_path, "\ufeff" + FINE.replace("\n", "\r\n")) == settings(tmp_path, FINE)


def test_a_site_is_found_from_any_folder_in_it(tmp_path: Path) -> None:
    (tmp_path / config.FILE).write_text(FINE)
    deep = tmp_path / "content/entries"
    deep.mkdir(parents=True)
    assert config.find(deep) == config.find(tmp_path) == tmp_path


def test_a_folder_that_is_not_a_site_says_how_to_start_one(tmp_path: Path) -> None:
    todo = '\n    start one with "onrecord init", or name it with --site DIR'
    with pytest.raises(OnRecordError) as caught:
        config.find(tmp_path)
    assert (
        str(caught.value) == f"{tmp_path}: no site_config.yml in this folder or above it, so this is not a site{todo}"
    )
    (tmp_path / config.FILE).write_text(FINE)
    (tmp_path / "content").mkdir()
    with pytest.raises(OnRecordError) as caught:
        config.read(tmp_path / "content", {})
    assert str(caught.value) == f"{tmp_path}/content: no site_config.yml in this folder, so this is not a site{todo}"


RELEASES = "  app-releases:\n    type: github-releases\n    repo: acme/app\n"


def test_what_releases_a_fix_is_the_name_of_a_source_of_releases(tmp_path: Path) -> None:
    found = settings(tmp_path, FINE + GITHUB + "    released_by: app-releases\n" + RELEASES)
    assert found.sources["app"].released_by == "app-releases"


@pytest.mark.parametrize(
    ("wanted", "more", "said"),
    [
        ("app-release", RELEASES, ' Did you mean "app-releases"?\n    use one of: app-releases'),
        ("app", RELEASES, "\n    use one of: app-releases"),
        ("app-releases", "", '\n    add a source "app-releases" with "type: github-releases"'),
    ],
)
def test_a_name_of_no_source_of_releases_is_refused(tmp_path: Path, wanted: str, more: str, said: str) -> None:
    text = FINE + GITHUB + f"    released_by: {wanted}\n" + more
    assert refused(tmp_path, text) == f'8:18: there is no source "{wanted}" of type "github-releases".{said}'


def test_about_a_source_of_releases_that_is_wrong_itself_enough_is_said(tmp_path: Path) -> None:
    said = refused(tmp_path, FINE + GITHUB + "    released_by: app-releases\n" + RELEASES.replace("acme/app", "app"))
    assert "this is not a repository" in said
    assert "there is no source" not in said


def test_an_accent_that_cannot_be_read_is_refused_where_it_stands_with_the_nearest_that_can(tmp_path: Path) -> None:
    said = refused(tmp_path, FINE + 'theme:\n  accent: "#ffcc00"\n')
    assert said == (
        '5:11: "#ffcc00" is too light for links to be read, 1.34:1 where 4.5:1 is needed\n    write accent: "#876b03"'
    )
    assert settings(tmp_path, FINE + 'theme:\n  accent: "#876b03"\n').theme.accent == "#876b03"


@pytest.mark.parametrize("to", ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "/javascript:x"])
def test_a_link_of_the_navigation_leads_to_no_script(tmp_path: Path, to: str) -> None:
    said = refused(tmp_path, FINE + f"theme:\n  nav:\n  - title: Help\n    to: '{to}'\n")
    assert '7:9: "to": this reaches nobody' in said


@pytest.mark.parametrize("to", ["help/", "/help/?a=b:c", "https://acme.example/", "mailto:a@acme.example"])
def test_a_link_of_the_navigation_leads_within_the_site_or_to_an_address(tmp_path: Path, to: str) -> None:
    found = settings(tmp_path, FINE + f"theme:\n  nav:\n  - title: Help\n    to: '{to}'\n")
    assert found.theme.nav[0].to == to
