"""`onrecord log`: a complaint from anywhere goes on record by its address, once, and who repeats it is counted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.own_site import Site, read_all
from tests.terminal import Person

from onrecord.log.written import front_matter
from onrecord.model.entry import Issue, write_entry
from onrecord.model.kinds import Kind, Status
from onrecord.model.parts import Raised, Venue

AT = ("--at", "2026-11-20 08:30")
POST = "https://mastodon.social/@ana/113456789012345678"
REDDIT = "https://www.reddit.com/r/acme/comments/1gx2ab3/cards_are_declined/"
VOICES = """
acme:
  name: Acme
  accounts:
    - {platform: mastodon, handle: "@help@social.acme.example"}
"""


def facts(path: Path) -> dict[str, object]:
    return front_matter(path.read_text("utf-8"), path.name)[0].plain


def first(ran_out: str, site: Site) -> Path:
    return site.root / ran_out.splitlines()[0]


def test_a_post_becomes_an_issue_that_says_where_it_was_raised(site: Site) -> None:
    ran = site.run("log", f"{POST}?utm_source=share", "--title", "Cards are declined", *AT)
    assert ran.code == 0, ran.said
    assert ran.out == (
        "content/entries/2026/2026-11-20-cards-are-declined.md\n"
        "https://status.acme.example/log/2026-11-20-cards-are-declined/\n"
    )
    written = facts(first(ran.out, site))
    assert written.pop("logged_at")
    assert written == {
        "kind": "issue",
        "title": "Cards are declined",
        "opened": "2026-11-20 08:30",
        "raised": {"at": "2026-11-20 08:30", "venue": "Mastodon, mastodon.social", "url": POST},
    }
    assert site.run("check", "--strict").code == 0


def test_without_a_title_it_stays_a_draft_until_a_person_wrote_one(site: Site) -> None:
    ran = site.run("log", REDDIT, *AT)
    assert ran.code == 0
    written = facts(first(ran.out, site))
    assert (written["title"], written["draft"]) == ("Raised on Reddit, r/acme", "true")
    assert 'take out the line "draft: true"' in ran.err
    assert "reddit" not in str(site.build())


def test_the_template_asks_for_a_title_a_paraphrase_and_components(site: Site) -> None:
    text = first(site.run("log", REDDIT, *AT).out, site).read_text("utf-8")
    assert "in your words:\ntitle: " in text
    assert "only with their consent" in text
    assert "\n  paraphrase:\n" in text
    assert "\ncomponents:\n" in text


def test_facts_may_be_set_at_once(site: Site) -> None:
    said = ("--set", "raised.paraphrase=Paid, but no receipt: twice", "--set", "impact=minor")
    ran = site.run("log", REDDIT, "--title", "No receipt", *AT, *said)
    assert ran.code == 0, ran.said
    written = facts(first(ran.out, site))
    assert written["impact"] == "minor"
    assert written["raised"] == {
        "at": "2026-11-20 08:30",
        "venue": "Reddit, r/acme",
        "url": "https://www.reddit.com/comments/1gx2ab3",
        "paraphrase": "Paid, but no receipt: twice",
    }


@pytest.mark.parametrize(
    "again",
    [
        "https://old.reddit.com/r/acme/comments/1gx2ab3/",
        "https://redd.it/1gx2ab3",
        "https://www.reddit.com/r/acme/comments/1gx2ab3/cards_are_declined/?utm_source=share&sort=new#x",
    ],
)
def test_no_post_is_logged_twice_however_it_is_spelled(again: str, site: Site) -> None:
    logged = site.run("log", REDDIT, "--title", "Cards", *AT)
    before = read_all(site.root / "content")
    for more in ((), ("--title", "Other"), ("--entry", "2026-11-20-cards")):
        ran = site.run("log", again, *AT, *more)
        assert (ran.code, ran.out) == (0, logged.out)
        assert "https://www.reddit.com/comments/1gx2ab3 is on record already." in ran.err
    assert read_all(site.root / "content") == before


def test_an_address_is_found_wherever_an_entry_has_it(site: Site) -> None:
    site.entry(
        "late",
        "kind: known-issue\ntitle: Late\nopened: 2026-11-01\n"
        "raised: {at: 2026-11-01, url: 'https://twitter.com/ana/status/1'}\n"
        "venues:\n  - {name: Forum, url: 'https://forum.acme.example/t/late-mail/5'}\n"
        "updates:\n  - {at: 2026-11-02, body: We see it., url: 'https://bsky.app/profile/acme.example/post/3l'}\n",
    )
    for url in (
        "https://x.com/i/web/status/1",
        "https://forum.acme.example/t/5",
        "https://bsky.app/profile/Acme.example/post/3l?ref_src=embed",
    ):
        assert site.run("log", url).out.splitlines()[0] == "content/entries/late.md"
    assert len(list((site.root / "content/entries").rglob("*.md"))) == 1


def test_whoever_says_it_too_joins_the_entry_and_is_counted(site: Site) -> None:
    path = first(site.run("log", POST, "--title", "Cards", *AT).out, site)
    above = path.read_text("utf-8")
    more = (REDDIT, "https://news.ycombinator.com/item?id=42", "https://redd.it/1gx2ab3")
    ran = site.run("log", *more, "--entry", "2026-11-20-cards", "--at", "2026-11-20 10:00")
    assert (ran.code, first(ran.out, site)) == (0, path), ran.said
    written = facts(path)
    assert written["raised"] == {
        "at": "2026-11-20 08:30",
        "venue": "Mastodon, mastodon.social",
        "url": POST,
        "count": "3",
    }
    assert written["venues"] == [
        {"name": "Reddit, r/acme", "url": "https://www.reddit.com/comments/1gx2ab3", "at": "2026-11-20 10:00"},
        {"name": "Hacker News", "url": "https://news.ycombinator.com/item?id=42", "at": "2026-11-20 10:00"},
    ]
    assert [line for line in above.splitlines() if line not in path.read_text("utf-8").splitlines()] == [
        "# venues:",
        "#   - name:",
        "#     url:",
        "#     at:",
    ]


def test_several_addresses_with_one_title_are_one_matter(site: Site) -> None:
    ran = site.run("log", POST, REDDIT, "--title", "Cards", *AT)
    assert ran.out.count("\n") == 2
    written = facts(first(ran.out, site))
    assert written["raised"] == {
        "at": "2026-11-20 08:30",
        "venue": "Mastodon, mastodon.social",
        "url": POST,
        "count": "2",
    }
    assert [venue["name"] for venue in written["venues"]] == ["Reddit, r/acme"]  # type: ignore[attr-defined]


def test_several_addresses_without_a_title_are_a_matter_each(site: Site) -> None:
    ran = site.run(
        "log", "https://x.com/a/status/1", "https://x.com/b/status/2", "https://twitter.com/a/status/1", *AT
    )
    assert [Path(line).stem for line in ran.out.splitlines()[::2]] == [
        "2026-11-20-raised-on-x",
        "2026-11-20-raised-on-x-2",
    ]


def test_over_a_pulled_entry_only_what_is_new_is_written(site: Site) -> None:
    at = datetime(2026, 11, 19, 8, 11, 42, tzinfo=UTC)
    url = "https://github.com/acme/app/issues/7"
    pulled = Issue(
        kind=Kind.ISSUE,
        id="app-7",
        title="Crash",
        status=Status.REPORTED,
        opened=at,
        venues=(Venue(name="GitHub", url=url),),
        raised=Raised(at=at, venue="GitHub", url=url),
    )
    kept = site.root / "content/record/pulled/app/2026/app-7.json"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(write_entry(pulled))
    assert site.run("log", f"{url}#issue-1").out.startswith("content/record/pulled/app/2026/app-7.json\n")

    ran = site.run("log", REDDIT, "--entry", "app-7", *AT)
    assert ran.code == 0, ran.said
    assert (site.root / "content/entries/app-7.md").read_text("utf-8") == (
        "---\nraised:\n  count: 2\nvenues:\n  - name: Reddit, r/acme\n"
        "    url: https://www.reddit.com/comments/1gx2ab3\n    at: 2026-11-20 08:30\n---\n"
    )
    again = site.run("log", "https://news.ycombinator.com/item?id=42", "--entry", "app-7", *AT)
    assert again.code == 0, again.said
    written = facts(site.root / "content/entries/app-7.md")
    assert written["raised"] == {"count": "3"}
    assert len(written["venues"]) == 2  # type: ignore[arg-type]
    assert kept.read_bytes() == write_entry(pulled)


def test_the_first_complaint_about_what_we_found_ourselves_says_where_it_was_raised(site: Site) -> None:
    path = site.entry("late", "kind: known-issue\ntitle: Late\nopened: 2026-11-01")
    site.run("log", REDDIT, POST, "--entry", "late", *AT)
    assert facts(path)["raised"] == {
        "at": "2026-11-20 08:30",
        "venue": "Reddit, r/acme",
        "url": "https://www.reddit.com/comments/1gx2ab3",
        "count": "2",
    }
    assert [venue["url"] for venue in facts(path)["venues"]] == [POST]  # type: ignore[attr-defined]


def test_an_incident_gets_the_venue_and_counts_nobody(site: Site) -> None:
    path = site.entry("down", "kind: incident\ntitle: Down\nopened: 2026-11-20")
    assert site.run("log", REDDIT, "--entry", "down", *AT).code == 0
    assert "raised" not in facts(path)
    assert len(facts(path)["venues"]) == 1  # type: ignore[arg-type]


def test_our_own_post_is_an_answer_and_counts_nobody(site: Site) -> None:
    site.write("content/voices.yml", VOICES)
    ours = "https://social.acme.example/@Help/99"
    refused = site.run("log", ours, "--title", "A")
    assert refused.code == 1
    assert f"{ours}: this is a post of our own: Acme\n    say with --entry ID what it answers" in refused.err
    path = first(site.run("log", POST, "--title", "Cards", *AT).out, site)
    assert site.run("log", ours, "--entry", "2026-11-20-cards", *AT).code == 0
    assert "count" not in facts(path)["raised"]  # type: ignore[operator]
    assert [venue["url"] for venue in facts(path)["venues"]] == [ours.lower()]  # type: ignore[attr-defined]


def test_a_page_that_reviews_share_is_found_again_and_more_people_can_be_counted(site: Site) -> None:
    app = "https://apps.apple.com/us/app/acme-pay/id1234567890?see-all=reviews"
    path = first(site.run("log", app, "--title", "Cards", *AT).out, site)
    again = site.run("log", app, *AT)
    assert (again.code, first(again.out, site)) == (0, path)
    assert "count one more with --entry 2026-11-20-cards, or give another matter its --title" in again.err
    site.run("log", app, "--entry", "2026-11-20-cards", *AT)
    site.run("log", app, "--entry", "2026-11-20-cards", *AT)
    assert facts(path)["raised"]["count"] == "3"  # type: ignore[index]
    assert len(facts(path)["venues"]) == 1  # type: ignore[arg-type]
    other = site.run("log", app, "--title", "No receipt", *AT)
    assert other.out.startswith("content/entries/2026/2026-11-20-no-receipt.md\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["javascript:alert(1)"], "javascript:alert(1): this is not a web address\n    write one like"),
        (["https://t.co/abc"], "https://t.co/abc: this only leads on to another address\n    open it, and log the"),
        (["https://www.reddit.com/r/acme/s/Ab12"], "this only leads on to another address"),
        (["https://x.com/ana"], "this is a page of X, but no post that we could tell from others\n    open the post"),
        ([POST, "--entry", "lat"], 'there is no entry "lat". Did you mean "late"?'),
        ([POST, "--entry", "late", "--title", "A"], "--title: this is for a new entry, and --entry names one"),
        ([POST, "--entry", "late", "--set", "impact=minor"], "--set: this is for a new entry"),
        ([POST, "--title", "A", "--set", "impact=huge"], '"impact" cannot be "huge".'),
        (["--title", "A"], "Missing argument 'URL…'"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_written(words: list[str], said: str, site: Site) -> None:
    site.entry("late", "kind: incident\ntitle: Late\nopened: 2026-11-01")
    before = read_all(site.root / "content")
    ran = site.run("log", *words)
    assert ran.code in (1, 2)
    assert said in ran.err
    assert read_all(site.root / "content") == before


def test_all_bad_addresses_are_named_at_once_and_good_ones_wait(site: Site) -> None:
    before = read_all(site.root / "content")
    ran = site.run("log", POST, "https://t.co/a", "ftp://x", "https://x.com/ana")
    assert (ran.code, ran.err.count("error: ")) == (1, 3)
    assert read_all(site.root / "content") == before


def test_what_cannot_be_looked_into_is_named(site: Site) -> None:
    site.entry("broken", "kind: issue")
    assert "Not looked into, because it cannot be read: content/entries/broken.md" in site.run("log", POST).err


def test_a_dry_run_shows_what_would_be_logged(site: Site) -> None:
    before = read_all(site.root / "content")
    ran = site.run("log", POST, "--title", "Cards", *AT, "--dry-run")
    assert f"+  url: {POST}\n" in ran.out
    assert read_all(site.root / "content") == before


def test_a_person_at_a_terminal_is_asked_what_it_is_about(site: Site) -> None:
    path = site.entry("late", "kind: known-issue\ntitle: Late\nopened: 2026-11-01")
    with Person(site, "log", POST, *AT) as person:
        assert person.asked() == (
            f"{POST}\nWhich entry is it about, if there is one?\n  late\n(Enter leaves it out) > "
        )
        person.types("lat")
        assert 'Did you mean "late"?' in person.asked()
        person.types("late")
        assert person.leaves()[0] == 0
    assert facts(path)["raised"] == {"at": "2026-11-20 08:30", "venue": "Mastodon, mastodon.social", "url": POST}


def test_a_person_at_a_terminal_words_a_new_matter(site: Site) -> None:
    with Person(site, "log", REDDIT, *AT) as person:
        person.asked()
        person.types("")
        assert "in your words:\n(needed) > " in person.asked()
        person.types("Cards are declined")
        for wanted, answer in (
            ("components.yml", ""),
            ("How much it hurts", "major"),
            ("What they said, in our words", "The till says no."),
        ):
            assert wanted in person.asked()
            person.types(answer)
        code, shown = person.leaves()
    assert code == 0, shown
    written = facts(site.root / "content/entries/2026/2026-11-20-cards-are-declined.md")
    assert written["raised"]["paraphrase"] == "The till says no."  # type: ignore[index]
    assert "draft" not in written


def test_forty_complaints_from_three_venues_go_on_record_once_each(site: Site) -> None:
    spelled = [
        (f"https://mastodon.social/@a{one}/{one + 99}", f"https://mastodon.social/users/A{one}/statuses/{one + 99}")
        for one in range(14)
    ]
    spelled += [
        (f"https://redd.it/ab{one}", f"https://old.reddit.com/r/acme/comments/ab{one}/x/") for one in range(13)
    ]
    hacker_news = "https://news.ycombinator.com/item?id="
    spelled += [(f"{hacker_news}{one + 99}", f"{hacker_news}1#{one + 99}") for one in range(13)]
    assert site.run("log", *(one for one, _ in spelled), *AT).code == 0
    before = read_all(site.root / "content/entries")
    assert len(before) == 40
    again = site.run("log", *(other for _, other in spelled), *AT)
    assert (again.code, again.err.count("is on record already.")) == (0, 40)
    assert read_all(site.root / "content/entries") == before
