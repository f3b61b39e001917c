"""Real issues of a large project: pulled over HTTP, pulled again, and built."""

from time import perf_counter

from tests.local_github.corpus import rows
from tests.pull.corpus import FOLDER, needs_corpora, real_issues
from tests.pull.pulled import Pulled, asked, files

from onrecord.sources.github_issues.speakers import OWN

pytestmark = needs_corpora


def test_600_real_rows_are_pulled_pulled_again_and_built(pulled: Pulled) -> None:
    with real_issues() as github:
        pulled.settings(rust=pulled.source(github))
        began = perf_counter()
        ran = pulled.pull()
        took = perf_counter() - began
        before = files(pulled.folder)
        with asked(github) as paths:
            assert pulled.pull().out == "rust: 0 files changed; 2 requests\n"
    assert paths == {"issues": 1, "issues/comments": 1}
    assert files(pulled.folder) == before
    entries = pulled.entries
    assert len(entries) == 298
    assert {entry["status"] for entry in entries.values()} == {"resolved"}

    began = perf_counter()
    site = pulled.site.build()
    print(f"\n{ran.out.strip()} in {took:.1f} s; {pages(site)} pages in {perf_counter() - began:.1f} s")
    assert {f"log/{name}/index.html" for name in entries} < set(site)
    assert len(github.log) <= 40


def test_no_word_of_an_outsider_is_on_disk(pulled: Pulled) -> None:
    with real_issues() as github:
        pulled.settings(rust=pulled.source(github))
        pulled.pull()
    kept = "".join(path.read_text("utf-8") for path in pulled.folder.rglob("*.json"))
    posts = [*rows(FOLDER / "comments.jsonl"), *rows(FOLDER / "issues.jsonl")]
    outside = [row for row in posts if row["author_association"] not in OWN]
    said = {line.strip() for row in posts if row["author_association"] in OWN for line in quotable(row)}
    said |= {str(row["title"]) for row in posts if "title" in row}
    lines = {line.strip() for row in outside for line in quotable(row)} - said
    assert len(lines) > 1000
    assert [line for line in lines if line in kept] == []


def quotable(row: dict[str, object]) -> list[str]:
    """Return the lines of a post that are long and plain enough to be known again in JSON."""
    text = str(row["body"] or "")
    return [line for line in text.splitlines() if len(line.strip()) > 60 and not set(line) & {'"', "\\", ">"}]


def test_without_a_token_the_60_requests_of_an_hour_are_enough_for_them(pulled: Pulled) -> None:
    with real_issues(token=False) as github:
        pulled.settings(rust=pulled.source(github, token=False))
        assert "this pull needs at most" in pulled.pull().err
        assert pulled.pull().err == ""
    assert len(pulled.entries) == 298


def pages(site: dict[str, bytes]) -> int:
    return sum(path.endswith(".html") for path in site)
