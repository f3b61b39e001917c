"""The settings of the source, saved answers, and the decisions that need no rows."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from tests.local_github import comment, issue
from tests.sources.pulling import after, source

from onrecord.model.people import Account, Voice
from onrecord.sources.github.settings import fingerprint
from onrecord.sources.github_issues import GitHubIssues
from onrecord.sources.github_issues.plan import one_by_one


def read(env: dict[str, str] | None = None, **fields: Any) -> GitHubIssues:
    return GitHubIssues.model_validate({"repo": "acme/app", **fields}, context={"env": env or {}})


def test_a_token_comes_from_the_environment_and_is_never_shown() -> None:
    settings = read({"GITHUB_TOKEN": " s3cret\n"}, token="$GITHUB_TOKEN")
    assert settings.token
    assert settings.token.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings) + settings.model_dump_json() + repr(settings.access())


@pytest.mark.parametrize("env", [{}, {"GITHUB_TOKEN": ""}])
def test_a_token_that_is_not_set_is_no_token(env: dict[str, str]) -> None:
    assert read(env, token="$GITHUB_TOKEN").token is None


@pytest.mark.parametrize("literal", ["ghp_abc", "$", "$1x", "x$GITHUB_TOKEN", 7])
def test_a_secret_in_the_file_itself_is_refused_without_repeating_it(literal: object) -> None:
    with pytest.raises(ValidationError) as caught:
        read(token=literal)
    (error,) = caught.value.errors()
    assert "never stands in the settings" in error["msg"]
    assert "$GITHUB_TOKEN" in error["msg"]


@pytest.mark.parametrize("repo", ["app", "https://github.com/acme/app", "acme/app/issues", "acme/..", "a b/c", ""])
def test_what_is_no_repository_says_how_one_is_written(repo: str) -> None:
    with pytest.raises(ValidationError, match='write "owner/name"'):
        read(repo=repo)


@pytest.mark.parametrize(
    ("api", "web", "host"),
    [
        ("https://api.github.com", "https://github.com/acme/app/issues", "api.github.com"),
        ("https://git.acme.example/api/v3/", "https://git.acme.example/acme/app/issues", "git.acme.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/acme/app/issues", "127.0.0.1:8080"),
    ],
)
def test_the_place_for_readers_and_the_one_host_follow_from_the_api(api: str, web: str, host: str) -> None:
    settings = read(api_url=api)
    assert (settings.address, settings.access().hosts) == (web, (host,))
    assert settings.api == f"{api.rstrip('/')}/repos/acme/app"


def test_every_setting_is_described() -> None:
    properties = TypeAdapter(GitHubIssues).json_schema()["properties"]
    assert [name for name, field in properties.items() if not field.get("description")] == []


def test_only_what_decides_what_goes_on_record_is_in_the_fingerprint() -> None:
    def digest(*voices: Voice, env: dict[str, str] | None = None, **fields: Any) -> str:
        return fingerprint(read(env, **fields), {voice.name: voice for voice in voices})

    assert digest() == digest(env={"T": "x"}, token="$T", proxy="http://proxy.example:3128")
    assert digest() != digest(labels=["public"])
    assert digest() != digest(component_labels={"payments": "pay"})
    ana, bea = (Voice(name=name, accounts=(Account(platform="github", handle=name),)) for name in ("ana", "bea"))
    assert len({digest(), digest(ana), digest(ana, bea), digest(bea, ana)}) == 4
    assert digest() == digest(Voice(name="cleo", accounts=(Account(platform="mastodon", handle="cleo"),)))
    assert digest(ana) == digest(ana.model_copy(update={"role": "Support"}))


@pytest.mark.parametrize(
    ("wanted", "pages", "comments", "requests"),
    [
        (3, 1, 1000, 3),
        (3, 1, 100, None),
        (0, 1, 0, 0),
        (50, 3, 20_000, 150),
        (50, None, 20_000, None),
        (3, 1, None, None),
    ],
)
def test_comments_are_read_whichever_way_takes_fewer_requests(
    wanted: int, pages: int | None, comments: int | None, requests: int | None
) -> None:
    assert one_by_one(wanted, pages, comments) == requests


_ISSUE = issue(1, "Card refused", created_at="2026-11-01T10:00:00Z", closed_at="2026-11-02T10:00:00Z")
_SAID = comment(9, 1, "Done.")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([_SAID, _ISSUE]),
        json.dumps([_SAID, _ISSUE], indent=2),
        f"{json.dumps(_SAID)}\n{json.dumps(_ISSUE)}\n",
        f"\ufeff{json.dumps([_SAID])}{json.dumps([_ISSUE])}",
    ],
)
def test_saved_answers_are_read_as_arrays_or_lines_and_leave_no_marks(text: str) -> None:
    settings = source()
    told = after(settings, *settings.load(text))
    assert [update.body for update in told.entries["app-1"].updates] == ["Done.", ""]
    assert told.marks == {}


@pytest.mark.parametrize("text", ["{", '{"number": 1}\nnonsense', "[1]", '"x"', '{"message": "Not Found"}'])
def test_a_text_that_is_no_answer_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="save the API's answer as it came"):
        list(source().load(text))


@given(st.text())
def test_loading_any_text_works_or_raises_a_value_error(text: str) -> None:
    try:
        list(source().load(text))
    except ValueError as error:
        assert "save the API's answer" in str(error)


@pytest.mark.parametrize("text", ["[" * 99_999, '[{"number": ' + "9" * 5_000 + "}]"], ids=["too deep", "too long"])
def test_a_saved_answer_that_no_reader_of_json_can_hold_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="line 1 is not JSON: save the API's answer as it came"):
        list(source().load(text))
