"""`onrecord hand-off`: a matter goes to a team, in public, and nothing private goes with it."""

import pytest
from tests.own_site import Site, read_all

from onrecord.log.written import front_matter
from onrecord.stages.gather import open_folder

AT = ("--at", "2026-11-21 09:10")
ISSUE = "kind: issue\ntitle: Charged twice\nopened: 2026-11-21 08:00\n"
RULES = "rules:\n  - when: {words: [charged twice]}\n    then: {route: both, team: Refunds}\n"
PULLED = """
{
 "id": "app-1", "kind": "issue", "title": "Where is my money?", "status": "reported",
 "opened": "2026-11-20T08:00:00Z", "source": {"name": "app"}
}
"""


def test_a_hand_off_is_a_fact_and_an_update_in_plain_words(site: Site) -> None:
    path = site.entry("money", ISSUE)
    ran = site.run("hand-off", "money", "Refunds", "--ref", "R-4711", *AT)
    assert ran.code == 0, ran.said
    text = path.read_text("utf-8")
    assert text.endswith("---\n\n## 2026-11-21 09:10 handoff\n\nWe passed this on to Refunds.\n")
    handed = {"to": "Refunds", "at": "2026-11-21 09:10", "ref": "R-4711"}
    assert front_matter(text, "money.md")[0].plain["handoff"] == handed
    assert site.run("check", "--strict").code == 0


def test_it_is_no_answer_to_whoever_asked(site: Site) -> None:
    site.entry("money", ISSUE)
    site.run("hand-off", "money", "Refunds", *AT)
    (entry,) = open_folder(site.root, {}).log.entries
    assert [update.kind for update in entry.updates] == ["handoff"]


def test_without_a_team_the_rules_say_which(site: Site) -> None:
    path = site.entry("money", ISSUE)
    site.write("content/triage.yml", RULES)
    assert site.run("hand-off", "money", "--by", "ana", *AT).code == 0
    assert "09:10 handoff, by ana\n\nWe passed this on to Refunds." in path.read_text("utf-8")


def test_without_a_team_and_a_rule_nothing_is_written(site: Site) -> None:
    site.entry("money", ISSUE)
    before = read_all(site.root / "content")
    ran = site.run("hand-off", "money", *AT)
    assert (ran.code, read_all(site.root / "content")) == (1, before)
    assert "no rule says which team takes it over" in ran.err


def test_a_pulled_entry_gets_its_hand_off_in_a_file_of_its_own(site: Site) -> None:
    pulled = site.write("content/record/pulled/app/2026/app-1.json", PULLED)
    ran = site.run("hand-off", "app-1", "Refunds", "Our team for refunds has it.", *AT)
    assert ran.out.startswith("content/entries/app-1.md\n")
    assert pulled.read_text("utf-8") == PULLED
    (entry,) = open_folder(site.root, {}).log.entries
    assert entry.updates[-1].body == "Our team for refunds has it."


def test_another_hand_off_takes_the_place_of_the_first_and_both_are_told(site: Site) -> None:
    path = site.entry("money", ISSUE)
    site.run("hand-off", "money", "Refunds", "--ref", "R-1", *AT)
    assert site.run("hand-off", "money", "Payouts", "--at", "2026-11-21 10:00").code == 0
    text = path.read_text("utf-8")
    assert front_matter(text, "money.md")[0].plain["handoff"] == {"to": "Payouts", "at": "2026-11-21 10:00"}
    assert text.count("We passed this on to ") == 2


@pytest.mark.parametrize(
    "private",
    [
        ("Refunds", "--ref", "ana.ruiz@gmail.com"),
        ("Refunds", "Her card is 4111 1111 1111 1111."),
        ("ana.ruiz@gmail.com",),
    ],
)
def test_personal_data_is_refused_before_anything_is_written(site: Site, private: tuple[str, ...]) -> None:
    site.entry("money", ISSUE)
    before = read_all(site.root / "content")
    ran = site.run("hand-off", "money", *private, *AT)
    assert (ran.code, read_all(site.root / "content")) == (1, before)
    assert "there is personal data in it" in ran.err


def test_check_finds_personal_data_in_a_hand_off_that_was_written_by_hand(site: Site) -> None:
    site.entry("money", f'{ISSUE}handoff: {{to: Refunds, at: 2026-11-21 09:00, ref: "ana.ruiz@gmail.com"}}')
    assert "there is personal data in this entry" in site.run("check").err


def test_what_nobody_raised_is_handed_to_nobody(site: Site) -> None:
    site.entry("down", "kind: incident\ntitle: Down\nopened: 2026-11-21 08:00\n")
    assert "nobody raised it" in site.run("hand-off", "down", "Refunds", *AT).err


def test_a_dry_run_shows_the_file_and_writes_nothing(site: Site) -> None:
    site.entry("money", ISSUE)
    before = read_all(site.root / "content")
    ran = site.run("hand-off", "money", "Refunds", "--dry-run", *AT)
    assert "+We passed this on to Refunds." in ran.out
    assert read_all(site.root / "content") == before
