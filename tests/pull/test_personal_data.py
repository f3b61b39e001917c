"""What must never lie in a public repository: personal data, tokens, and what is held for review."""

import pytest
from tests.local_github import LocalGitHub
from tests.pull.pulled import TOKEN, Pulled, files

MAIL, PHONE = "joe.bloggs@mailbox.org", "+49 30 901820"


def test_personal_data_never_reaches_the_disk_and_the_report_counts_kinds(
    pulled: Pulled, github: LocalGitHub
) -> None:
    github.repository.edit(1, title=f"Card of {MAIL} refused")
    github.repository.say(1, f"OFFICIAL: we called {PHONE} and wrote to {MAIL}.", author_association="MEMBER")
    ran = pulled.pull()
    assert "; redacted: 2 e-mail, 1 phone number" in ran.out
    assert pulled.entries["app-1"]["title"] == "Card of [redacted: e-mail] refused"
    for value in (MAIL, "joe.bloggs", PHONE, "901820"):
        assert pulled.on_disk(value) == []
        assert value not in ran.said


def test_a_second_pull_changes_nothing_and_reports_nothing_where_data_was_taken_out(
    pulled: Pulled, github: LocalGitHub
) -> None:
    github.repository.edit(1, title=f"Card of {MAIL} refused")
    github.repository.say(1, f"OFFICIAL: we wrote to {MAIL}.", author_association="MEMBER")
    pulled.pull_at(github)
    before = files(pulled.folder)
    github.clock.sleep(3600)
    (again,) = pulled.pull_at(github)
    assert (again.entries, again.redacted) == ((), {})
    assert files(pulled.folder) == before


def test_an_entry_with_too_much_of_it_is_held_and_nothing_of_it_is_on_disk(
    pulled: Pulled, github: LocalGitHub
) -> None:
    pulled.settings({"hold_over": 2}, app=pulled.source(github))
    github.repository.edit(1, title=f"Card of {MAIL} refused")
    github.repository.say(1, f"OFFICIAL: we called {PHONE}.", author_association="MEMBER")
    for times in range(2):
        ran = pulled.pull()
        assert "app-1" in pulled.entries
        assert "held" not in ran.out, times
    github.clock.sleep(3600)
    secret = github.repository.say(1, f"OFFICIAL: we wrote to {MAIL}.", author_association="MEMBER")
    ran = pulled.pull()
    assert "; held for review: app-1" in ran.out
    assert 'state.json: "app-1" is held for review: 3 pieces of personal data were found\n' in ran.err
    assert 'then run "onrecord pull app --full"' in ran.err
    assert "app-1" not in pulled.entries
    assert pulled.state()["held"] == {"app-1": "3 pieces of personal data were found"}
    assert pulled.on_disk("refused") == pulled.on_disk("OFFICIAL-12") == []
    assert pulled.on_record("app-1") == ["content/record/pulled/app/state.json"]
    assert '"app-1" is held for review: 3 pieces of personal data were found' in pulled.site.run("check").err
    assert "app-1" not in "".join(pulled.site.build())

    github.clock.sleep(3600)
    github.repository.say(1, "OFFICIAL: all is well.", author_association="MEMBER")
    pulled.pull()
    assert "app-1" not in pulled.entries, "one more reply, without any, does not release it"

    github.clock.sleep(3600)
    github.repository.reword(secret["id"], "OFFICIAL: we wrote.")
    ran = pulled.pull("--full")
    assert "held" not in ran.out
    assert "held" not in pulled.state()
    assert pulled.on_record("OFFICIAL: we wrote.") == ["content/record/pulled/app/2026/app-1.json"]


def test_an_entry_is_released_by_the_next_pull_after_its_cause_was_edited_away(
    pulled: Pulled, github: LocalGitHub
) -> None:
    pulled.settings({"hold_over": 1}, app=pulled.source(github))
    secret = github.repository.say(1, f"OFFICIAL: {MAIL}, {PHONE}.", author_association="MEMBER")
    pulled.pull()
    assert [*pulled.state()["held"]] == ["app-1"]
    github.clock.sleep(3600)
    github.repository.reword(secret["id"], "OFFICIAL: we wrote.")
    github.repository.edit(1, title="Card refused, again")
    ran = pulled.pull()
    assert "held" not in ran.said
    assert "held" not in pulled.state()
    assert "OFFICIAL: we wrote." in str(pulled.entries["app-1"]["updates"])
    assert "held" not in pulled.site.run("check").err


def test_an_entry_is_released_by_a_full_pull_after_its_cause_was_listed_as_the_brands_own(
    pulled: Pulled, github: LocalGitHub
) -> None:
    pulled.settings({"hold_over": 1}, app=pulled.source(github))
    github.repository.say(1, f"OFFICIAL: {MAIL}, {PHONE}.", author_association="MEMBER")
    pulled.pull()
    pulled.settings({"hold_over": 1, "keep": [MAIL]}, app=pulled.source(github))
    pulled.pull("--full")
    assert f"OFFICIAL: {MAIL}, [redacted: phone number]." in str(pulled.entries["app-1"]["updates"])


def test_a_full_pull_finds_again_what_was_taken_out_and_still_writes_no_entry(
    pulled: Pulled, github: LocalGitHub
) -> None:
    github.repository.edit(1, title=f"Card of {MAIL} refused")
    pulled.pull()
    before = files(pulled.folder / "pulled/app/2026")
    ran = pulled.pull("--full")
    assert "redacted" not in ran.out
    assert files(pulled.folder / "pulled/app/2026") == before


def test_what_an_older_on_record_let_pass_goes_with_the_next_pull_and_is_on_no_page_until_then(
    pulled: Pulled, github: LocalGitHub
) -> None:
    pulled.pull_at(github)
    entry, state = pulled.folder / "pulled/app/2026/app-1.json", pulled.folder / "pulled/app/state.json"
    entry.write_text(entry.read_text().replace("Card refused", f"Card of {MAIL} refused"))
    state.write_text(state.read_text().replace(pulled.state()["looked"], "what an older one looked for"))
    assert MAIL.encode() not in b"".join(pulled.site.build().values())
    assert pulled.on_record(MAIL) == ["content/record/pulled/app/2026/app-1.json"]
    (again,) = pulled.pull_at(github)
    assert again.entries == ("app-1",)
    assert pulled.on_disk(MAIL) == []
    before = files(pulled.folder)
    pulled.pull_at(github)
    assert files(pulled.folder) == before


def test_a_held_entry_that_is_deleted_at_the_source_is_forgotten_by_a_full_pull(
    pulled: Pulled, github: LocalGitHub
) -> None:
    pulled.settings({"hold_over": 1}, app=pulled.source(github))
    github.repository.say(1, f"OFFICIAL: {MAIL}, {PHONE}.", author_association="MEMBER")
    pulled.pull()
    assert [*pulled.state()["held"]] == ["app-1"]
    github.repository.delete(1)
    pulled.pull("--full")
    assert "app-1" not in (pulled.folder / "pulled/app/state.json").read_text()


def test_a_title_that_marks_make_too_long_is_cut_and_stops_nothing(pulled: Pulled, github: LocalGitHub) -> None:
    title = "".join(f"a@b{number}.org " for number in range(15)) + "x" * 130
    github.repository.edit(1, title=title)
    github.repository.say(2, "y" * 65_500 + f" {MAIL} {MAIL} {MAIL}", author_association="MEMBER")
    pulled.pull()
    entries = pulled.entries
    assert len(entries["app-1"]["title"]) <= 400
    assert entries["app-1"]["title"].startswith("[redacted: e-mail] [redacted: e-mail]")
    assert len(entries["app-2"]["updates"][0]["body"]) <= 65_536
    assert "app-3" in entries


def test_a_write_that_breaks_off_leaves_no_personal_data(pulled: Pulled, github: LocalGitHub) -> None:
    github.repository.edit(1, title=f"Card of {MAIL} refused")
    (pulled.folder / "pulled/app/2026/app-1.json").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        pulled.site.run("pull")
    assert pulled.on_disk("Card of") == []
    assert pulled.on_disk(MAIL) == []


def test_the_token_is_in_no_file_and_no_line(pulled: Pulled, github: LocalGitHub) -> None:
    said = [pulled.pull().said, pulled.pull("--full").said]
    pulled.settings(app=pulled.source(github, repo="acme/other"))
    said.append(pulled.pull(code=3).said)
    pulled.site.build()
    assert {asked.token for asked in github.log} == {TOKEN}
    assert pulled.on_disk(TOKEN) == []
    assert TOKEN not in "".join(said)
