"""The search index: the same documents give the same files, nothing is run when nothing moved; what is in it."""

import gzip
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from tests.bare_press import ACME, bare_press
from tests.metrics.cases import issue as matter
from tests.own_site import NOW, Site, read_all

from onrecord.errors import OnRecordError
from onrecord.file import File
from onrecord.outputs.search import LONG, Search
from onrecord.record.record import Record
from onrecord.search import Index


def document(name: str, words: str, *filters: str) -> File:
    marks = "".join(f'<meta data-pagefind-filter="{each}:1">' for each in filters)
    body = f"<body data-pagefind-body><h1>{escape(name)}</h1><p>{escape(words)}</p></body>"
    return File(f"log/{name}.html", f"<!doctype html><html><head>{marks}</head>{body}</html>".encode())


DOCUMENTS = [
    document(
        f"entry-{number}", f"number {number} of many", "kind-issue", f"status-s{number % 7}", f"component-c{number}"
    )
    for number in range(30)
]


def shard(folder: Path, documents: list[File] = DOCUMENTS, *, leading: bool = True) -> dict[str, bytes]:
    return {file.path: file.content for file in Index(folder, "en").shard("now", documents, leading)}


def fragments(files: dict[str, bytes]) -> dict[str, dict[str, object]]:
    found = [
        json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
        for path, content in files.items()
        if path.startswith("fragment/")
    ]
    return {str(each["url"]): each for each in found}


def test_the_same_documents_give_the_same_files_in_another_folder_and_order(tmp_path: Path) -> None:
    first = shard(tmp_path / "one")
    assert shard(tmp_path / "deep/two", DOCUMENTS[::-1]) == first
    assert len(fragments(first)) == 30


def test_an_index_is_made_once_as_long_as_no_document_moves(tmp_path: Path) -> None:
    first = shard(tmp_path)
    made = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert shard(tmp_path, DOCUMENTS[::-1]) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == made
    changed = [*DOCUMENTS[1:], document("entry-0", "quite another matter", "kind-issue")]
    assert shard(tmp_path, changed) == shard(tmp_path / "cold", changed) != first


def test_an_index_that_was_left_half_made_is_made_again(tmp_path: Path) -> None:
    first = shard(tmp_path)
    (tmp_path / "now/key").unlink()
    assert "now/built/pagefind.js" in read_all(tmp_path)
    assert shard(tmp_path) == first


def test_only_the_leading_shard_carries_the_program_and_none_an_interface(tmp_path: Path) -> None:
    leading, other = shard(tmp_path), shard(tmp_path, leading=False)
    program = leading.keys() - other.keys()
    assert program == {"pagefind.js", "pagefind-worker.js", "wasm.en.pagefind"}
    assert not any("ui" in path or path.endswith(".css") for path in leading)
    entry = json.loads(other["pagefind-entry.json"])["languages"]["en"]
    assert f"pagefind.{entry['hash']}.pf_meta" in other


def test_a_language_that_has_no_stems_is_searched_all_the_same(tmp_path: Path) -> None:
    files = {file.path for file in Index(tmp_path, "zh").shard("now", DOCUMENTS[:2], True)}
    assert "wasm.unknown.pagefind" in files


def test_hostile_words_are_kept_as_words(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    found = fragments(shard(tmp_path, [document("a", hostile), document("b", "calm")]))["/log/a.html"]
    assert hostile in str(found["content"])


def test_settings_for_pagefind_in_the_environment_are_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm = shard(tmp_path / "calm")
    monkeypatch.setenv("PAGEFIND_GLOB", "nothing/*.html")
    assert shard(tmp_path / "set") == calm


def test_pagefind_that_fails_is_quoted_with_a_way_on(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError) as caught:
        shard(tmp_path, [])
    (problem,) = caught.value.problems
    assert problem.what.startswith("Pagefind stopped: ")
    assert "search: false" in problem.todo


def issue(site: Site, name: str, opened: str, title: str = "Mail arrives late", more: str = "") -> None:
    site.entry(name, f"kind: issue\ntitle: {title}\nopened: {opened}\n{more}", "Mine came on Tuesday.\n")


def index(site: Site, name: str) -> dict[str, dict[str, object]]:
    folder = site.out / f"search/index/{name}"
    return fragments(read_all(folder)) if folder.is_dir() else {}


def test_an_entry_is_searched_in_the_year_in_which_it_was_opened_by_the_sites_clock(site: Site) -> None:
    site.write("site_config.yml", "site: {title: A, url: 'https://a.example/', timezone: Europe/Madrid}\n")
    issue(site, "new-year", "2025-12-31 23:30 +00:00")
    issue(site, "old", "2024-05-01", more="updated: 2026-05-01")
    site.build()
    assert index(site, "this-year").keys() == {"/log/new-year.html"}
    assert index(site, "before").keys() == {"/log/old.html"}
    page = (site.out / "search/index.html").read_text("utf-8")
    assert 'data-shards="this-year before"' in page


def shards(record: Record) -> list[tuple[str, int]]:
    """Return the shards of a record in their order, and how many entries each has."""
    files = (file.path for file in Search().files(record, bare_press()))
    found = Counter(path.split("/")[2] for path in files if path.startswith("search/index/"))
    return list(found.items())


def test_only_a_long_record_has_a_shard_of_its_own_for_this_month_and_the_one_before() -> None:
    days = ["2026-11-20", "2026-10-01", "2026-09-30", "2025-12-31"]
    recent = [matter(id=f"e{number}", opened=day, raised=None) for number, day in enumerate(days)]
    old = [matter(id=f"old-{number}", opened="2024-05-01", raised=None) for number in range(LONG - len(days))]
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert shards(Record(ACME, now, (*recent, *old))) == [("this-year", 3), ("before", LONG - 3)]
    long = Record(ACME, now, (*recent, *old, matter(id="one-more", opened="2024-05-01", raised=None)))
    assert shards(long) == [("lately", 2), ("this-year", 1), ("before", LONG - 2)]
    assert shards(replace(long, now=datetime(2026, 1, 15, tzinfo=UTC))) == [("lately", 4), ("before", LONG - 3)]


def test_a_year_without_an_entry_has_no_shard_and_the_other_one_leads(site: Site) -> None:
    issue(site, "old", "2024-05-01")
    files = site.build()
    assert not any(path.startswith("search/index/this-year/") for path in files)
    assert "search/index/before/pagefind.js" in files
    site.build("2024-06-01 10:00")
    assert index(site, "before") == {}


def test_a_record_without_an_entry_can_be_searched_for_nothing(site: Site) -> None:
    files = site.build()
    assert not any(path.startswith("search/index/") for path in files)
    assert b'data-shards=""' in files["search/index.html"]


def test_news_make_only_the_shard_of_this_year_anew(site: Site) -> None:
    issue(site, "old", "2024-05-01")
    issue(site, "new", "2026-05-01")
    site.build()
    made = {path: path.stat().st_mtime_ns for path in (site.root / "build/search").rglob("key")}
    issue(site, "newer", "2026-06-01")
    site.build()
    moved = {path.parent.name for path, at in made.items() if path.stat().st_mtime_ns != at}
    assert moved == {"this-year"}


def test_what_is_searched_of_an_entry_is_short_and_what_it_shows_is_what_rows_show(site: Site) -> None:
    site.write("content/components.yml", "mail:\n  name: Mail and post\n")
    site.entry(
        "late",
        "kind: known-issue\nstatus: workaround\ntitle: Mail <b>arrives</b> late\nsymptom: Nothing comes\n"
        "opened: 2026-11-20\ncomponents: [mail]\ndo_now: Write *again*.\naffects: {versions: [v5.1]}",
        f"{'told ' * 80}\n\n## 2026-11-20 10:00\n\n{'said ' * 80}\n",
    )
    site.build()
    found = index(site, "this-year")["/log/late.html"]
    content = str(found["content"])
    assert content.startswith("Mail <b>arrives</b> late. Nothing comes. Write again. v5.1. told")
    assert content.endswith("said. Mail and post. Known issue.")
    assert (content.count("told"), content.count("said")) == (60, 60)
    assert found["meta"] == {
        "title": "Mail <b>arrives</b> late",
        "state": "Workaround available",
        "line": "Do now: Write again. Since 20 Nov 2026.",
    }
    assert found["filters"] == {
        name: ["1"] for name in ("kind-known-issue", "status-workaround", "open", "component-mail")
    }


def test_what_may_not_be_read_is_not_found_either(site: Site) -> None:
    issue(site, "draft", "2026-05-01", "Zebras", more="draft: true")
    issue(site, "later", "2026-05-01", "Giraffes", more="publish_at: 2026-12-01")
    issue(site, "shown", "2026-05-01")
    site.build()
    assert index(site, "this-year").keys() == {"/log/shown.html"}


def test_a_site_may_do_without_search(site: Site) -> None:
    issue(site, "new", "2026-05-01")
    site.write("content/pages/about.md", "# About us\n")
    site.write("site_config.yml", "site: {title: A, url: 'https://a.example/'}\nsearch: false\n")
    files = site.build()
    assert not any("search" in path for path in files)
    pages = [content.decode() for path, content in files.items() if path.endswith(".html")]
    assert not any(word in page for page in pages for word in ("<form", "search/"))
    assert not (site.root / "build/search").exists()


def test_every_page_has_a_form_that_leads_to_the_search(site: Site) -> None:
    issue(site, "new", "2026-05-01")
    site.write("content/pages/about.md", "# About us\n")
    files = site.build()
    for path, content in files.items():
        if path.endswith(".html"):
            root = "/" if path == "404.html" else "../" * path.count("/")
            assert f'<form class="find" action="{root}search/">' in content.decode().replace('"./', '"'), path


def test_a_dry_run_leaves_no_index_behind(site: Site) -> None:
    issue(site, "new", "2026-05-01")
    assert site.run("build", "--now", NOW, "--dry-run").code == 0
    assert not (site.root / "build/search").exists()
