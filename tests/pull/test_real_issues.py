"""Real issues of a large project: pulled over HTTP, pulled again, and built."""

import csv
import io
import json
from datetime import datetime, timedelta
from time import perf_counter

from tests.local_github.corpus import rows
from tests.metrics.survival import by_lifelines
from tests.pull.corpus import FOLDER, needs_corpora, real_issues
from tests.pull.pulled import Pulled, asked, files

from onrecord.metrics.curve import Wait
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


def test_their_figures_are_those_of_lifelines_and_every_one_of_them_is_a_row(pulled: Pulled) -> None:
    with real_issues() as github:
        pulled.settings(rust=pulled.source(github))
        pulled.pull()
    site = pulled.site.build()
    rows = list(csv.DictReader(io.StringIO(site["scoreboard/data.csv"].decode(), newline=""), strict=True))
    assert {row["id"] for row in rows} == set(pulled.entries)
    told = json.loads(site["scoreboard/data.json"])
    assert sum(month["raised"] for month in told["months"]) == len(rows)
    now, compared = datetime.fromisoformat(told["as_of"]), 0
    for month in told["months"]:
        of_month = [row for row in rows if row["month"] == month["month"]]
        assert f"scoreboard/{month['month']}/index.html" in site
        for figure, column in (("answer", "answered_after"), ("fix", "fixed_after")):
            waits = [wait(row, column, now) for row in of_month]
            half, nine = (found and (found["seconds"], found["more"]) for found in list(month[figure].values())[1:])
            assert month[figure]["of"] == len(waits)
            assert [half is None, nine is None] == [len(waits) < 6, len(waits) < 30]
            reference = [(round(hours * 3600), more) for hours, more in by_lifelines(waits, (0.5, 0.9))]
            assert [half or reference[0], nine or reference[1]] == reference
            compared += (half is not None) + (nine is not None)
    assert compared >= 4


def wait(row: dict[str, str], column: str, now: datetime) -> Wait:
    """Return how long a row of the data says that somebody waited, or waits."""
    if row[column]:
        return Wait(timedelta(seconds=int(row[column])), is_over=True)
    return Wait(now - datetime.fromisoformat(row["raised_at"]), is_over=False)


def pages(site: dict[str, bytes]) -> int:
    return sum(path.endswith(".html") for path in site)
