"""What the items of a feed mean for the record."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.sources.feeds import NOW, atom, batch, known, rss, source

from onrecord.contracts import Known
from onrecord.model.entry import Entry
from onrecord.model.kinds import Kind, Status
from onrecord.model.people import Voice
from onrecord.sources.feed import Feed

ITEM = (
    "<title>Cards work again</title><link>https://acme.example/1</link><guid>tag:1</guid>"
    "<pubDate>Tue, 17 Nov 2026 12:00:00 GMT</pubDate><description>Since noon.</description>"
)


def after(feed: str, start: Known | None = None, using: Feed | None = None, **settings: Any) -> Known:
    """Return what is known after a feed was understood."""
    start = start or known()
    meant = (using or source(**settings)).understand(batch(feed), start)
    entries = {**start.entries, **{entry.id: entry for entry in meant.entries}}
    return replace(start, entries=entries, marks=meant.marks)


def entry_of(feed: str, start: Known | None = None, **settings: Any) -> Entry:
    (entry,) = after(feed, start, **settings).entries.values()
    return entry


def test_an_item_becomes_an_announcement() -> None:
    entry = entry_of(rss(ITEM))
    assert (entry.kind, entry.status, entry.title) == (Kind.ANNOUNCEMENT, Status.PUBLISHED, "Cards work again")
    assert entry.opened == datetime(2026, 11, 17, 12, tzinfo=UTC)
    assert "Since noon." in entry.body
    assert entry.source
    assert (entry.source.name, entry.source.url, entry.source.fetched_at) == ("news", "https://acme.example/1", NOW)


def test_an_id_is_made_of_what_tells_an_item_from_others_and_stays() -> None:
    name = entry_of(rss(ITEM)).id
    assert name == "news-ad2b14ad6d75"
    assert entry_of(rss(ITEM.replace("Cards", "Phones").replace("/1<", "/2<"))).id == name
    assert entry_of(rss(ITEM.replace("tag:1", "tag:2"))).id != name
    assert entry_of(rss(ITEM.replace("<guid>tag:1</guid>", ""))).id != name


def test_without_an_id_the_link_tells_items_apart_and_without_a_link_title_and_date() -> None:
    feed = rss(
        "<title>A</title><link>/1</link>", "<title>A</title><link>/2</link>", "<title>A</title>", "<title>B</title>"
    )
    assert len(after(feed).entries) == 4


def test_of_two_items_with_one_id_the_first_counts() -> None:
    entry = entry_of(rss("<title>Newer</title><guid>g</guid>", "<title>Older</title><guid>g</guid>"))
    assert entry.title == "Newer"


def test_understanding_twice_changes_nothing() -> None:
    once = after(rss(ITEM, "<title>No date</title>"))
    later = replace(once, now=NOW + timedelta(hours=1))
    meant = source().understand(batch(rss(ITEM, "<title>No date</title>")), later)
    assert meant.entries == ()
    assert meant.marks == once.marks


def test_a_missing_or_impossible_date_is_when_we_first_saw_it_for_ever() -> None:
    for stated in ("", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 17 Nov 2099 12:00:00 GMT"):
        feed = rss(f"<title>x</title><guid>g</guid><pubDate>{stated}</pubDate>")
        first = after(feed)
        (entry,) = first.entries.values()
        assert entry.opened == NOW
        assert after(feed, replace(first, now=NOW + timedelta(days=40_000))).entries == first.entries


def test_an_item_that_changed_updates_its_entry_and_not_its_date() -> None:
    first = after(rss(ITEM))
    later = replace(first, now=NOW + timedelta(hours=1))
    changed = ITEM.replace("Since noon", "Since one").replace("17 Nov", "18 Nov")
    entry = entry_of(rss(changed), later)
    assert "Since one" in entry.body
    assert entry.opened == datetime(2026, 11, 17, 12, tzinfo=UTC)
    assert entry.source
    assert entry.source.fetched_at == later.now


def test_an_update_is_dated_by_the_feed() -> None:
    stated = "<id>g</id><title>x</title><published>2026-11-17T12:00:00Z</published>"
    assert entry_of(atom(f"{stated}<updated>2026-11-18T12:00:00Z</updated>")).changed == datetime(
        2026, 11, 18, 12, tzinfo=UTC
    )
    assert entry_of(atom(f"{stated}<updated>2026-11-17T12:00:00Z</updated>")).updated is None
    assert entry_of(atom(f"{stated}<updated>2099-11-17T12:00:00Z</updated>")).updated is None


def test_an_item_that_left_the_feed_stays_on_record() -> None:
    first = after(rss(ITEM))
    assert after(rss(), first).entries == first.entries


def test_an_item_without_a_title_is_called_by_its_first_words() -> None:
    assert entry_of(rss("<description>&lt;p&gt;Cards work&lt;/p&gt; again</description>")).title == "Cards work again"
    silent = rss("<guid>g</guid><description>&lt;img src='https://['&gt;</description>")
    assert entry_of(silent).title == "Announcement"
    assert entry_of(silent, kind="fix-note").title == "Fix note"


def test_an_item_that_says_nothing_is_no_news() -> None:
    assert after(rss("<guid>g</guid><description> </description>", "")).entries == {}


def test_categories_decide_kind_and_topics_whatever_their_capitals() -> None:
    rules: dict[str, Any] = {
        "fix_note_categories": ["Bug fixes"],
        "topics": ["news"],
        "topic_categories": {"mail": "E-mail", "cards": "Cards"},
        "expires_after_days": 30,
    }
    plain = entry_of(rss(ITEM), **rules)
    assert (plain.kind, plain.topics) == (Kind.ANNOUNCEMENT, ("news",))
    assert plain.expires_at == plain.opened + timedelta(days=30)
    fixed = entry_of(rss(ITEM + "<category> bug  FIXES</category><category>cards</category>"), **rules)
    assert (fixed.kind, fixed.topics, fixed.expires_at) == (Kind.FIX_NOTE, ("news", "cards"), None)


def test_only_a_voice_is_named_as_author() -> None:
    voices = {"ana": Voice(name="Ana Ruiz"), "bo": Voice(name="Bo Lind", until=date(2026, 1, 1))}
    for author, name in (("Ana Ruiz", "ana"), ("ANA RUIZ ", "ana"), ("Bo Lind", None), ("Someone Else", None)):
        entry = entry_of(rss(f"{ITEM}<dc:creator>{author}</dc:creator>"), known(voices=voices))
        assert entry.author == name
        assert "Someone" not in entry.model_dump_json()


def test_the_language_is_the_feeds_if_it_is_one() -> None:
    assert entry_of(rss(ITEM, head="<language>de-AT</language>")).lang == "de-AT"
    assert entry_of(rss(ITEM, head="<language>pt_BR</language>")).lang == "pt-BR"
    assert entry_of(rss(ITEM, head="<language>German, mostly</language>")).lang == "en"
    assert entry_of(rss(ITEM)).lang == "en"


def test_without_link_no_address_of_the_feed_is_on_record() -> None:
    private = source(link=False)
    assert (private.title, private.address) == ("Feed", None)
    assert "https://" not in entry_of(rss(ITEM), using=private).model_dump_json()
    assert (source().title, source().address) == ("Feed, acme.example", "https://acme.example/blog/news.xml")


def test_marks_move_only_with_news_or_with_other_settings() -> None:
    first = source().understand(batch(rss(ITEM), etag="1"), known())
    assert first.marks["etag"] == "1"
    on_record = known(entries={entry.id: entry for entry in first.entries}, marks=first.marks)
    assert source().understand(batch(rss(ITEM), etag="2"), on_record).marks["etag"] == "1"
    assert source().understand(batch(rss(ITEM), etag="2", settings="others"), on_record).marks["etag"] == "2"
    assert source().understand(batch(rss(ITEM, "<title>y</title>"), etag="2"), on_record).marks["etag"] == "2"
