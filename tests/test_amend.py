"""`onrecord update`, `resolve`, `withdraw` and `correct`: one thing more in a file, and nothing else changed."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.own_site import Site, read_all
from tests.strategies import entries, lines, texts
from tests.terminal import Person

from onrecord.errors import OnRecordError
from onrecord.log.authored import read_authored
from onrecord.log.editing import Value, with_field, with_section, written_time
from onrecord.log.written import front_matter
from onrecord.model.entry import STATUSES, Entry, write_entry
from onrecord.model.kinds import CLOSED, TROUBLE, Kind
from onrecord.stages.amend import Said, update
from onrecord.stages.correct import Corrected, correct
from onrecord.stages.gather import Folder, open_folder

ROOT = Path(__file__).parents[1]
AT = ("--at", "2026-11-21 09:10")
INCIDENT = "kind: incident\ntitle: Mail is late\nopened: 2026-11-21 08:00\n"
PULLED = {
    "id": "app-1",
    "kind": "issue",
    "title": "Mail is late",
    "status": "resolved",
    "opened": "2026-11-20T08:00:00Z",
    "closed": "2026-11-20T10:00:00Z",
    "source": {"name": "app"},
}


@pytest.fixture
def late(site: Site) -> Path:
    return site.entry("late-mail", INCIDENT, "Words.\n")


def test_an_update_is_a_section_at_the_end_of_the_file(site: Site, late: Path) -> None:
    before = late.read_text("utf-8")
    facts = ("--status", "identified", "--next-update", "09:45", "--by", "ana")
    ran = site.run("update", "late-mail", " We found it.\n\nIt is the queue. ", *facts, *AT)
    assert (ran.code, ran.out) == (
        0,
        "content/entries/late-mail.md\nhttps://status.acme.example/log/late-mail/\n",
    )
    assert '"ana" is not one of the voices' in ran.err
    heading = "## 2026-11-21 09:10 identified, next 09:45, by ana"
    assert late.read_text("utf-8") == f"{before}\n{heading}\n\nWe found it.\n\nIt is the queue.\n"
    assert b"It is the queue." in site.build("2026-11-21 09:12")["log/late-mail/index.html"]


def test_a_promise_for_another_day_or_a_doubtful_hour_is_written_out(site: Site, late: Path) -> None:
    site.write("site_config.yml", "site: {title: A, url: https://a.example/, timezone: Europe/Berlin}\n")
    site.entry("night", "kind: incident\ntitle: A\nopened: 2026-10-24")
    site.run("update", "night", "A", "--at", "2026-10-25 02:30 +02:00", "--next-update", "2026-10-25 02:30+01:00")
    site.run("update", "night", "B", "--at", "2026-10-25 03:10", "--next-update", "2026-10-26 09:00")
    headings = re.findall("## .*", (late.parent / "night.md").read_text("utf-8"))
    assert headings == [
        "## 2026-10-25 02:30+02:00, next 02:30+01:00",
        "## 2026-10-25 03:10, next 2026-10-26 09:00",
    ]


def test_a_dry_run_shows_what_would_change_and_writes_nothing(site: Site, late: Path) -> None:
    before = late.read_bytes()
    ran = site.run("resolve", "late-mail", "It is over.", *AT, "--dry-run")
    assert (ran.code, ran.out) == (
        0,
        (
            "--- content/entries/late-mail.md\n+++ content/entries/late-mail.md\n@@ -4,3 +4,7 @@\n"
            " opened: 2026-11-21 08:00\n ---\n Words.\n+\n+## 2026-11-21 09:10 resolved\n+\n+It is over.\n"
        ),
    )
    assert late.read_bytes() == before


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ("kind: issue\ntitle: A\nopened: 2026-11-21", "resolved"),
        ("kind: known-issue\ntitle: A\nopened: 2026-11-21", "resolved"),
        (INCIDENT, "resolved"),
        (
            "kind: maintenance\ntitle: A\nopened: 2026-11-20\nscheduled_for: 2026-11-21\nscheduled_until: 2026-11-22",
            "completed",
        ),
    ],
)
def test_what_is_over_has_the_status_that_ends_its_kind(facts: str, status: str, site: Site) -> None:
    path = site.entry("one", facts)
    assert site.run("resolve", "one", "It is over.", *AT).code == 0
    assert path.read_text("utf-8").endswith(f"\n## 2026-11-21 09:10 {status}\n\nIt is over.\n")
    assert site.run("check").code == 0
    assert "this is over already" in site.run("resolve", "one", "Again.", *AT).err


@pytest.mark.parametrize("verb", [("resolve",), ("update", "--status", "resolved")])
def test_whoever_ends_it_is_reminded_of_what_readers_are_told_to_do(verb: tuple[str, ...], site: Site) -> None:
    site.entry("one", f"{INCIDENT}do_now: Pay in the **app**.")
    ran = site.run(verb[0], "one", "It is over.", *verb[1:], *AT)
    assert ran.code == 0
    assert ran.err == (
        "warning: content/entries/one.md:5:9: it is fixed, and readers are still told what to do now: "
        '"Pay in the app."\n    change it to what people still have to do, or take it out\n'
    )
    again = site.run("update", "one", "We wrote down why.", "--status", "postmortem", "--at", "2026-11-21 10:00")
    assert "still told" not in again.err


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (f"{INCIDENT}do_now: None yet.", ["resolve", "one", "It is over."]),
        (INCIDENT, ["resolve", "one", "It is over."]),
        (f"{INCIDENT}do_now: Pay in the app.", ["update", "one", "We found it.", "--status", "identified"]),
        (f"{INCIDENT}do_now: Pay in the app.", ["withdraw", "one", "It was one shop."]),
        (
            "kind: maintenance\ntitle: A\nopened: 2026-11-20\nscheduled_for: 2026-11-21\n"
            "scheduled_until: 2026-11-22\ndo_now: Pay with cash.",
            ["resolve", "one", "It is over."],
        ),
        (
            "kind: known-issue\ntitle: A\nopened: 2026-11-20\ndo_now: Open it on the web.",
            ["update", "one", "It stays.", "--status", "wont_fix"],
        ),
    ],
)
def test_nobody_is_reminded_where_the_page_says_nothing_wrong(facts: str, words: list[str], site: Site) -> None:
    site.entry("one", facts)
    ran = site.run(*words, *AT)
    assert (ran.code, ran.err) == (0, "")


def test_what_was_wrong_is_withdrawn_and_says_why(site: Site, late: Path) -> None:
    assert "TEXT: the words are missing" in site.run("withdraw", "late-mail", *AT).err
    assert site.run("withdraw", "late-mail", "It was one shop.", *AT).code == 0
    assert late.read_text("utf-8").endswith("\n## 2026-11-21 09:10 withdrawn\n\nIt was one shop.\n")
    assert "this is withdrawn already" in site.run("withdraw", "late-mail", "Again.", *AT).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["update", "late-mial", "A"], 'no entry "late-mial". Did you mean "late-mail"?'),
        (["update", "late-mail"], 'TEXT: the words are missing\n    write them in quotes after "late-mail"'),
        (["update", "late-mail", " "], "TEXT: the words are missing"),
        (["update", "late-mail", "A", "--status", "identifed"], 'Did you mean "identified"?\n    use one of: inv'),
        (["update", "late-mail", "A", "--status", "completed"], '--status: the status cannot be "completed".'),
        (["update", "late-mail", "A", "--next-update", "soon"], '--next-update: "soon": this is not a time'),
        (
            ["update", "late-mail", "A", "--next-update", "09:00"],
            '--next-update: "09:00" is not after 2026-11-21 09:10',
        ),
        (["update", "late-mail", "A", "--by", "ana, tom"], "--by: this is not a name"),
        (["update", "late-mail", "A", "--at", "2026-11-21 07:59"], "2026-11-21 07:59 is before the last thing said"),
        (["update", "late-mail", "A\n\n## More\n\nB"], "this would not be read as one update"),
        (["update", "late-mail", "A\n\n## 2026-11-21 10:00 x y z"], "this would not be read as one update"),
        (["update", "broken", "A"], 'content/entries/broken.md:2:1: "title" is missing'),
        (["resolve", "news", "A"], "this is an entry of the kind announcement, which has nothing to resolve"),
        (
            ["correct", "late-mail", "--was", "A"],
            "--now: this is missing\n    What does it say instead?\nerror: --why",
        ),
        (
            ["correct", "late-mail", "--was", "A", "--now", "B", "--why", "C", "--at", "2026-11-21"],
            "is before the last",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(words: list[str], said: str, site: Site, late: Path) -> None:
    site.entry("news", "kind: announcement\ntitle: A\nopened: 2026-11-20")
    site.entry("broken", "kind: incident\nopened: 2026-11-20")
    before = read_all(site.root / "content")
    ran = site.run(*words, *(AT if "--at" not in words else ()))
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert read_all(site.root / "content") == before


def test_an_open_code_block_swallows_no_update(site: Site, late: Path) -> None:
    late.write_text(late.read_text("utf-8") + "```\ncode\n", "utf-8")
    ran = site.run("update", "late-mail", "A", *AT)
    assert ran.err == (
        "error: content/entries/late-mail.md: this would not be read as one update\n"
        '    begin headings in it with "###", and close every code block ("```") in the file\n'
    )


def test_facts_that_go_before_updates_follow_them(site: Site) -> None:
    facts = f"{INCIDENT}status: resolved # so far\nclosed: 2026-11-21 08:30\nupdated: 2026-11-21 08:40"
    path = site.entry("one", facts, "## 2026-11-21 08:30 resolved\n")
    assert site.run("update", "one", "Again.", "--status", "investigating", *AT).code == 0
    assert "status: investigating # so far\nclosed:\nupdated: 2026-11-21 09:10\n" in path.read_text("utf-8")
    assert site.run("resolve", "one", "Over.", "--at", "2026-11-21 09:30").code == 0
    assert "status: resolved # so far\nclosed:\nupdated: 2026-11-21 09:30\n" in path.read_text("utf-8")
    entry = json.loads(site.build("2026-11-21 10:00")["log/one/index.json"])
    assert entry["status"] == "resolved"
    assert entry["closed"] == "2026-11-21T09:30:00Z"
    assert entry["reopened_at"] == ["2026-11-21T09:10:00Z"]


@pytest.mark.parametrize("listed", ["", "reopened_at: [2026-11-21 08:10]\n"])
def test_a_reopening_is_counted_where_only_the_facts_told_of_the_end(listed: str, site: Site) -> None:
    site.entry("one", f"{INCIDENT}status: resolved\nclosed: 2026-11-21 08:30\n{listed}")
    assert site.run("update", "one", "Again.", "--status", "investigating", *AT).code == 0
    entry = json.loads(site.build("2026-11-21 10:00")["log/one/index.json"])
    assert entry["reopened_at"] == [*(["2026-11-21T08:10:00Z"] if listed else []), "2026-11-21T09:10:00Z"]
    assert (entry["status"], "closed" in entry) == ("investigating", False)


def test_words_for_a_pulled_entry_go_into_a_file_that_is_laid_over_it(site: Site) -> None:
    pulled = site.write("content/record/pulled/app/2026/app-1.json", json.dumps(PULLED))
    before = pulled.read_bytes()
    assert site.run("update", "app-1", "It is back.", "--status", "investigating", *AT).code == 0
    assert site.run("correct", "app-1", "--was", "A", "--now", "B", "--why", "C", *AT).code == 0
    assert (site.root / "content/entries/app-1.md").read_text("utf-8") == (
        "---\ncorrections:\n  - at: 2026-11-21 09:10\n    was: A\n    now: B\n    why: C\n---\n\n"
        "## 2026-11-21 09:10 investigating\n\nIt is back.\n"
    )
    assert "before the last thing" in site.run("update", "app-1", "A", "--at", "2026-11-21 09:00").err
    assert json.loads(site.build("2026-11-21 10:00")["log/app-1/index.json"])["status"] == "investigating"
    assert pulled.read_bytes() == before


def test_a_correction_stands_in_the_facts_below_those_that_were_there(site: Site) -> None:
    path = site.entry("one", f"{INCIDENT}# corrections:\n#   - at:\n#     was:\ncomponents: []", "All cards.\n")
    said = ("--was", "All: cards", "--now", "Debit cards", "--why", "We asked.", "--by", "ana")
    assert site.run("correct", "one", *said, *AT).code == 0
    assert site.run("correct", "one", *said[:6], "--weight", "typo", *AT).code == 0
    assert path.read_text("utf-8") == (
        f"---\n{INCIDENT}corrections:\n"
        "  - at: 2026-11-21 09:10\n    by: ana\n    was: 'All: cards'\n    now: Debit cards\n    why: We asked.\n"
        "  - at: 2026-11-21 09:10\n    was: 'All: cards'\n    now: Debit cards\n    why: We asked.\n"
        "    weight: typo\ncomponents: []\n---\nAll cards.\n"
    )


def test_a_person_at_a_terminal_is_asked_for_what_is_left_out(site: Site, late: Path) -> None:
    site.write("content/voices.yml", "ana: {name: Ana Ruiz}\ntom: {name: Tom}\n")
    with Person(site, "update", "late-mail", *AT) as person:
        assert person.asked() == "What do you tell readers?\n(needed) > "
        person.types("We found it.")
        assert "Where does it stand now, if that changed?\n  investigating, identified" in person.asked()
        person.types("identifed")
        assert 'Did you mean "identified"?' in person.asked()
        person.types("identified")
        assert "When will you say more" in person.asked()
        person.types("08:00")
        assert "is not after" in person.asked()
        person.types("")
        assert "\n  ana, tom\n" in person.asked()
        person.types("ana")
        code, shown = person.leaves()
    assert (code, "content/entries/late-mail.md" in shown) == (0, True), shown
    assert late.read_text("utf-8").endswith("\n## 2026-11-21 09:10 identified, by ana\n\nWe found it.\n")


@pytest.mark.parametrize("verb", ["update", "resolve", "withdraw", "correct"])
def test_ctrl_c_writes_nothing(verb: str, site: Site, late: Path) -> None:
    before = read_all(site.root / "content")
    with Person(site, verb, "late-mail", *AT) as person:
        person.asked()
        person.types("Something.")
        person.asked()
        person.presses_ctrl_c()
        code, shown = person.leaves()
    assert (code, "Aborted!" in shown) == (1, True)
    assert read_all(site.root / "content") == before


@cache
def demo() -> Folder:
    return open_folder(ROOT, {})


plain_words = texts.map(lambda text: re.sub(r"\r\n?", "\n", text).strip()).filter(
    lambda text: text and not any(mark in text for mark in ("#", "```", "~~~"))
)
speakers = lines.filter(lambda line: "," not in line)


@st.composite
def sayings(draw: st.DrawFn, entry: Entry) -> tuple[Said, datetime]:
    last = max([entry.opened, *(update.at for update in entry.updates)]).replace(second=0)
    at = last + timedelta(minutes=draw(st.integers(0, 10**4)))
    promised = at + timedelta(minutes=draw(st.integers(1, 10**4)))
    said = Said(
        draw(plain_words),
        draw(st.just("") | st.sampled_from(STATUSES[entry.kind])),
        draw(st.sampled_from(["", written_time(promised, UTC) + "Z"])),
        draw(st.just("") | speakers),
    )
    return said, at


TOLD = {"updates", "status", "closed", "reopened_at", "updated"}


def must_say_just_that(folder: Folder, before: Entry, said: Said, at: datetime) -> None:
    """Amend an entry's file and read it again: its facts, its words and its bytes are as they were, but for this."""
    change = update(folder, before.id, said, at)
    assert change.before is not None
    after = read_authored(change.after, change.path, before.id, folder.settings.zone)
    assert after.updates[:-1] == before.updates
    new = after.updates[-1]
    assert (new.at, new.body, new.by or "", new.status or "") == (at, said.words, said.by, said.status)
    assert after.status == (said.status or before.status)
    if before.kind in TROUBLE and said.status:
        assert after.closed in ({None} if after.is_open else {before.closed, at})
    if before.kind in TROUBLE and not before.is_open and said.status and said.status not in CLOSED:
        assert at in after.model_dump()["reopened_at"]
    assert after.model_dump(exclude=TOLD) == before.model_dump(exclude=TOLD)
    facts = front_matter(change.before, change.path)[0].plain
    if not said.status and "updated" not in facts:
        assert change.after.startswith(change.before)
    changed = {
        name for name, value in front_matter(change.after, change.path)[0].plain.items() if facts.get(name) != value
    }
    assert changed <= TOLD - {"updates"}


@given(st.data())
@settings(max_examples=80)
def test_any_update_of_the_demo_changes_just_that(data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from(list(demo().log.authored.values())))
    said, at = data.draw(sayings(entry))
    must_say_just_that(demo(), entry, said, at)


@given(entries(*Kind), st.sampled_from(["\n", "\r\n"]), st.data())
@settings(max_examples=100)
def test_any_update_of_any_entry_changes_just_that(
    tmp_path_factory: pytest.TempPathFactory, written: Entry, ending: str, data: st.DataObject
) -> None:
    moments = [written.opened, *(update.at for update in written.updates)]
    assume(all(1950 < moment.year < 9990 for moment in moments))
    zone = demo().settings.zone
    plain = {key: part for key, part in json.loads(write_entry(written)).items() if key not in ("body", "id")}
    text = with_section(f"---\nkind: {written.kind}\n---\nWords.".replace("\n", ending), "Story", "More.")
    for name, value in plain.items():
        text = with_field(text, "x.md", name, _in_words(value))
    path = f"content/entries/{written.id}.md"
    entry = read_authored(text, path, written.id, zone)
    root = tmp_path_factory.mktemp("site")
    (root / "content/entries").mkdir(parents=True)
    (root / path).write_bytes(text.encode())
    log = replace(demo().log, pulled={}, authored={entry.id: entry}, places={entry.id: path}, problems=())
    said, at = data.draw(sayings(entry))
    must_say_just_that(Folder(root, demo().settings, log), entry, said, at)


def _in_words(value: object) -> Value:
    if isinstance(value, dict):
        return {key: _in_words(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_in_words(part) for part in value]
    return value if isinstance(value, str) else json.dumps(value)


@given(st.data(), plain_words, plain_words, plain_words)
@settings(max_examples=40)
def test_any_correction_of_the_demo_changes_just_that(data: st.DataObject, was: str, now: str, why: str) -> None:
    entry = data.draw(st.sampled_from(list(demo().log.authored.values())))
    change = correct(demo(), entry.id, Corrected("ines", was, now, why), datetime(2026, 12, 1, 9, tzinfo=UTC))
    after = read_authored(change.after, change.path, entry.id, demo().settings.zone)
    assert (after.corrections[-1].was, after.corrections[-1].now, after.corrections[-1].why) == (was, now, why)
    assert after.model_copy(update={"corrections": entry.corrections}) == entry


@given(st.data(), texts)
@settings(max_examples=100)
def test_no_words_are_ever_read_as_something_else(data: st.DataObject, words: str) -> None:
    entry = demo().log.authored["2026-11-21-some-card-readers"]
    marks = data.draw(st.lists(st.sampled_from(["\n", "## ", "```", "## 2026-11-22", "---", words]), max_size=6))
    try:
        change = update(demo(), entry.id, Said("".join(marks)), datetime(2026, 12, 1, 9, tzinfo=UTC))
    except OnRecordError as error:
        assert error.problems
    else:
        after = read_authored(change.after, change.path, entry.id, demo().settings.zone)
        assert after.updates[-1].body == re.sub(r"\r\n?", "\n", "".join(marks)).strip()
