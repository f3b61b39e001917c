"""No secret leaves in a file of the site, however it is written there."""

import html
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.stages.scan import forms, scan

SECRET = 'gh/t+7 "q&<>é\\kZ?x'
WRITTEN: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in an address": quote,
    "in an address, every sign": lambda text: quote(text, safe=""),
    "in a form": quote_plus,
    "in HTML": html.escape,
    "in JSON": json.dumps,
    "as Base64": lambda text: b64encode(text.encode()).decode(),
    "in a header": lambda text: b64encode(f"x-access-token:{text}".encode()).decode(),
}


def site(folder: Path, text: str) -> Path:
    (folder / ".well-known").mkdir(parents=True)
    (folder / "index.html").write_text("<p>nothing here</p>")
    (folder / ".well-known/notes.txt").write_text(f"before {text} after")
    return folder


@pytest.mark.parametrize("way", WRITTEN)
def test_a_secret_is_found_in_any_writing(tmp_path: Path, way: str) -> None:
    (problem,) = scan(site(tmp_path, WRITTEN[way](SECRET)), {"CHAT_WEBHOOK": SECRET, "HOME": "/root"})
    assert problem.place.path.endswith(".well-known/notes.txt")
    assert problem.what == "this file holds the value of CHAT_WEBHOOK"


def test_a_problem_never_shows_the_secret(tmp_path: Path) -> None:
    (problem,) = scan(site(tmp_path, SECRET), {"GITHUB_TOKEN": SECRET})
    assert SECRET not in str(problem)


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "FORUM_API_KEY", "APIKEY", "db_password", "MAIL_SECRETS"])
def test_a_variable_is_a_secret_by_its_name(tmp_path: Path, name: str) -> None:
    assert scan(site(tmp_path, SECRET), {name: SECRET})


@pytest.mark.parametrize("name", ["HOME", "PATH", "TOKENIZER", "GITHUB_SHA"])
def test_other_variables_are_not_looked_for(tmp_path: Path, name: str) -> None:
    assert scan(site(tmp_path, SECRET), {name: SECRET}) == ()


def test_a_value_that_a_page_may_hold_by_chance_is_not_looked_for(tmp_path: Path) -> None:
    assert scan(site(tmp_path, "nothing"), {"MY_TOKEN": "nothing", "EMPTY_TOKEN": ""}) == ()


@pytest.mark.parametrize("made", [True, False])
def test_no_site_is_a_problem_so_that_nothing_is_deployed(tmp_path: Path, made: bool) -> None:
    folder = tmp_path / "site"
    if made:
        (folder / "empty").mkdir(parents=True)
    (problem,) = scan(folder, {})
    assert problem.what == "there is no site here"


@given(before=st.binary(max_size=9), value=st.text("abcXYZ019+/=-_é", min_size=8, max_size=40), after=st.binary())
def test_base64_is_found_wherever_the_secret_stands_in_it(before: bytes, value: str, after: bytes) -> None:
    whole = before + value.encode() + after
    assert any(form in b64encode(whole) for form in forms(value))
    assert any(form in urlsafe_b64encode(whole) for form in forms(value))


def test_a_secret_that_the_settings_name_is_looked_for_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("it is correct-horse-battery")
    environment = {"TRACKER_READ": "correct-horse-battery"}
    assert scan(tmp_path, environment) == ()
    assert "TRACKER_READ" in str(scan(tmp_path, environment, {"TRACKER_READ"})[0])
