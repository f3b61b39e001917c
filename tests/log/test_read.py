"""The whole log: what is fine is read whatever is wrong beside it, and everything wrong is named."""

import json
import random
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import authored_junk, entries

from onrecord.errors import OnRecordError
from onrecord.log.pulled import entry_file
from onrecord.log.read import Log, read
from onrecord.model.entry import Incident, write_entry
from onrecord.record.record import readable

BERLIN = ZoneInfo("Europe/Berlin")
LISTS = ("voices", "components", "targets")
FINE = "---\nkind: incident\ntitle: Fine\nopened: 2026-11-21 09:00\n---\nAll well.\n"
PULLED = {"kind": "issue", "title": "Pulled", "status": "resolved", "opened": "2026-11-20T09:00:00Z"}


def put(root: Path, path: str, content: str | bytes) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def pulled(root: Path, entry_id: str, year: int = 2026) -> None:
    put(root, f"content/record/pulled/app/{year}/{entry_id}.json", json.dumps({"id": entry_id, **PULLED}))


def told(log: Log) -> str:
    return "\n".join(map(str, log.problems))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one authored and one pulled entry that are fine."""
    put(tmp_path, "content/entries/fine.md", FINE)
    pulled(tmp_path, "app-1")
    return tmp_path


def ids(log: Log) -> list[str]:
    return [entry.id for entry in log.entries]


def test_everything_on_disk_is_read(root: Path) -> None:
    put(root, "content/voices.yml", "ana: {name: Ana Ruiz, from: 2026-01-01}\n")
    put(root, "content/components.yml", "mail: {name: Mail, hold: {status: major_outage, until: 2026-11-21 10:00}}\n")
    put(root, "content/record/pulled/app/state.json", '{"marks": {"since": "x"}}')
    put(root, "content/entries/2026/11/deep.md", FINE)
    log = read(root, BERLIN)
    assert not log.problems
    assert ids(log) == ["app-1", "deep", "fine"]
    assert log.places["deep"] == "content/entries/2026/11/deep.md"
    assert log.voices["ana"].name == "Ana Ruiz"
    assert f"{log.components['mail'].hold.until:%H:%M}" == "09:00"  # type: ignore[union-attr]
    assert log.states["app"].marks == {"since": "x"}


def test_a_folder_without_anything_has_an_empty_log(tmp_path: Path) -> None:
    log = read(tmp_path, BERLIN)
    assert (ids(log), dict(log.voices), dict(log.components), log.demo, log.problems) == ([], {}, {}, None, ())


def test_what_is_hidden_or_of_another_kind_is_no_entry(root: Path) -> None:
    for name in (".draft.md", "README.txt", "notes.md.bak", "picture.png"):
        put(root, f"content/entries/{name}", b"\xff\x00")
    put(root, "content/record/pulled/app/2026/.app-9.json.part", b"{")
    assert told(read(root, BERLIN)) == ""


BAD = {
    "content/entries/broken-yaml.md": (
        FINE.replace("Fine", "Mail: late"),
        (
            'content/entries/broken-yaml.md:3:12: a ": " does not fit here\n'
            '    put the whole value in "quotes", or start the field under those above'
        ),
    ),
    "content/entries/unknown-field.md": (
        FINE.replace("title", "titel"),
        (
            'content/entries/unknown-field.md:2:1: "title" is missing\n    add a line "title: …"\n'
            'content/entries/unknown-field.md:3:1: there is no field "titel" here. Did you mean "title"?\n'
            f"    known here: {', '.join(sorted(Incident.model_fields))}"
        ),
    ),
    "content/entries/bad-date.md": (
        FINE.replace("2026-11-21 09:00", "2026-02-30"),
        (
            'content/entries/bad-date.md:4:9: "opened": there is no such day or time\n'
            '    write a time like "2026-11-21 09:30", "2026-11-21 09:30 +01:00" or "2026-11-21"'
        ),
    ),
    "content/entries/later/fine.md": (
        FINE,
        (
            'content/entries/later/fine.md: the id "fine" is taken\n'
            "    rename this file: content/entries/fine.md has that id already"
        ),
    ),
    "content/entries/app-1.md": (
        "---\nstatus: workaround\n---\n",
        (
            "content/entries/app-1.md:2:1: this status has no time\n"
            '    add a line "as_of: …" with the time at which that was so: newer news from the source then wins'
        ),
    ),
    "content/entries/app-2.md": (
        "---\ntitle: Gone\n---\n",
        (
            'content/entries/app-2.md:1: this file adds words to "app-2", which is not on record: '
            '"app" never brought it, or lost it\n'
            '    look at the number, or run "onrecord pull app --full"; for an entry of your own, add "kind: …"'
        ),
    ),
    "content/entries/2026.md": (
        FINE,
        (
            'content/entries/2026.md: "2026" cannot be an id, because a page of the site has that name\n'
            '    rename the file: use a longer one, like "2026-11-late-mail"'
        ),
    ),
    "content/entries/2026-11.md": (
        FINE,
        (
            'content/entries/2026-11.md: "2026-11" cannot be an id, because a page of the site has that name\n'
            '    rename the file: use a longer one, like "2026-11-late-mail"'
        ),
    ),
    "content/entries/index.md": (
        FINE,
        (
            'content/entries/index.md: "index" cannot be an id, because a page of the site has that name\n'
            '    rename the file: use a longer one, like "2026-11-late-mail"'
        ),
    ),
    "content/entries/not-utf-8.md": (
        FINE.replace("well", "schön").encode("latin-1"),
        "content/entries/not-utf-8.md:6: there is a character here that is not UTF-8\n    save the file as UTF-8",
    ),
    "content/entries/word.md": (
        b"PK\x03\x04\xd0\xcf\x11",
        "content/entries/word.md:1: there is a character here that is not UTF-8\n    save the file as UTF-8",
    ),
    "content/entries/no-facts.md": (
        "All well.\n",
        (
            "content/entries/no-facts.md:1: this entry has no facts at its top\n"
            '    begin the file with "---", then "kind: …", "title: …", "opened: …", then "---"'
        ),
    ),
    "content/entries/never-closed.md": (
        FINE.replace("---\nAll", "\nAll"),
        (
            "content/entries/never-closed.md:1: the facts that begin here never end\n"
            '    put a line "---" between the facts and the words'
        ),
    ),
    "content/record/pulled/app/2026/app-2.json": (
        json.dumps({"id": "app-2", **PULLED}, indent=1)[:60],
        (
            "content/record/pulled/app/2026/app-2.json:5:2: this quote is never closed\n"
            '    the machine writes this file: restore it, or delete it and run "onrecord pull --full"'
        ),
    ),
    "content/record/pulled/app/2026/app-3.json": (
        json.dumps({"id": "app-4", **PULLED}),
        'content/record/pulled/app/2026/app-3.json: the file holds the entry "app-4"\n    rename it to app-4.json',
    ),
    "content/record/pulled/app/2027/app-1.json": (
        json.dumps({"id": "app-1", **PULLED}),
        (
            'content/record/pulled/app/2027/app-1.json: the id "app-1" is taken\n'
            "    delete the older of this file and content/record/pulled/app/2026/app-1.json, "
            'then run "onrecord pull --full"'
        ),
    ),
    "content/record/pulled/app/state.json": (
        '{"marks": 5}',
        (
            "content/record/pulled/app/state.json:1:11: \"marks\" is not a group of fields ('5')\n"
            '    the machine writes this file: restore it, or delete it and run "onrecord pull --full"'
        ),
    ),
    "content/voices.yml": (
        "ana:\n  nmae: Ana\n",
        (
            'content/voices.yml:1:1: "name" is missing\n    add a line "name: …" below "ana"\n'
            'content/voices.yml:2:3: there is no field "nmae" here. Did you mean "name"?\n'
            "    known here: accounts, brand, from, initials, name, role, until"
        ),
    ),
    "content/components.yml": (
        "Mail: {name: Mail}\n",
        (
            "content/components.yml:1:1: \"Mail\" is not a short name ('Mail')\n"
            '    use small letters, digits and "-", like "card-payments"'
        ),
    ),
}


@pytest.mark.parametrize("path", BAD)
def test_a_bad_file_is_named_with_what_to_do_and_the_others_are_read(path: str, root: Path) -> None:
    content, said = BAD[path]
    put(root, path, content)
    log = read(root, BERLIN)
    assert told(log) == said
    assert sorted(ids(log)) == ["app-1", "fine"]


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_files(root: Path) -> None:
    for path, (content, _) in BAD.items():
        put(root, path, content)
    log = read(root, BERLIN)
    assert told(log).splitlines() == [line for path in sorted(BAD) for line in BAD[path][1].splitlines()]
    assert sorted(ids(log)) == ["app-1", "fine"]


def test_a_file_with_the_id_of_a_pulled_entry_is_laid_over_it(root: Path) -> None:
    put(root, "content/entries/app-1.md", "---\ntitle: In better words\n---\n")
    log = read(root, BERLIN)
    assert [entry.title for entry in log.entries] == ["In better words", "Fine"]
    assert log.pulled["app"]["app-1"].title == "Pulled"
    assert log.places["app-1"] == "content/entries/app-1.md"


@pytest.mark.parametrize("path", ["content/entries/stolen.md", *(f"content/{name}.yml" for name in LISTS)])
def test_a_link_out_of_the_site_is_not_followed(
    path: str, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.write_text("root: not to be shown\n")
    (root / path).symlink_to(secret)
    assert told(read(root, BERLIN)) == f"{path}: this is a link out of the site\n    put the file itself here"


def test_a_link_within_the_site_is_followed(root: Path) -> None:
    put(root, "content/later.md", FINE)
    (root / "content/entries/again.md").symlink_to("../later.md")
    assert ids(read(root, BERLIN)) == ["app-1", "again", "fine"]


def test_a_folder_of_links_out_of_the_site_is_not_followed(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    pulled(elsewhere, "app-7")
    (root / "content/entries/there").symlink_to(elsewhere, target_is_directory=True)
    (root / "content/record/pulled/other").symlink_to(elsewhere, target_is_directory=True)
    (root / "content/record/pulled/app/2027").symlink_to(
        elsewhere / "content/record/pulled/app/2026", target_is_directory=True
    )
    log = read(root, BERLIN)
    assert ids(log) == ["app-1", "fine"]
    assert told(log) == "\n".join(
        f"{path}: this is a link out of the site\n    put the folder itself here"
        for path in ("content/entries/there", "content/record/pulled/app/2027", "content/record/pulled/other")
    )


def test_what_is_no_file_is_named(root: Path) -> None:
    (root / "content/entries/folder.md").mkdir()
    assert told(read(root, BERLIN)) == (
        "content/entries/folder.md: this cannot be read: Is a directory\n"
        "    put a file here that you may read, or take it out"
    )


def test_a_broken_demo_stops_everything_because_made_up_content_must_not_pass_for_real(root: Path) -> None:
    put(root, "content/demo.yml", "url: https://demo.example/\nnow: soon\n")
    with pytest.raises(OnRecordError) as caught:
        read(root, BERLIN)
    assert str(caught.value).startswith('content/demo.yml:2:6: "now": this is not a time')


@given(data=authored_junk)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_of_one_file_harm_another(data: bytes, root: Path) -> None:
    for path in ("content/entries/odd.md", "content/record/pulled/app/2026/odd.json", "content/voices.yml"):
        put(root, path, data)
    log = read(root, BERLIN)
    assert {"app-1", "fine"} <= set(ids(log))
    assert any(problem.place.path.endswith("odd.json") for problem in log.problems)


@given(st.lists(entries(), min_size=2, max_size=5, unique_by=lambda entry: entry.id), st.randoms())
@settings(max_examples=25)
def test_the_order_in_which_files_are_written_or_entries_come_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, found: list, shuffle: random.Random
) -> None:
    records = []
    for _ in range(2):
        folder = tmp_path_factory.mktemp("site")
        shuffle.shuffle(found)
        for entry in found:
            put(folder, entry_file("app", entry), write_entry(entry))
        log = read(folder, BERLIN)
        now = max(entry.publish_at or entry.opened for entry in found)
        records.append((readable(log.entries, now), readable(found, now), log.problems))
    assert records[0] == records[1]
    assert records[0][0] == records[0][1]
