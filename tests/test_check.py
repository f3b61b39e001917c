"""`onrecord check`: loose ends in people's entries, each at its place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.errors import Level
from onrecord.stages.check import check, shown_as_json
from onrecord.stages.gather import open_folder

FACTS = "---\nkind: incident\ntitle: Mail is late\nopened: 2026-11-21 09:00\n"


NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def said(root: Path, facts: str, words: str = "") -> str:
    files = {
        "site_config.yml": "site: {title: Acme, url: https://status.acme.example/}\n",
        "content/voices.yml": "ana: {name: Ana Ruiz}\n",
        "content/components.yml": "mail: {name: Mail}\n",
        "content/entries/late-mail.md": f"{FACTS}{facts}---\n{words}",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return "\n".join(map(str, check(open_folder(root, {}), NOW)))


def test_a_sound_site_has_no_problems(tmp_path: Path) -> None:
    facts = "components: [mail]\nauthor: ana\nrelated: [late-mail]\n"
    assert said(tmp_path, facts, "## 2026-11-21 09:10 resolved, by ana\n\nDone.\n") == ""


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (
            "components: [mial]\n",
            (
                '5:14: there is no component "mial". Did you mean "mail"?\n'
                "    add it to content/components.yml, or take it out; it is published without"
            ),
        ),
        (
            "related: [late-mail, later-mail]\n",
            (
                '5:22: there is no entry "later-mail". Did you mean "late-mail"?\n'
                "    write the id of an entry on record, or take it out; it is published without"
            ),
        ),
        (
            "author: anna\n",
            (
                '5:9: "anna" is not one of the voices. Did you mean "ana"?\n'
                "    add the person to content/voices.yml, so that readers see a name and a role"
            ),
        ),
    ],
)
def test_a_name_that_nothing_has_is_told_at_its_place(tmp_path: Path, facts: str, message: str) -> None:
    assert said(tmp_path, facts) == f"content/entries/late-mail.md:{message}"


@pytest.mark.parametrize(
    ("facts", "words", "place"),
    [
        ("", "## 2026-11-21 09:10, by ana\n\nA.\n\n## 2026-11-21 09:20 resolved, by anna\n\nB.\n", "10:34"),
        ("", "Words.\n\n  ##   2026-11-21  ,  by   anna  \n", "8:28"),
        (
            "updates:\n  - {at: 2026-11-21 09:10, body: A., by: ana}\n  - at: 2026-11-21 09:20\n    by: anna\n",
            "",
            "8:9",
        ),
    ],
)
def test_a_speaker_whom_nobody_knows_is_told_where_the_update_names_them(
    tmp_path: Path, facts: str, words: str, place: str
) -> None:
    assert said(tmp_path, facts, words) == (
        f'content/entries/late-mail.md:{place}: "anna" is not one of the voices. Did you mean "ana"?\n'
        "    add the person to content/voices.yml, so that readers see a name and a role"
    )


def test_an_account_at_a_venue_is_no_voice_of_ours(tmp_path: Path) -> None:
    listed = "updates:\n  - {at: 2026-11-21 09:10, body: A., by: stranger, url: https://forum.example/1}\n"
    assert said(tmp_path, listed) == ""


def test_facts_that_say_another_status_than_the_newest_update_are_told(tmp_path: Path) -> None:
    assert said(tmp_path, "status: monitoring\n", "## 2026-11-21 09:10 resolved\n\nDone.\n") == (
        'content/entries/late-mail.md:5:9: the status is "monitoring", but the newest update says "resolved"\n'
        "    take this line out, so that the updates decide"
    )
    listed = "updates:\n  - {at: 2026-11-21 09:10, status: resolved, body: Done.}\n"
    assert said(tmp_path, listed) == ""
    said(tmp_path, f"status: monitoring\n{listed}")
    assert [problem.level for problem in check(open_folder(tmp_path, {}), NOW)] == [Level.WARNING]


def test_problems_are_told_to_programs_as_a_list(tmp_path: Path) -> None:
    said(tmp_path, "author: anna\n")
    assert '"line": 5' in shown_as_json(check(open_folder(tmp_path, {}), NOW))
