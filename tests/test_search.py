"""The search index: the same documents give the same files, and nothing is run when nothing moved."""

import gzip
import json
from html import escape
from pathlib import Path

import pytest
from tests.own_site import read_all

from onrecord.errors import OnRecordError
from onrecord.file import File
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
