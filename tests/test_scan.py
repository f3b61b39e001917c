"""No secret leaves in a file of the site, however it is written there."""

import html
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.utils import htmlsafe_json_dumps
from tests.own_site import Site
from tests.redact.labelled import LABELLED, labelled

from onrecord.errors import Problem
from onrecord.file import File
from onrecord.stages.scan import Leaks, forms, scan, secrets_in

SECRET = 'gh/t+7 "q&<>é\\kZ?x'
WRITTEN: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in an address": quote,
    "in an address, every sign": lambda text: quote(text, safe=""),
    "in a form": quote_plus,
    "in HTML": html.escape,
    "in HTML's text": partial(html.escape, quote=False),
    "in JSON": json.dumps,
    "in JSON of UTF-8": partial(json.dumps, ensure_ascii=False),
    "in JSON, as PHP writes it": lambda text: json.dumps(text).replace("/", "\\/"),
    "in JSON in HTML": lambda text: htmlsafe_json_dumps(text),
    "as Base64": lambda text: b64encode(text.encode()).decode(),
    "in a header": lambda text: b64encode(f"x-access-token:{text}".encode()).decode(),
}


def folder_with(folder: Path, text: str) -> Path:
    (folder / ".well-known").mkdir(parents=True)
    (folder / "index.html").write_text("<p>nothing here</p>")
    (folder / ".well-known/notes.txt").write_text(f"before {text} after")
    return folder


def look(folder: Path, environment: dict[str, str], names: Iterable[str] = ()) -> tuple[Problem, ...]:
    return scan(folder, secrets_in(environment, names))


@pytest.mark.parametrize("way", WRITTEN)
def test_a_secret_is_found_in_any_writing(tmp_path: Path, way: str) -> None:
    (problem,) = look(folder_with(tmp_path, WRITTEN[way](SECRET)), {"CHAT_WEBHOOK": SECRET, "HOME": "/root"})
    assert problem.place.path.endswith(".well-known/notes.txt")
    assert problem.what == "this file holds the value of CHAT_WEBHOOK"


def test_a_problem_never_shows_the_secret(tmp_path: Path) -> None:
    (problem,) = look(folder_with(tmp_path, SECRET), {"GITHUB_TOKEN": SECRET})
    assert SECRET not in str(problem)


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "FORUM_API_KEY", "APIKEY", "db_password", "MAIL_SECRETS"])
def test_a_variable_is_a_secret_by_its_name(tmp_path: Path, name: str) -> None:
    assert look(folder_with(tmp_path, SECRET), {name: SECRET})


@pytest.mark.parametrize("name", ["HOME", "PATH", "TOKENIZER", "GITHUB_SHA"])
def test_other_variables_are_not_looked_for(tmp_path: Path, name: str) -> None:
    assert look(folder_with(tmp_path, SECRET), {name: SECRET}) == ()


def test_a_value_that_a_page_may_hold_by_chance_is_not_looked_for(tmp_path: Path) -> None:
    assert look(folder_with(tmp_path, "nothing"), {"MY_TOKEN": "nothing", "EMPTY_TOKEN": ""}) == ()


@pytest.mark.parametrize("made", [True, False])
def test_no_site_is_a_problem_so_that_nothing_is_deployed(tmp_path: Path, made: bool) -> None:
    folder = tmp_path / "site"
    if made:
        (folder / "empty").mkdir(parents=True)
    (problem,) = look(folder, {})
    assert problem.what == "there is no site here"


@given(before=st.binary(max_size=9), value=st.text("abcXYZ019+/=-_é", min_size=8, max_size=40), after=st.binary())
def test_base64_is_found_wherever_the_secret_stands_in_it(before: bytes, value: str, after: bytes) -> None:
    whole = before + value.encode() + after
    assert any(form in b64encode(whole) for form in forms(value))
    assert any(form in urlsafe_b64encode(whole) for form in forms(value))


def test_a_secret_that_the_settings_name_is_looked_for_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("it is correct-horse-battery")
    environment = {"TRACKER_READ": "correct-horse-battery"}
    assert look(tmp_path, environment) == ()
    assert "TRACKER_READ" in str(look(tmp_path, environment, {"TRACKER_READ"})[0])


ISSUED = [
    pytest.param(line.text[mark.begin : mark.end], id=line.text[: mark.begin].strip()[-20:] or "key")
    for line in labelled(LABELLED)
    for mark in line.marked
    if mark.kind == "secret" and line.text[mark.begin :].startswith(("gh", "gl", "AKIA", "xox", "sk", "npm", "-----"))
]


@pytest.mark.parametrize("token", ISSUED)
def test_what_has_the_shape_of_a_token_is_found_though_nobody_named_it(tmp_path: Path, token: str) -> None:
    (problem,) = look(folder_with(tmp_path, f"<p>\n{token}"), {})
    assert (problem.place.line, problem.what) == (2, "this file holds what looks like a token or a private key")
    assert token not in str(problem)


def test_a_build_with_a_secret_in_a_page_fails_names_the_file_and_leaves_the_old_site(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.build()
    site.write("content/pages/about.md", "# About\n\nAsk the robot with correct-horse-battery.\n")
    monkeypatch.setenv("ROBOT_PASSWORD", "correct-horse-battery")
    ran = site.run("build")
    assert ran.code == 1
    assert "about/index.html: this file holds the value of ROBOT_PASSWORD" in ran.err
    assert "correct-horse" not in ran.said
    assert site.files == before
    assert not [path for path in (site.root / "build/stage").rglob("*.html") if b"horse" in path.read_bytes()]
    monkeypatch.delenv("ROBOT_PASSWORD")
    assert b"correct-horse" in site.build()["about/index.html"]


def test_a_build_with_a_token_in_a_page_fails_though_it_is_in_no_variable(site: Site) -> None:
    token = "ghp_" + "a1B2" * 9
    site.write("content/pages/about.md", f"# About\n\n`{token}`\n")
    ran = site.run("build")
    assert ran.code == 1
    assert "about/index.html:" in ran.err
    assert "what looks like a token" in ran.err
    assert token not in ran.said
    assert not site.out.exists()


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_token_is_found_wherever_it_stands_in_a_large_file(tmp_path: Path, place: int) -> None:
    lines = ["words that anybody may read, on a line that is as long as most of them are"] * 9_000
    lines.insert(place * 3_000, f"a {'ghp_' + 'x1' * 18} here")
    (problem,) = look(folder_with(tmp_path / "site", "\n".join(lines)), {})
    assert problem.place.line == place * 3_000 + 1


TOKEN = "npm_" + "a1" * 18
LINES = st.sampled_from(
    ["words", "<p>", f"<p>{TOKEN}</p>", TOKEN, f"see https://a.example/?key={TOKEN}", "https://a.example/b"]
)


@given(st.lists(st.lists(LINES | st.text(max_size=20), max_size=5).map("\n".join), max_size=8))
def test_what_was_seen_in_one_file_is_found_in_the_next_one_too(texts: list[str]) -> None:
    files = [File(f"{number}.html", text.encode()) for number, text in enumerate(texts)]
    leaks = Leaks({})
    found = [problem.place.path for file in files for problem in leaks(file)]
    assert found == [problem.place.path for file in files for problem in Leaks({})(file)]
    assert {*found} == {file.path for file in files if TOKEN in file.content.decode()}


CLEAN = LINES.filter(lambda line: TOKEN not in line) | st.text(max_size=20).map(lambda text: text.replace("\n", " "))


@given(st.lists(CLEAN), st.lists(LINES | CLEAN))
def test_what_is_new_is_found_though_what_stood_there_before_is_passed_over(old: list[str], new: list[str]) -> None:
    before, now = "\n".join(old).encode(), File("a.html", "\n".join([*new, *old]).encode())
    assert list(Leaks({})(now, before)) == list(Leaks({})(now))
    assert not list(Leaks({})(now, now.content)), "it was let pass as it is"


def test_a_token_is_found_after_more_files_than_are_remembered() -> None:
    leaks = Leaks({})
    for number in range(20_000):
        assert not [*leaks(File("a.html", f"<p>\nword-number-{number}".encode()))]
    assert [*leaks(File("b.html", f"<p>\n{TOKEN}".encode()))]


def test_long_lines_are_looked_at_each_time_and_not_remembered() -> None:
    leaks, line = Leaks({}), b"words " * 20_000
    for number in range(3):
        assert not [*leaks(File(f"{number}.html", line))]
        assert [*leaks(File(f"{number}.html", line + TOKEN.encode() + b"\n" + line))]
