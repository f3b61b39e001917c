"""What people's own files hold of somebody's words goes byte for byte, or is named for them to mend."""

import pytest
from tests.own_site import Site

MARK = "[erased on request]"
FACTS = """\
kind: issue
title: Ana waits for her money   # told on the phone
status: investigating
opened: 2026-11-20 10:00
raised: {at: 2026-11-20 10:00, venue: Mastodon, url: "https://social.example/@ana_r/113", paraphrase: Where is it?}
venues:
  - {name: Mastodon, url: "https://social.example/@ana_r/113"}
"""
WORDS = "## 2026-11-20 11:00\r\n\r\nAna wrote that  her landlord\r\nis furious.\n\tWe   are sorry.\n"


@pytest.fixture
def asked(site: Site) -> Site:
    site.entry("2026-11-20-money", FACTS, WORDS)
    return site


def test_words_in_an_entry_are_replaced_and_no_other_byte_is(asked: Site) -> None:
    path = asked.root / "content/entries/2026-11-20-money.md"
    before = path.read_bytes()
    ran = asked.run("erase", "Her landlord is furious")
    assert "changed content/entries/2026-11-20-money.md" in ran.out
    assert path.read_bytes() == before.replace(b"her landlord\r\nis furious", MARK.encode())


def test_an_address_that_cannot_be_replaced_is_named_with_its_line_and_is_on_no_page(asked: Site) -> None:
    address = "https://social.example/@ana_r/113"
    assert address.encode() in asked.build()["log/2026-11-20-money/index.html"]
    ran = asked.run("erase", address)
    path = "content/entries/2026-11-20-money.md"
    assert f"{path}:6: what was erased still stands here" in ran.err
    assert f"{path}:8: what was erased still stands here" in ran.err
    assert not [name for name, content in asked.files.items() if b"ana_r" in content]
    assert "this has words that were erased on request; no page shows them" in asked.run("check").err


def test_an_entry_of_our_own_whose_customer_wants_it_gone_is_published_without_and_named(asked: Site) -> None:
    ran = asked.run("erase", "2026-11-20-money")
    assert '"2026-11-20-money" is published without what its customer said' in ran.err
    assert asked.run("build").code == 1, "until the file is mended"
    page = asked.files["log/2026-11-20-money/index.html"].decode()
    assert f">{MARK}</h1>" in page
    assert "Ana waits" not in page
    assert "Where is it?" not in page


def test_an_address_of_ours_that_has_the_words_is_named(asked: Site) -> None:
    asked.entry("2026-11-20-ana-ruiz-waits", "kind: announcement\ntitle: News\nopened: 2026-11-20 10:00")
    ran = asked.run("erase", "Ana Ruiz")
    assert "2026-11-20-ana-ruiz-waits.md: the name of this file, which is its address, has the words" in ran.err


def test_a_page_written_by_hand_is_named_and_left_alone(asked: Site) -> None:
    page = asked.write("content/pages/thanks.md", "# Thanks\n\nTo Ana Ruiz.\n")
    ran = asked.run("erase", "ana ruiz")
    assert "content/pages/thanks.md:3: what was erased still stands here" in ran.err
    assert "Ruiz" in page.read_text()


def test_nothing_of_earlier_builds_is_kept_and_the_site_is_built_again(asked: Site) -> None:
    asked.build()
    asked.write("build/words/old.json", "her landlord is furious")
    asked.write("build/words.sqlite", "her landlord is furious")
    asked.run("erase", "her landlord is furious")
    everywhere = [path for path in asked.root.rglob("*") if path.is_file()]
    assert [path for path in everywhere if b"landlord" in path.read_bytes()] == []
    assert (asked.out / "log/2026-11-20-money/index.html").is_file()


def test_it_says_what_git_still_holds_and_how_to_cut_it(asked: Site) -> None:
    said = asked.run("erase", "her landlord is furious").err
    for part in ("git commit-tree", "git filter-repo --replace-text", "forks", "Search engines"):
        assert part in said


def test_a_wish_that_stands_everywhere_is_refused_with_what_to_give(asked: Site) -> None:
    ran = asked.run("erase", "is")
    assert ran.code == 1
    assert '"is" would be found everywhere' in ran.err
    assert "the address of the post" in ran.err
    assert not (asked.root / "content/erased.yml").exists()


def test_an_entry_that_is_not_on_record_is_refused(asked: Site) -> None:
    ran = asked.run("erase", "landlord", "--in", "2026-11-20-mony")
    assert 'there is no entry "2026-11-20-mony". Did you mean "2026-11-20-money"?' in ran.err


def test_a_broken_memory_stops_the_build_before_the_words_come_back(asked: Site) -> None:
    asked.run("erase", "her landlord is furious")
    asked.write("content/erased.yml", "salt: x\nerased:\n  - {on: 2026-11-28}\n")
    ran = asked.run("build")
    assert ran.code == 1
    assert "content/erased.yml:3" in ran.err
    assert "this erases nothing" in ran.err
