"""`onrecord triage`: what waits, who is to answer it by the rules, and one issue that says so."""

import json
from typing import Any

import pytest
from tests.local_github import HandClock, LocalGitHub
from tests.own_site import NOW, Site, read_all

from onrecord.cli.verbs import moment
from onrecord.stages.gather import open_folder
from onrecord.stages.tracking import access
from onrecord.stages.triage import rows
from onrecord.stages.triage_issue import TRACKING, body, code, report
from onrecord.web import Web

AT = ("--at", "2026-11-20 08:30")
LOOK = ("triage", "--now", NOW)
RULES = """
rules:
  - when: {words: ["refund*", charged twice], people: 5}
    then: {impact: major, route: hand-off, team: Refunds, owner: ines}
  - when: {words: ["refund*", charged twice]}
    then: {impact: minor, route: both, team: Refunds}
  - when: {venues: [hacker news]}
    then: {owner: jonas}
"""
TARGETS = "targets:\n  - from: 2026-01-01\n    answer: {minor: 2 days, major: 4 h}\n"
VOICES = "ines: {name: Inés Moreno}\njonas: {name: Jonas Lindqvist}\n"
POST = "https://redd.it/1gx2ab3"
ISSUE = "kind: issue\ntitle: Charged twice\nopened: 2026-11-20 08:00\n"
HOSTILE = "@everyone #1 [x](https://evil.example) <img src=x> ```` ![](//evil.example) acme/app#2 :: **now**"


def looked(site: Site, *more: str) -> list[dict[str, Any]]:
    ran = site.run(*LOOK, "--format", "json", *more)
    assert ran.code == 0, ran.said
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def complain(site: Site) -> None:
    """Log forty complaints from three venues: some about refunds, some by many people."""
    told = ("Where is my refund", "Charged twice", "Receipts are slow", "Dark mode is grey")
    addresses = [f"https://mastodon.social/@a{one}/{one + 99}" for one in range(14)]
    addresses += [f"https://redd.it/ab{one}" for one in range(13)]
    addresses += [f"https://news.ycombinator.com/item?id={one + 99}" for one in range(13)]
    for one, address in enumerate(addresses):
        people = ("--set", f"raised.count={one % 7 + 1}")
        ran = site.run("log", address, "--title", f"{told[one % 4]} {one}", *people, *AT)
        assert ran.code == 0, ran.said


def test_forty_complaints_from_three_venues_are_routed_and_one_rule_changes_only_its_matches(site: Site) -> None:
    site.write("content/triage.yml", RULES)
    site.write("content/voices.yml", VOICES)
    complain(site)
    before = {row["id"]: row for row in looked(site)}
    assert len(before) == 40
    assert {row["rule"] for row in before.values()} == {1, 2, 3, None}
    assert {row["route"] for row in before.values() if row["rule"] == 1} == {"hand-off"}
    assert all(row["needs"] == ["new", *(["to hand off"] if row["team"] else [])] for row in before.values())
    site.write("content/triage.yml", RULES.replace("hacker news", "mastodon"))
    after = {row["id"]: row for row in looked(site)}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {name for name in before if 3 in (before[name]["rule"], after[name]["rule"])}
    assert 0 < len(changed) < 40


def test_a_look_writes_nothing(site: Site) -> None:
    site.write("content/triage.yml", RULES)
    site.entry("money", ISSUE)
    before = read_all(site.root / "content")
    for form in ((), ("--format", "table"), ("--format", "json"), ("--explain",), ("--issue", "--dry-run")):
        assert site.run(*LOOK, *form).code == 0
    assert read_all(site.root / "content") == before


def test_each_is_told_in_one_line_with_where_it_is_who_answers_and_why(site: Site) -> None:
    site.write("content/triage.yml", RULES)
    site.write("content/voices.yml", VOICES)
    site.write("content/targets.yml", TARGETS)
    site.run("log", POST, "--title", "Refunds are late", "--set", "raised.count=7", *AT)
    ran = site.run(*LOOK)
    assert ran.out == (
        "answer late, new, to hand off: 2026-11-20-refunds-are-late (Reddit) “Refunds are late”, 24 h 42 min, "
        "major (by rule); hand off to Refunds: Inés Moreno; rule 1: “refund*” and 7 people; "
        "https://www.reddit.com/comments/1gx2ab3\n"
    )


def test_programs_get_it_as_json(site: Site) -> None:
    site.write("content/triage.yml", RULES)
    site.entry("money", ISSUE + "impact: critical")
    assert looked(site) == [
        {
            "id": "money",
            "title": "Charged twice",
            "kind": "issue",
            "status": "reported",
            "draft": False,
            "page": "https://status.acme.example/log/money/",
            "needs": ["new", "to hand off"],
            "late": False,
            "since": "2026-11-20T08:00:00Z",
            "hours": 25.2,
            "venue": None,
            "url": None,
            "impact": "critical",
            "impact_by": "entry",
            "route": "both",
            "team": "Refunds",
            "owner": None,
            "handed_to": None,
            "rule": 2,
            "why": "rule 2: “charged twice”",
        }
    ]


def test_a_table_shows_titles_as_they_are(site: Site) -> None:
    site.entry(
        "money", "kind: issue\ntitle: '[red]Charged[/red] [link=https://evil.example]twice'\nopened: 2026-11-20"
    )
    out = site.run(*LOOK, "--format", "table").out
    assert "[red]Charged[/red]" in out
    assert "\x1b" not in out


def test_an_entry_is_explained_rule_by_rule_even_if_it_waits_for_nothing(site: Site) -> None:
    site.write("content/triage.yml", RULES)
    site.entry("money", ISSUE, "\n## 2026-11-20 09:00 resolved\n\nPaid back.\n")
    assert site.run(*LOOK).out == ""
    lines = site.run(*LOOK, "money", "--explain").out.splitlines()
    assert lines[0].startswith("nothing: money “Charged twice”")
    assert lines[1:] == ["    no  rule 1: 0 people, not 5", "    yes rule 2: “charged twice”"]


def test_an_id_that_no_entry_has_is_told(site: Site) -> None:
    site.entry("money", ISSUE)
    ran = site.run("triage", "monye")
    assert (ran.code, 'Did you mean "money"?' in ran.err) == (1, True)


def test_where_nothing_waits_it_says_so(site: Site) -> None:
    ran = site.run(*LOOK)
    assert (ran.code, ran.out, ran.err) == (0, "", "Nothing waits for a word of yours.\n")
    assert looked(site) == []


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            "rules:\n  - when: {wrods: [a]}\n    then: {}\n",
            'content/triage.yml:2:12: there is no field "wrods" here.',
        ),
        ("rules:\n  - then: {route: hand-off}\n", 'content/triage.yml:2:11: "then": nobody takes it over'),
        ("rules:\n  - when: {words: [a*b]}\n    then: {}\n", "content/triage.yml:2:20: "),
        ("rules: [\n", "content/triage.yml:"),
    ],
)
def test_rules_that_cannot_be_read_are_named_with_their_line(site: Site, rules: str, said: str) -> None:
    site.write("content/triage.yml", rules)
    for verb in ("triage", "check"):
        ran = site.run(verb)
        assert (ran.code, said in ran.err) == (1, True), ran.err


def test_check_names_what_a_rule_looks_for_in_vain_and_a_rule_that_is_never_asked(site: Site) -> None:
    site.write("content/components.yml", "shops: {name: Shops}\n")
    site.write(
        "content/triage.yml",
        "rules:\n  - when: {components: [shop]}\n    then: {owner: ana}\n  - then: {}\n"
        "  - when: {people: 2}\n    then: {}\n",
    )
    told = site.run("check").err
    assert 'content/triage.yml:2:25: there is no component "shop". Did you mean "shops"?' in told
    assert 'content/triage.yml:3:19: "ana" is not one of the voices.' in told
    assert "content/triage.yml:5:5: rule 3 is never asked: rule 2 matches everything" in told


def test_drafts_wait_too_and_stay_out_of_the_issue(site: Site) -> None:
    site.run("log", POST, *AT)
    (row,) = looked(site)
    assert (row["draft"], row["title"]) == (True, "Raised on Reddit")
    assert site.run(*LOOK, "--issue", "--dry-run").out == "Nothing waits.\n"


def test_in_the_issue_nothing_from_outside_is_a_link_a_mention_or_markdown(site: Site) -> None:
    site.write("content/triage.yml", RULES)
    site.entry("money", f"kind: issue\ntitle: '{HOSTILE}'\nopened: 2026-11-20 08:00\nimpact: minor")
    (line,) = [line for line in site.run(*LOOK, "--issue", "--dry-run").out.splitlines() if line.startswith("- ")]
    assert line == (
        f"- **new**: [money](https://status.acme.example/log/money/) `````{HOSTILE}`````, "
        "raised 2026-11-20 08:00 UTC, minor. `answer` (`no rule matches`)"
    )


def test_a_text_in_code_ends_where_it_ends() -> None:
    assert [code(text) for text in ("a", "a`b", "`a``", "``")] == ["`a`", "``a`b``", "``` `a`` ```", "``` `` ```"]


def test_one_issue_is_kept_true_and_quiet(site: Site) -> None:
    def told(github: LocalGitHub, now: str) -> str:
        folder = open_folder(site.root, {})
        with Web(access(github.url, "t0ken"), HandClock(), 60, print) as web:
            return report(web, github.url, "acme/app", rows(folder, moment(now, folder)))

    path = site.entry("money", ISSUE)
    with LocalGitHub(token="t0ken") as github:
        assert told(github, "2026-11-21 09:12") == "Opened issue #1: 1 waiting."
        assert told(github, "2026-11-22 09:12") == "Issue #1 says so already."
        (issue,) = github.repository.issues.values()
        assert [label["name"] for label in issue["labels"]] == [TRACKING.label]
        path.write_text(path.read_text("utf-8") + "\n## 2026-11-21 10:00\n\nPaid back.\n", "utf-8")
        assert told(github, "2026-11-22 09:12") == "Closed issue #1: nothing waiting."
        assert github.repository.issues[1]["state"] == "closed"


def test_without_rules_and_in_a_demo_no_issue_is_kept(site: Site) -> None:
    site.entry("money", ISSUE)
    assert site.run(*LOOK, "--issue").out == "No issue is kept: there are no rules in content/triage.yml.\n"
    site.write("content/triage.yml", RULES)
    site.write("content/demo.yml", "url: https://status.acme.example/\nnow: 2026-11-21\n")
    assert site.run(*LOOK, "--issue").out == "No issue is kept: this is a demo, in which nobody waits.\n"


def test_a_long_list_is_cut_in_the_issue(site: Site) -> None:
    site.write("content/triage.yml", RULES)
    for one in range(53):
        site.entry(f"money-{one}", ISSUE)
    folder = open_folder(site.root, {})
    text = body(rows(folder, moment(NOW, folder)))
    assert text.count("\n- ") == 50
    assert "And 3 more: `onrecord triage` lists them all." in text


@pytest.mark.parametrize("wrong", [("--issue", "--explain"), ("--dry-run",), ("--issue", "money")])
def test_options_that_make_no_sense_together_are_a_wrong_command_line(site: Site, wrong: tuple[str, ...]) -> None:
    assert site.run("triage", *wrong).code == 2
