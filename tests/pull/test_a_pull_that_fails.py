"""A source that cannot be read, or whose files are broken: what is there stays, and the next pull mends."""

import json

from tests.local_github import LocalGitHub, comment, faults, issue
from tests.pull.conftest import Serve, everything
from tests.pull.pulled import Pulled, files

CLOSED = "2026-11-{0:02}T{1:02}:00:00Z"


def many(count: int) -> list[dict[str, object]]:
    """Return closed issues, one an hour."""
    return [issue(n, f"Issue {n}", closed_at=CLOSED.format(n // 24 + 1, n % 24), comments=1) for n in range(1, count)]


def test_a_source_that_fails_half_way_keeps_what_it_read_and_the_next_pull_goes_on(
    pulled: Pulled, serve: Serve
) -> None:
    answers = [comment(n, n, f"OFFICIAL-{n}", created_at=CLOSED.format(n // 24 + 1, n % 24)) for n in range(1, 250)]
    github = serve(issues=many(250), comments=answers)
    shop = serve(issues=[issue(1, "Where is my parcel?", closed_at=CLOSED.format(1, 1))], repo="acme/shop")
    pulled.settings(app=pulled.source(github), shop=pulled.source(shop))
    # Issues: the newest one, then three pages, of which the last is refused for longer than anyone waits.
    github.fault(faults.primary_limit(10**6), at="*/issues", nth=4)
    ran = pulled.pull(code=3)
    assert "wants us to wait" in ran.err
    assert "Go on after " in ran.err
    assert [*pulled.entries].count("shop-1") == 1
    kept = [name for name in pulled.entries if name.startswith("app-")]
    assert len(kept) == 200
    assert pulled.state()["marks"]["sweep"] == CLOSED.format(200 // 24 + 1, 200 % 24)

    home = pulled.site.build()["index.html"].decode()
    assert "GitHub, acme/app" in home

    ran = pulled.pull()
    assert ran.out.startswith("app: 249 files changed; ")  # 50 more issues, and the answers to all
    assert len([name for name in pulled.entries if name.startswith("app-")]) == 249
    assert all(f"OFFICIAL-{n}" in str(pulled.entries[f"app-{n}"]) for n in range(1, 250))
    before = files(pulled.folder)
    pulled.pull()
    assert files(pulled.folder) == before


def test_a_private_repository_is_told_as_one(pulled: Pulled, serve: Serve) -> None:
    github = serve(issues=[issue(1, "Card refused")], private=True)
    pulled.settings(app=pulled.source(github, token=False))
    ran = pulled.pull(code=3)
    assert "is not there, or is private and hidden from us" in ran.err
    assert "Check the name, and that the token may read it." in ran.err
    assert pulled.entries == {}
    assert not (pulled.folder / "pulled/app").exists()


def test_a_host_that_wants_to_be_left_alone_is_not_asked_by_another_source_either(
    pulled: Pulled, github: LocalGitHub
) -> None:
    news = {**pulled.source(github), "type": "github-releases"}
    del news["known_issue_labels"], news["incident_labels"]
    pulled.settings(app=pulled.source(github), news=news)
    github.fault(faults.primary_limit(10**6))
    ran = pulled.pull(code=3)
    assert len(github.log) == 1
    assert ran.out == "app: 0 files changed; 1 request\nnews: 0 files changed; 0 requests\n"
    assert "/releases: has asked us to wait" in ran.err
    pulled.pull("news")  # another run asks again


def test_a_failed_pull_leaves_the_record_as_it_is_and_the_site_says_so(pulled: Pulled, github: LocalGitHub) -> None:
    pulled.pull()
    before = files(pulled.folder)
    github.fault(faults.refuses(401, "Bad credentials"))
    ran = pulled.pull(code=3)
    assert "says that the token is not valid" in ran.err
    assert files(pulled.folder) == before
    assert "not valid" in pulled.site.build()["build.json"].decode()
    pulled.pull()
    assert "not valid" not in pulled.site.build()["build.json"].decode()


def test_a_pulled_file_that_is_broken_is_named_the_others_are_built_and_a_full_pull_mends_it(pulled: Pulled) -> None:
    pulled.pull()
    path = "content/record/pulled/app/2026/app-3.json"
    whole = (pulled.site.root / path).read_bytes()
    pulled.site.write(path, whole.decode()[:-20])
    for verb in ("check", "build"):
        ran = pulled.site.run(verb)
        assert ran.code == 1
        assert f"error: {path}" in ran.err
        assert 'the machine writes this file: restore it, or delete it and run "onrecord pull --full"' in ran.err
    site = pulled.site.files
    assert "log/app-2/index.html" in site
    assert "log/app-3/index.html" not in site
    assert pulled.pull().out.startswith("app: 0 files changed; ")
    assert pulled.pull("--full").out.startswith("app: 1 file changed; ")
    assert pulled.site.run("check").code == 0
    assert "OFFICIAL-3" in str(pulled.entries["app-3"])


def test_half_a_note_of_how_the_last_pull_went_stops_no_build(pulled: Pulled) -> None:
    pulled.pull()
    pulled.site.write("build/pull.json", '{"at": "2026-')
    assert "log/app-1/index.html" in pulled.site.build()


def test_a_broken_state_is_named_and_the_next_pull_reads_everything(pulled: Pulled) -> None:
    pulled.pull()
    before = files(pulled.folder / "pulled/app/2026")
    pulled.site.write("content/record/pulled/app/state.json", '{"format": 1, "marks":')
    ran = pulled.site.run("check")
    assert "error: content/record/pulled/app/state.json" in ran.err
    assert pulled.pull().out.startswith("app: 0 files changed; ")
    assert files(pulled.folder / "pulled/app/2026") == before
    assert pulled.site.run("check").code == 0


def test_an_odd_row_is_named_once_and_all_others_go_on_record(pulled: Pulled, serve: Serve) -> None:
    github = serve(issues=many(4))
    github.fault(faults.change(lambda rows: [*rows[:1], {**rows[1], "labels": [5]}, *rows[2:]]), at="*/issues", nth=2)
    pulled.settings(app=pulled.source(github))
    ran = pulled.pull()
    assert ran.out.startswith("app: 2 files changed; ")
    assert ran.err.count('/issues: row 2 (number 2) was left out: "labels.0" is odd\n') == 1
    assert [*pulled.entries] == ["app-1", "app-3"]


def test_many_odd_rows_are_counted(pulled: Pulled, github: LocalGitHub) -> None:
    rows = [*everything()["issues"], *({"number": n, "title": "No time"} for n in range(100, 122))]
    saved = pulled.site.write("saved.json", json.dumps(rows))
    ran = pulled.pull("--load", str(saved))
    assert ran.out == "app: 3 files changed; 0 requests\n"
    assert ran.err.count("was left out") == 10
    assert "GitHub, acme/app: 12 more rows could not be read and were left out\n" in ran.err
