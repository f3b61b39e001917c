"""`onrecord new`: a file that can be read, in the right place, with every field explained; and never over another."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.own_site import Site, read_all
from tests.strategies import lines
from tests.terminal import Person

from onrecord.log.editing import empty_fields
from onrecord.log.naming import free_id, slug
from onrecord.log.written import front_matter
from onrecord.model.entry import KINDS
from onrecord.model.kinds import Kind
from onrecord.model.scalars import check_id
from onrecord.our_code import OURS

AT = ("--at", "2026-11-21 09:10")
SCHEDULED = ("--set", "scheduled_for=2026-12-01 01:00", "--set", "scheduled_until=2026-12-01 03:00")
MACHINE = {"id", "kind", "status", "body", "updates", "closed", "updated", "reopened_at", "source", "others"}
"""What a file's name, its words and updates, or the machine say."""


def facts(path: Path) -> dict[str, object]:
    return front_matter(path.read_text("utf-8"), path.name)[0].plain


@pytest.mark.parametrize("kind", Kind)
def test_a_new_entry_of_any_kind_can_be_read_at_once(kind: Kind, site: Site) -> None:
    ran = site.run("new", kind, "Cards are declined", *AT, *(SCHEDULED if kind is Kind.MAINTENANCE else ()))
    assert ran.code == 0, ran.said
    assert ran.out == (
        "content/entries/2026/2026-11-21-cards-are-declined.md\n"
        "https://status.acme.example/log/2026-11-21-cards-are-declined/\n"
    )
    written = facts(site.root / "content/entries/2026/2026-11-21-cards-are-declined.md")
    assert (written["kind"], written["title"], written["opened"]) == (kind, "Cards are declined", "2026-11-21 09:10")
    assert site.run("check", "--strict").code == 0
    kept_back = kind in (Kind.ANNOUNCEMENT, Kind.APOLOGY, Kind.FIX_NOTE)
    assert ("draft" in written) is kept_back
    assert ("draft: true" in ran.err) is kept_back


@pytest.mark.parametrize("kind", Kind)
def test_a_template_has_a_place_and_a_word_for_every_field(kind: Kind) -> None:
    text = (OURS / f"notes/{kind}.md").read_text("utf-8")
    above = dict.fromkeys(["kind"], "")
    block: list[str] = []
    for line in front_matter_lines(text):
        name = line.removeprefix("# ").partition(":")[0]
        if name.isidentifier() and line.removeprefix("# ").endswith((":", ": true")):
            above.setdefault(name, " ".join(block))
        block = [*block, line] if line.startswith("# ") else []
    fields = {field.alias or name for name, field in KINDS[kind].model_fields.items()}
    assert fields - MACHINE <= set(above)
    assert [name for name in fields - MACHINE if len(above[name]) < 10] == []
    assert set(empty_fields(text, "x.md")) <= fields


def front_matter_lines(text: str) -> list[str]:
    return text.split("---\n")[1].splitlines()


def test_facts_are_set_as_they_are_typed(site: Site) -> None:
    typed = {
        "impact": "major",
        "components": "payments, app",
        "topics": "['cards', money]",
        "affected.count": "12",
        "affected.who": "people: all of them",
        "prevention": "[{action: An alarm, due: 2026-12-01}]",
        "metrics": "{exclude: A drill}",
        "body": "What happened.",
        "id": "late-mail",
    }
    site.write("content/components.yml", "payments: {name: Payments}\napp: {name: The app}\n")
    pairs = [word for name, value in typed.items() for word in ("--set", f"{name}={value}")]
    ran = site.run("new", "incident", "Mail: late", *AT, *pairs)
    assert ran.code == 0, ran.said
    path = site.root / "content/entries/2026/late-mail.md"
    assert facts(path) == {
        "kind": "incident",
        "title": "Mail: late",
        "opened": "2026-11-21 09:10",
        "impact": "major",
        "components": ["payments", "app"],
        "topics": ["cards", "money"],
        "affected": {"count": "12", "who": "people: all of them"},
        "prevention": [{"action": "An alarm", "due": "2026-12-01"}],
        "metrics": {"exclude": "A drill"},
    }
    text = path.read_text("utf-8")
    assert text.endswith("---\nWhat happened.\n")
    assert "\naffected:\n  count: 12\n  who: 'people: all of them'\n" in text
    assert "components: [payments, app]\n" in text


def test_the_words_of_a_template_give_way_to_ones_own(site: Site) -> None:
    site.run("new", "apology", "We were late", *AT, "--set", "body=We are sorry. Really.", "--set", "draft=false")
    path = site.root / "content/entries/2026/2026-11-21-we-were-late.md"
    assert path.read_text("utf-8").endswith("---\nWe are sorry. Really.\n")
    assert facts(path)["draft"] == "false"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new"], "KIND: the kind is missing\n    use one of: issue, known-issue, incident, "),
        (["new", "incidnt", "A"], 'KIND: the kind cannot be "incidnt". Did you mean "incident"?'),
        (["new", "incident"], '--set: "title" is missing\n    add --set title=…'),
        (
            ["new", "maintenance", "A"],
            (
                '--set: "scheduled_for" is missing\n    add --set scheduled_for=…\n'
                'error: --set: "scheduled_until" is missing\n    add --set scheduled_until=…'
            ),
        ),
        (["new", "incident", "A", "--set", "impcat=major"], 'no field "impcat" here. Did you mean "impact"?'),
        (["new", "incident", "A", "--set", "affected.cont=1"], 'no field "cont" here. Did you mean "count"?'),
        (["new", "incident", "A", "--set", "impact=huge"], '"impact" cannot be "huge".'),
        (["new", "incident", "A", "--set", "impact"], '--set: "impact" does not say which field has which value'),
        (["new", "incident", "A", "--set", "a..b=c"], '"a..b=c" does not say'),
        (
            ["new", "incident", "A", "--set", "fault=ours", "--set", "fault.a=b"],
            '--set fault.a: "fault" is given as a whole and in part',
        ),
        (["new", "incident", "A", "--set", "topics=[a"], "--set topics:1:8: this list is never closed"),
        (["new", "incident", "A", "--set", "id=../x"], '--set: "../x" cannot be an id'),
        (["new", "incident", "A\nB"], '--set: "title" has a line break'),
        (["new", "incident", "A", "--set", "opened=../../../x"], '--set: "opened": this is not a time'),
    ],
)
def test_what_cannot_be_read_is_never_written(words: list[str], said: str, site: Site) -> None:
    before = read_all(site.root / "content")
    ran = site.run(*words)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert read_all(site.root / "content") == before
    assert len(list(site.root.parent.iterdir())) == 1


def test_a_dry_run_shows_the_file_and_writes_none(site: Site) -> None:
    before = read_all(site.root / "content")
    ran = site.run("new", "incident", "Mail is late", *AT, "--dry-run")
    assert ran.code == 0
    assert ran.out.startswith("--- /dev/null\n+++ content/entries/2026/2026-11-21-mail-is-late.md\n@@ -0,0 +1,")
    assert "+title: Mail is late\n" in ran.out
    assert read_all(site.root / "content") == before


def test_no_entry_ever_takes_the_place_of_another(site: Site) -> None:
    site.entry("2026-11-21-mail-is-late-2", "not: readable")
    site.entry("other", "kind: incident\ntitle: A\nopened: 2026-11-20\naliases: [2026-11-21-mail-is-late-3]")
    names = [site.run("new", "incident", "Mail is late", *AT).out.splitlines()[0] for _ in range(2)]
    assert [Path(name).stem for name in names] == ["2026-11-21-mail-is-late", "2026-11-21-mail-is-late-4"]
    taken = site.run("new", "incident", "Mail is late", "--set", "id=other")
    assert taken.err.startswith('error: --set id: the id "other" is taken\n')


def test_the_file_is_named_by_the_day_on_which_it_opened(site: Site) -> None:
    ran = site.run("new", "incident", "Mail", "--set", "opened=2025-03-04 10:00", *AT)
    assert ran.out.startswith("content/entries/2025/2025-03-04-mail.md\n")


def test_what_check_would_say_of_the_file_is_said_at_once(site: Site) -> None:
    site.write("content/components.yml", "payments: {name: Payments}\n")
    ran = site.run("new", "incident", "Mail", "--set", "components=paymnts", *AT)
    assert ran.code == 0
    assert 'there is no component "paymnts". Did you mean "payments"?' in ran.err


def test_a_site_begins_entries_from_a_template_of_its_own(site: Site) -> None:
    own = "---\r\n# ours\r\nkind:\r\ntitle:\r\nopened:\r\naudience:\r\ntopics: [news]\r\n---\r\nDear all"
    (site.root / "templates/notes").mkdir(parents=True)
    (site.root / "templates/notes/announcement.md").write_bytes(b"\xef\xbb\xbf" + own.encode())
    assert site.run("new", "announcement", "Hello", *AT).code == 0
    text = (site.root / "content/entries/2026/2026-11-21-hello.md").read_text("utf-8")
    assert text == (
        "---\n# ours\nkind: announcement\ntitle: Hello\nopened: 2026-11-21 09:10\naudience:\ntopics: [news]\n---\n"
        "Dear all\n"
    )


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("---\nkind: incident\nimpcat: major\n---\n", 'templates/notes/incident.md:3:1: there is no field "impcat"'),
        ("---\nkind: incident\nimpact: 'a\n---\n", "templates/notes/incident.md:3:9: this quote is never closed"),
        ("Hello", "templates/notes/incident.md:1: this entry has no facts at its top"),
    ],
)
def test_a_template_that_cannot_be_read_is_named(own: str, said: str, site: Site) -> None:
    site.write("templates/notes/incident.md", own)
    assert site.run("new", "incident", "A").err.startswith(f"error: {said}")


@pytest.mark.parametrize(
    ("title", "lang", "words"),
    [
        ("We charged 1,204 people twice", "en", "we-charged-1204-people-twice"),
        ("Überweisungen für Ärzte & Straßen", "de", "ueberweisungen-fuer-aerzte-strassen"),
        ("Überweisungen für Ärzte", "en", "uberweisungen-fur-arzte"),
        ("Señor’s café — it's “closed”", "en", "senors-cafe-its-closed"),
        ("Łódź, Ærø, İstanbul", "en", "lodz-aero-istanbul"),
        ("支付失败", "zh", ""),
        ("A" * 80, "en", "a" * 50),
        ("One word " + "b" * 80, "en", "one-word"),
        ("Twelve words " * 5, "en", "twelve-words-twelve-words-twelve-words-twelve"),
    ],
)
def test_a_title_becomes_words_that_every_address_can_hold(title: str, lang: str, words: str) -> None:
    assert slug(title, lang) == words


@given(lines, st.sampled_from(["en", "de", "tr"]))
@settings(max_examples=200)
def test_any_title_makes_an_id(title: str, lang: str) -> None:
    words = slug(title, lang)
    assert len(words) <= 50
    assert check_id(free_id("2026-11-21", words or "issue", {f"2026-11-21-{words}"}))


def test_a_person_at_a_terminal_is_asked_until_nothing_is_wrong(site: Site) -> None:
    site.write("content/components.yml", "payments: {name: Payments}\napp: {name: The app}\n")
    with Person(site, "new", *AT) as person:
        assert person.asked() == f"What is it?\n  {', '.join(Kind)}\n(needed) > "
        person.types("maintenence")
        assert 'Did you mean "maintenance"?' in person.asked()
        person.types("maintenance")
        assert "What changes for customers, in one line:\n(needed) > " in person.asked()
        person.types("")
        assert person.asked() == "\n(needed) > "
        person.types("Signing in moves")
        assert "When the work begins" in person.asked()
        person.types("soon")
        assert "this is not a time" in person.asked()
        person.types("2026-12-01 03:00")
        assert "When it is done:" in person.asked()
        person.types("2026-12-01 01:00")
        assert '"scheduled_until" is not after "scheduled_for"' in person.asked()
        person.types("2026-12-01 04:00")
        assert "What will not work meanwhile:\n(Enter leaves it out) > " in person.asked()
        person.types("")
        assert "What can be used all the same:" in person.asked()
        person.types("Paying works: always.")
        person.asked()
        person.types("Nothing.")
        assert "\n  payments, app\n" in person.asked()
        person.types("paymnts")
        assert 'there is no "paymnts". Did you mean "payments"?' in person.asked()
        person.types("payments, app")
        assert "Who writes it" in person.asked()
        person.types("")
        code, shown = person.leaves()
    path = "content/entries/2026/2026-11-21-signing-in-moves.md"
    assert (code, path in shown) == (0, True), shown
    assert facts(site.root / path) == {
        "kind": "maintenance",
        "title": "Signing in moves",
        "opened": "2026-11-21 09:10",
        "scheduled_for": "2026-12-01 03:00",
        "scheduled_until": "2026-12-01 04:00",
        "still_works": "Paying works: always.",
        "do_now": "Nothing.",
        "components": ["payments", "app"],
    }


def test_ctrl_c_writes_nothing(site: Site) -> None:
    before = read_all(site.root / "content")
    with Person(site, "new", "incident", "Mail is late", *AT) as person:
        person.asked()
        person.types("major")
        person.asked()
        person.presses_ctrl_c()
        code, shown = person.leaves()
    assert (code, "Aborted!" in shown, "Traceback" in shown) == (1, True, False)
    assert read_all(site.root / "content") == before


def test_nobody_is_asked_who_wants_it_quiet(site: Site) -> None:
    with Person(site, "-q", "new", "incident", "Mail is late", *AT) as person:
        assert person.leaves() == (0, "")
