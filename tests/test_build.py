"""What a build refuses, what it only tells, and a dry run of it."""

import pytest
from tests.own_site import NOW, Site, read_all

ENTRY = "kind: incident\ntitle: Mail is late\nopened: 2026-11-20 08:00\n"


def test_a_dry_run_renders_everything_and_writes_nothing(site: Site) -> None:
    site.entry("late-mail", ENTRY, "Words.\n")
    before = read_all(site.root / "content")
    ran = site.run("-v", "build", "--now", NOW, "--dry-run")
    assert ran.code == 0
    assert "would write log/late-mail/index.html" in ran.err
    assert "would be written" in ran.out
    assert read_all(site.root / "content") == before
    assert not site.out.exists()
    assert not (site.root / "build/manifest.json").exists()


@pytest.mark.parametrize("how", [(), ("--dry-run",)])
def test_a_dry_run_refuses_what_a_build_refuses(site: Site, how: tuple[str, ...]) -> None:
    site.write("content/demo.yml", "url: https://demo.example/\nnow: 2026-11-21\n")
    assert site.run("build", *how).code == 1
    assert site.run("build", "--now", "rubbish", *how).code == 2


@pytest.mark.parametrize("name", ["feed.xml", "build.json", "log/index.html"])
def test_a_file_of_the_sites_own_may_not_take_the_place_of_one_of_the_record(site: Site, name: str) -> None:
    site.write(f"content/pages/{name}", "mine")
    ran = site.run("build", "--now", NOW)
    assert ran.code == 1
    assert "the record has a page at" in ran.err
    assert "Traceback" not in ran.said


def test_a_robots_txt_of_the_sites_own_is_meant(site: Site) -> None:
    site.write("content/pages/robots.txt", "User-agent: *\nDisallow: /\n")
    assert site.build()["robots.txt"] == b"User-agent: *\nDisallow: /\n"


def test_a_clean_build_writes_every_file_again_and_the_same(site: Site) -> None:
    warm = site.build()
    ran = site.run("build", "--now", NOW, "--clean")
    assert f"({len(warm)} written, 0 deleted)" in ran.out
    assert site.files == warm


def test_what_is_pinned_stands_first_until_it_expires(site: Site) -> None:
    news = "kind: announcement\ntitle: We move\nopened: 2026-11-01\npinned: true\nexpires_at: 2026-11-22\n"
    site.entry("we-move", news)
    assert b"Please note" in site.build()["index.html"]
    assert b"Please note" not in site.build("2026-11-23 09:00")["index.html"]


def test_an_older_id_leads_on_and_is_told_when_it_cannot(site: Site) -> None:
    site.entry("late-mail", ENTRY + "aliases: [mail-1]\n")
    page = site.build()["log/mail-1/index.html"].decode()
    assert '<meta http-equiv="refresh" content="0; url=../../log/late-mail/">' in page
    assert "mail-1" not in site.files["sitemap.xml"].decode()
    site.entry("other", ENTRY + "aliases: [mail-1, late-mail]\n")
    said = site.run("check").err
    assert 'the alias "mail-1" of "other" belongs to "late-mail"' in said
    assert 'the alias "late-mail" of "other" belongs to "late-mail"' in said


def test_a_colour_without_quotes_is_not_lost_in_silence(site: Site) -> None:
    settings = (site.root / "site_config.yml").read_text()
    site.write("site_config.yml", settings + "theme:\n  accent: #c8102e\n")
    ran = site.run("check")
    assert 'a colour needs quotes around it\n    write accent: "#c8102e"' in ran.err


def test_frames_that_were_half_lost_are_made_again(site: Site) -> None:
    before = site.build()
    (site.root / "build/frames/made.json").write_text("{")
    assert site.build() == before
