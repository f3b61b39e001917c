"""What the record becomes, without a folder or a builder: feeds move with news alone, and no text breaks a page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bare_press import ACME, bare_press
from tests.every_field import every_field

from onrecord import plugins
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.kinds import Kind
from onrecord.model.people import Component, Voice
from onrecord.record.record import Record, readable
from onrecord.record.run import SourceReport

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)" onclick=x()>b</a>',
    "\"'></title></style></textarea></p></li></ul></main></body><svg onload=alert(1)><math><mtext></mtext>",
    "{{ 7 * 7 }} {% raw %} {# x #} %(num)s %s {0} ${x} &lt;b&gt; &#60;b&#62; ]]> <!-- --> <![CDATA[",
    "javascript:alert(1) ' onmouseover='x()' style=position:fixed class=state id=__skip",
    "\u202etxt.exe \u2066 \u200b\ufeff \u00ad",
)
URLS = ("https://x.example/?q='onclick=x()&a=%22%3E%3Cscript%3E", "http://x.example/{{7*7}}?%28num%29s&amp;#x22;")


def files_of(record: Record) -> dict[str, bytes]:
    press = bare_press(record.site)
    return {
        file.path: file.content for output in plugins.outputs().values() for file in output().files(record, press)
    }


def entry(entry_id: str, kind: str = "incident", opened: str = "2026-11-20 08:02", **fields: Any) -> Entry:
    plain = {"id": entry_id, "kind": kind, "title": f"About {entry_id}", "status": "investigating", "opened": opened}
    return ENTRIES.validate_python({**plain, **fields})


def record_of(*entries: Entry, now: datetime = NOW) -> Record:
    return Record(site=ACME, now=now, entries=readable(entries, now))


def in_feed(files: dict[str, bytes]) -> list[Element]:
    return fromstring(files["feed.xml"]).findall(f"{ATOM}entry")  # noqa: S314 - we wrote it


def text(node: Element, name: str) -> str:
    return node.findtext(f"{ATOM}{name}") or ""


def test_the_feed_has_what_atom_asks_for() -> None:
    files = files_of(record_of(*(every_field(kind, "Words", id=f"a-{kind}") for kind in Kind)))
    feed = fromstring(files["feed.xml"])  # noqa: S314 - we wrote it
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": "https://status.acme.example/feed.xml", "alternate": "https://status.acme.example/"}
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Acme on record"
    ids = [text(feed, "id"), *(text(node, "id") for node in in_feed(files))]
    assert len(set(ids)) == len(ids) == 1 + len(Kind)
    for node in (feed, *in_feed(files)):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text(node, "updated"))
        assert text(node, "title")
    for node in in_feed(files):
        content = node.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"
        assert [link.get("href") for link in node.findall(f"{ATOM}link")] == [text(node, "id")]


def test_the_feed_has_the_fifty_entries_that_changed_last_the_latest_first() -> None:
    hours = [NOW - timedelta(hours=(7 * number) % 60 + 1) for number in range(60)]
    files = files_of(record_of(*(entry(f"e-{at:%d-%H}", opened=at.isoformat(" ", "minutes")) for at in hours)))
    updated = [text(node, "updated") for node in in_feed(files)]
    assert updated == sorted((f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in hours), reverse=True)[:50]


def test_the_feed_moves_with_an_entry_and_not_with_the_clock() -> None:
    before = files_of(record_of(entry("late-mail")))["feed.xml"]
    assert files_of(record_of(entry("late-mail"), now=NOW + timedelta(days=400)))["feed.xml"] == before
    news = entry("late-mail", updates=[{"at": "2026-11-21 09:00", "body": "It is fixed."}])
    moved = files_of(record_of(news))
    assert [text(node, "updated") for node in in_feed(moved)] == ["2026-11-21T09:00:00Z"]


def test_each_component_and_each_topic_has_a_feed_of_what_is_about_it_and_its_page_leads_there() -> None:
    mail = entry("late-mail", components=["mail"], topics=["sign-in"])
    record = replace(record_of(mail, entry("cards")), components={"mail": Component(name="Mail & more")})
    files = files_of(record)
    assert len(in_feed(files)) == 2
    for page, title in (("component/mail/", "Mail & more"), ("topic/sign-in/", "sign in")):
        feed = fromstring(files[f"{page}feed.xml"])  # noqa: S314 - we wrote it
        assert feed.findtext(f"{ATOM}title") == f"Acme on record: {title}"
        assert text(feed, "id") == f"https://status.acme.example/{page}feed.xml"
        assert [text(node, "title") for node in feed.findall(f"{ATOM}entry")] == ["About late-mail"]
        tree = html5lib.parse(files[f"{page}index.html"].decode(), namespaceHTMLElements=False)
        leads = [node.tag for node in tree.iter() if node.get("href") == f"../../{page}feed.xml"]
        assert leads == ["link", "a"]


def test_a_feed_says_of_an_apology_all_that_its_page_says() -> None:
    apology: dict[str, Any] = {
        "kind": "apology",
        "status": "published",
        "affected": {"count": 1204, "who": "who paid by card"},
        "responsibility": "We did not test it.",
        "do_now": "Nothing.",
        "repair": {"what": "Money back.", "how_to_claim": "By itself.", "by": "2026-11-30"},
        "prevention": [{"action": "Two people look", "owner_role": "Payments", "due": "2026-12-01"}],
        "remains": "Receipts are blank.",
        "signed_by": "Ana Ruiz",
        "corrections": [{"at": "2026-11-20 09:00", "was": "All.", "now": "Some.", "why": "We counted again."}],
        "updates": [{"at": "2026-11-20 10:00", "body": "I got mine.", "by": "someone", "official": False}],
    }
    (node,) = in_feed(files_of(record_of(entry("sorry", **apology))))
    told = re.sub(r"<[^>]+>", "", text(node, "content"))
    facts = ("1,204", "who paid by card", "Nothing.", "Ana Ruiz")
    outcome = ("We did not test it.", "Money back.", "By itself.", "30 Nov 2026", "Receipts are blank.")
    steps = ("Two people look", "Payments", "1 Dec 2026", "we first wrote", "We counted again.")
    for said in (*facts, *outcome, *steps, "I got mine.", "someone", "unverified account"):
        assert said in told
    assert "<svg" not in text(node, "content")


def test_a_fix_leads_to_its_release_and_the_release_to_what_it_fixed() -> None:
    made = files_of(
        record_of(
            entry("news", "announcement", status="published", releases="v5.1.1"),
            entry("late-mail", "issue", status="fixed_unreleased", fixed_in="5.1.1"),
            entry("by-hand", "known-issue", status="resolved", closed="2026-11-20 09:00", fixed_in="5.1.1"),
            entry("a-note", "fix-note", status="published", version="5.1.1"),
            entry("later", "issue", status="fixed_unreleased", fixed_in="5.2"),
        )
    )
    for fixed in ("late-mail", "by-hand", "a-note"):
        assert b'<dt>Fixed in</dt><dd><a href="../../log/news/">5.1.1</a></dd>' in made[f"log/{fixed}/index.html"]
    assert b"<dt>Will be in</dt><dd>5.2</dd>" in made["log/later/index.html"]
    news = made["log/news/index.html"].decode()
    assert set(re.findall(r'href="../../log/([a-z-]+)/"', news)) == {"late-mail", "by-hand", "a-note"}
    assert "Fixed in this release" in news
    told = [text(node, "content") for node in in_feed(made)]
    assert sum('<a href="https://status.acme.example/log/news/">5.1.1</a>' in content for content in told) == 3


def test_a_record_without_a_source_and_without_an_entry_has_no_dead_words() -> None:
    home = files_of(record_of())["index.html"].decode()
    assert "We have not logged anything yet.</p>" in home
    assert "undefined" not in home.lower()
    assert "None" not in home


def test_an_empty_record_starts_on_the_day_that_it_was_given_and_on_no_other() -> None:
    site = ACME.model_copy(update={"starts": date(2026, 11, 1)})
    for now in (NOW, NOW + timedelta(days=3)):
        home = files_of(replace(record_of(now=now), site=site))["index.html"].decode()
        assert "We have not logged anything yet. This record starts on 1 Nov 2026." in home
    assert "This record starts" not in files_of(record_of())["index.html"].decode()


@settings(max_examples=20, deadline=None)
@given(st.permutations(tuple(Kind)))
def test_the_order_in_which_entries_are_read_changes_nothing(order: list[Kind]) -> None:
    entries = [every_field(kind, "Words", id=f"a-{kind}") for kind in Kind]
    by_kind = {each.kind: each for each in entries}
    assert files_of(record_of(*(by_kind[kind] for kind in order))) == files_of(record_of(*entries))


@pytest.mark.parametrize("kind", [Kind.ANNOUNCEMENT, Kind.APOLOGY, Kind.FIX_NOTE])
def test_a_note_that_was_taken_back_says_when(kind: Kind) -> None:
    taken = {"at": "2026-11-20T15:00:00Z", "status": "withdrawn", "body": "It was a mistake."}
    page = files_of(record_of(every_field(kind, "Words", status="withdrawn", updates=[taken])))
    assert '<dt>Withdrawn</dt><dd><time datetime="2026-11-20T15:00:00Z">' in page["log/the-entry/index.html"].decode()


@pytest.mark.parametrize(
    ("fields", "unanswered"),
    [
        ({}, True),
        ({"kind": "known-issue", "raised": {"at": "2026-11-12 10:00"}}, True),
        ({"kind": "known-issue"}, False),
        ({"updates": [{"at": "2026-11-20 10:00", "status": "identified"}]}, True),
        ({"updates": [{"at": "2026-11-20 10:00", "body": "Me too.", "official": False}]}, True),
        ({"updates": [{"at": "2026-11-20 10:00", "body": "Yes, it is us."}]}, False),
        ({"status": "resolved"}, False),
        ({"kind": "incident"}, False),
    ],
)
def test_what_someone_raised_and_nobody_answered_says_so(fields: dict[str, Any], unanswered: bool) -> None:
    page = files_of(record_of(entry("late-mail", **{"kind": "issue", **fields})))["log/late-mail/index.html"]
    assert (b"We have not answered it in public yet." in page) == unanswered


def test_a_known_issue_that_nobody_raised_is_known_and_not_raised() -> None:
    fixed: dict[str, Any] = {"kind": "known-issue", "status": "resolved", "closed": "2026-11-21"}
    page = "log/late-mail/index.html"
    assert b"<dt>Known since</dt>" in files_of(record_of(entry("late-mail", **fixed)))[page]
    raised = {"at": "2026-11-12 10:00"}
    assert b"<dt>Raised</dt>" in files_of(record_of(entry("late-mail", raised=raised, **fixed)))[page]


def test_an_entry_leads_to_the_places_that_its_words_do_not_lead_to() -> None:
    there, here = "https://git.example/1", "https://social.example/1"
    fields: dict[str, Any] = {
        "venues": [{"name": "GitHub", "url": there}, {"name": "Mastodon", "url": here}, {"name": "By phone"}],
        "source": {"name": "app", "url": there},
    }
    record = record_of(
        entry("late-mail", updates=[{"at": "2026-11-20 10:00", "body": "Yes.", "url": here}], **fields)
    )
    assert [place.name for place in record.places(record.entries[0])] == ["GitHub", "By phone"]


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ("2026-11-20 02:40", "Planned for 20 Nov 2026, 01:00–03:00 UTC; done 02:40 UTC."),
        ("2026-11-20 03:00", "20 Nov 2026, 01:00–03:00 UTC."),
        ("2026-11-21 03:10", "Planned for 20 Nov 2026, 01:00–03:00 UTC; done 21 Nov 2026, 03:10 UTC."),
    ],
)
def test_work_that_was_not_done_as_planned_says_when_it_was(closed: str, said: str) -> None:
    times = {"scheduled_for": "2026-11-20 01:00", "scheduled_until": "2026-11-20 03:00", "closed": closed}
    work = entry("servers", "maintenance", "2026-11-12 10:00", status="completed", **times)
    page = re.sub(r"<[^>]+>", "", files_of(record_of(work))["maintenance/index.html"].decode())
    assert said in [line.strip() for line in page.splitlines()]


def test_an_announcement_whose_time_is_over_says_so() -> None:
    news = every_field(Kind.ANNOUNCEMENT, "Words", expires_at=NOW + timedelta(hours=1), status="published")
    page = "log/the-entry/index.html"
    assert b"No longer current" not in files_of(record_of(news))[page]
    assert b"No longer current" in files_of(record_of(news, now=NOW + timedelta(hours=2)))[page]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(Kind), st.integers(0, 40 * 24 * 60), st.booleans()
)  # within a year: search has a shard for this one
def test_the_clock_touches_no_page_but_those_that_speak_of_time(kind: Kind, minutes: int, promised: bool) -> None:
    fields: dict[str, Any] = {"expires_at": None} if promised else {"expires_at": None, "updates": ()}
    if kind is Kind.MAINTENANCE:  # a person's word: what is only planned moves by the clock, and has its own tests
        fields["status"] = "completed"
    one = every_field(kind, "Words", **fields)
    now = datetime(2026, 11, 20, 8, 2, tzinfo=UTC)
    before, after = files_of(record_of(one, now=now)), files_of(record_of(one, now=now + timedelta(minutes=minutes)))
    may = {"index.html", "build.json", *(path for path in after if path.startswith("scoreboard/"))}
    if minutes >= 60:  # the promise is due an hour later, `expires_at` and "fixed in the last 30 days" later still
        may |= {"log/the-entry/index.html", "known/index.html"}
    assert {path for path in after if after[path] != before.get(path)} <= may


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_in_every_field_adds_no_element_and_no_attribute(kind: Kind, hostile: str, url: str) -> None:
    harmless = files_of(filled(kind, "words", "https://x.example/1"))
    for path, content in files_of(filled(kind, hostile, url)).items():
        if path.endswith(".html"):
            assert shape(content) == shape(harmless[path]), path


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(Kind), st.text(st.sampled_from("<>\"'&;#x{}%()=/ab !-[]\\`\u202e\u0000"), min_size=1))
def test_no_text_at_all_adds_an_element_or_an_attribute(kind: Kind, hostile: str) -> None:
    line = "x" + hostile.replace("\0", "")
    made = replace(filled(kind, line, "https://x.example/1"), site=ACME)  # another site is another press: slow
    harmless = files_of(replace(filled(kind, "x", "https://x.example/1"), site=ACME))
    for path, content in files_of(made).items():
        if path.endswith(".html"):
            assert shape(content) == shape(harmless[path]), path


def filled(kind: Kind, line: str, url: str) -> Record:
    site = ACME.model_copy(update={"title": line, "description": line, "tell_us": url})
    return Record(
        site=site,
        now=NOW,
        entries=(every_field(kind, line, url),),
        components={"payments": Component(name=line, description=line)},
        voices={line.strip(): Voice(name=line, role=line)},
        sources=(SourceReport("app", line, url, NOW, line, NOW), SourceReport("news", line, url, NOW)),
    )


def shape(page: bytes) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return the elements of a page with their attributes; addresses and descriptions are values, not shape.

    What stands in an element of class `words` went through the allow-list, which has tests of its own.
    """
    tree = html5lib.parse(page.decode(), namespaceHTMLElements=False)
    return list(walk(tree))


def walk(node: Any) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    values = {"href", "content", "title"}
    attributes = sorted((name, "" if name in values else value) for name, value in node.attrib.items())
    yield node.tag if isinstance(node.tag, str) else "a comment", tuple(attributes)
    if node.get("class") != "words":
        for child in node:
            yield from walk(child)


def test_the_addresses_of_every_page_are_web_addresses_or_within_the_site() -> None:
    for kind in Kind:
        for path, content in files_of(filled(kind, HOSTILE[0], URLS[0])).items():
            if path.endswith(".html"):
                tree = html5lib.parse(content.decode(), namespaceHTMLElements=False)
                for node in tree.iter():
                    found = node.get("href")
                    assert found is None or re.match(r"https?://[a-z.]+/|(\.\./)*[\w./#-]*$|\./|/|#|mailto:", found)


def test_a_source_that_failed_is_named_with_when_and_how_old_the_list_is() -> None:
    read = NOW - timedelta(days=1)
    record = replace(record_of(), sources=(SourceReport("app", "GitHub, acme/app", None, read, "502", NOW),))
    home = re.sub(r"<[^>]+>", "", files_of(record)["index.html"].decode())
    said = "We could not read GitHub, acme/app at 21 Nov 2026, 09:12 UTC. This list is from 20 Nov 2026."
    assert said in " ".join(home.split())
