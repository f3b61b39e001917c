"""From a GitHub to the record on disk and to pages, by the real verbs."""

import pytest
from tests.local_github import LocalGitHub, issue
from tests.pull.conftest import Serve
from tests.pull.pulled import Pulled, asked, files


def statements(entry: dict[str, object]) -> list[tuple[str, str]]:
    updates = entry.get("updates", [])
    assert isinstance(updates, list)
    return [(update["kind"], update.get("body", "")) for update in updates]


def test_closed_issues_known_issues_and_incidents_go_on_record_and_nothing_else(pulled: Pulled) -> None:
    ran = pulled.pull()
    assert {name: (entry["kind"], entry["status"]) for name, entry in pulled.entries.items()} == {
        "app-1": ("issue", "resolved"),
        "app-2": ("known-issue", "reported"),
        "app-3": ("incident", "investigating"),
    }
    assert ran.out.startswith("app: 3 files changed; ")


def test_only_official_words_are_on_disk(pulled: Pulled) -> None:
    pulled.pull()
    assert pulled.on_record("OFFICIAL-12") == ["content/record/pulled/app/2026/app-1.json"]
    assert pulled.on_record("OFFICIAL-3") == ["content/record/pulled/app/2026/app-3.json"]
    for unofficial in ("OUTSIDE", "PULL-REQUEST", "OFFICIAL-15", "customer", "ci[bot]"):
        assert pulled.on_record(unofficial) == []
        assert pulled.on_disk(unofficial) == [] or unofficial == "customer"  # which is in the name of a field too


def test_the_milestone_is_the_version_of_what_was_fixed_and_no_promise_for_what_is_open(pulled: Pulled) -> None:
    pulled.pull()
    assert pulled.entries["app-1"]["fixed_in"] == "2.4.1"
    assert "fixed_in" not in pulled.entries["app-2"]


def test_a_second_pull_changes_no_file_and_asks_each_list_once(pulled: Pulled, github: LocalGitHub) -> None:
    pulled.pull()
    before = files(pulled.folder)
    with asked(github) as paths:
        ran = pulled.pull()
    assert paths == {"issues": 1, "issues/comments": 1}
    assert files(pulled.folder) == before
    assert ran.out == "app: 0 files changed; 2 requests\n"


def test_an_official_reply_an_edit_and_a_closing_are_seen_by_the_next_pull(
    pulled: Pulled, github: LocalGitHub
) -> None:
    pulled.pull()
    others = files(pulled.folder / "pulled/app/2026/app-3.json")
    github.clock.sleep(3600)
    github.repository.reword(12, "OFFICIAL-12: it is the bank.")
    github.repository.say(2, "OFFICIAL: use the web page.", author_association="MEMBER")
    github.clock.sleep(60)
    github.repository.close(2)
    ran = pulled.pull()
    assert ran.out.startswith("app: 2 files changed; ")
    assert statements(pulled.entries["app-1"])[0] == ("answer", "OFFICIAL-12: it is the bank.")
    assert statements(pulled.entries["app-2"]) == [("answer", "OFFICIAL: use the web page."), ("close", "")]
    assert pulled.entries["app-2"]["status"] == "resolved"
    assert files(pulled.folder / "pulled/app/2026/app-3.json") == others


def test_a_removed_label_withdraws_the_words_by_the_next_pull(serve: Serve, pulled: Pulled) -> None:
    rows = [issue(n, f"Issue {n}", labels=["public"], closed_at="2026-11-04T10:00:00Z") for n in (1, 2)]
    github = serve(issues=rows)
    github.repository.say(1, "OFFICIAL: fixed.", author_association="MEMBER")
    pulled.settings(app=pulled.source(github, labels=["public"]))
    pulled.pull()
    github.clock.sleep(3600)
    github.repository.unlabel(1, "public")
    pulled.pull()
    assert pulled.entries["app-1"]["status"] == "withdrawn"
    assert pulled.entries["app-2"]["status"] == "resolved"
    assert pulled.on_disk("OFFICIAL: fixed.") == []
    pulled.site.build()
    assert "no longer carries the label" in pulled.site.files["log/app-1/index.html"].decode()


def test_every_reopening_is_seen_and_counted(pulled: Pulled, github: LocalGitHub) -> None:
    pulled.pull()
    for times in (1, 2):
        github.clock.sleep(3600)
        github.repository.reopen(1)
        pulled.pull()
        assert (pulled.entries["app-1"]["status"], len(pulled.entries["app-1"]["reopened_at"])) == (
            "investigating",
            times,
        )
        github.clock.sleep(3600)
        github.repository.close(1)
        pulled.pull()
        assert (pulled.entries["app-1"]["status"], len(pulled.entries["app-1"]["reopened_at"])) == ("resolved", times)
    github.clock.sleep(3600)
    github.repository.reopen(1)
    github.clock.sleep(60)
    github.repository.close(1)
    pulled.pull()
    assert len(pulled.entries["app-1"]["reopened_at"]) == 3


def test_a_full_pull_finds_what_was_deleted(pulled: Pulled, github: LocalGitHub) -> None:
    pulled.pull()
    github.clock.sleep(3600)
    github.repository.unsay(12)
    github.repository.delete(2)
    pulled.pull()
    assert pulled.on_disk("OFFICIAL-12") != []
    ran = pulled.pull("--full")
    assert ran.out.startswith("app: 2 files changed; ")
    assert pulled.on_disk("OFFICIAL-12") == []
    assert pulled.entries["app-2"]["status"] == "withdrawn"
    again = files(pulled.folder / "pulled/app/2026")
    assert pulled.pull("--full").out.startswith("app: 0 files changed; ")
    assert files(pulled.folder / "pulled/app/2026") == again


def test_the_pulled_record_becomes_a_site(pulled: Pulled) -> None:
    pulled.pull()
    site = pulled.site.build()
    assert {path for path in site if path.startswith("log/app-")} == {
        f"log/app-{number}/{file}" for number in (1, 2, 3) for file in ("index.html", "index.json", "card.png")
    }
    assert "OFFICIAL-12: we are on it." in site["log/app-1/index.html"].decode()
    assert "2.4.1" in site["log/app-1/index.html"].decode()
    assert "GitHub, acme/app" in site["index.html"].decode()
    assert not any(b"OUTSIDE" in content for content in site.values())


@pytest.mark.parametrize("name", ["publik", "help wanted"])
def test_an_empty_pull_says_which_labels_there_are(pulled: Pulled, github: LocalGitHub, name: str) -> None:
    github.repository.label(4, "public")
    pulled.settings(app=pulled.source(github, labels=[name]))
    ran = pulled.pull()
    assert f'acme/app has no closed issue with the label "{name}"' in ran.err
    assert 'Its labels: "incident", "known-issue", "public".' in ran.err
    assert ('Did you mean "public"?' in ran.err) == (name == "publik")
    assert pulled.entries == {}


def test_other_labels_in_the_settings_take_effect_by_the_next_pull(pulled: Pulled, github: LocalGitHub) -> None:
    pulled.pull()
    github.clock.sleep(3600)
    github.repository.label(1, "public")
    pulled.settings(app=pulled.source(github, labels=["public"]))
    pulled.pull()
    assert {name: entry["status"] for name, entry in pulled.entries.items()} == {
        "app-1": "resolved",
        "app-2": "withdrawn",
        "app-3": "withdrawn",
    }
    pulled.settings(app=pulled.source(github))
    pulled.pull()
    assert {entry["status"] for entry in pulled.entries.values()} == {"resolved", "reported", "investigating"}
    assert statements(pulled.entries["app-1"])[0] == ("answer", "OFFICIAL-12: we are on it.")
