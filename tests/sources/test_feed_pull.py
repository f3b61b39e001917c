"""Pulling a feed: over HTTP from a small server, and from a file, as `onrecord pull` does it."""

from pathlib import Path
from typing import Any

import pytest
from tests.own_site import Site
from tests.pull.pulled import Pulled, files
from tests.sources.feeds import LocalFeed, rss, serving

NEWS = rss(
    "<title>Cards work again</title><guid>1</guid><pubDate>Tue, 17 Nov 2026 12:00:00 GMT</pubDate>"
    "<description>Write to jo@mailbox.org.</description>"
)
MORE = NEWS.replace("</channel>", "<item><title>And phones</title><guid>2</guid></item></channel>")


@pytest.fixture
def pulled(site: Site) -> Pulled:
    return Pulled(site)


def feed(server: LocalFeed, **more: Any) -> dict[str, Any]:
    return {"type": "feed", "url": server.news, "allow_private": True, **more}


def titles(pulled: Pulled) -> list[str]:
    return sorted(entry["title"] for entry in pulled.entries.values())


def test_a_feed_goes_on_record_without_personal_data_and_a_second_pull_writes_nothing(pulled: Pulled) -> None:
    with serving(NEWS, ETag='"1"') as server:
        pulled.settings(news=feed(server))
        assert "1 file changed; 1 request" in pulled.pull().said
        assert titles(pulled) == ["Cards work again"]
        assert pulled.on_disk("jo@mailbox") == []
        before = files(pulled.folder)
        assert "0 files changed; 1 request" in pulled.pull().said
        assert server.statuses == [200, 304]
        assert files(pulled.folder) == before


@pytest.mark.parametrize(
    ("headers", "condition"),
    [({"ETag": 'W/"1"'}, "if-none-match"), ({"last_modified": "Tue, 17 Nov 2026 12:00:00 GMT"}, "if-modified-since")],
)
def test_the_server_is_asked_whether_there_is_news(pulled: Pulled, headers: dict[str, str], condition: str) -> None:
    with serving(NEWS, **headers) as server:
        pulled.settings(news=feed(server))
        pulled.pull()
        pulled.pull()
        assert condition not in server.log[0].headers
        assert [server.log[1].headers[condition]] == list(headers.values())
        assert "json" not in server.log[0].headers["accept"]


def test_a_server_that_says_nothing_of_age_costs_no_writing_either(pulled: Pulled) -> None:
    with serving(rss("<title>And phones</title><guid>2</guid>")) as server:
        pulled.settings(news=feed(server))
        pulled.pull()
        before = files(pulled.folder)
        server.headers["etag"] = '"a new one each time"'
        pulled.pull()
        assert server.statuses == [200, 200]
        assert files(pulled.folder) == before


def test_links_stand_on_the_address_that_was_asked_and_not_on_content_location(pulled: Pulled) -> None:
    with serving(rss("<title>x</title><link>/1</link>"), content_location="http://10.1.1.1/news.xml") as server:
        pulled.settings(news=feed(server))
        pulled.pull()
        (entry,) = pulled.entries.values()
        assert entry["source"]["url"] == server.news.replace("news.xml", "1")


def test_news_is_added_and_nothing_is_lost_when_the_feed_moves_on(pulled: Pulled) -> None:
    with serving(NEWS, ETag='"1"') as server:
        pulled.settings(news=feed(server))
        pulled.pull()
        server.feed, server.headers["etag"] = rss("<title>And phones</title><guid>2</guid>").encode(), '"2"'
        assert "1 file changed" in pulled.pull().said
        assert titles(pulled) == ["And phones", "Cards work again"]


def test_other_settings_and_a_full_pull_read_the_feed_again(pulled: Pulled) -> None:
    with serving(NEWS, ETag='"1"') as server:
        pulled.settings(news=feed(server))
        pulled.pull()
        pulled.settings(news=feed(server, topics=["cards"]))
        assert "1 file changed" in pulled.pull().said
        pulled.pull("--full")
        pulled.pull()
        assert server.statuses == [200, 200, 200, 304]


def test_a_feed_that_is_none_changes_nothing_and_says_why(pulled: Pulled) -> None:
    with serving(NEWS) as server:
        pulled.settings(news=feed(server))
        pulled.pull()
        before = files(pulled.folder)
        server.feed = b"<!doctype html><html><p>Down for maintenance"
        assert "this is a web page and no feed" in pulled.pull(code=3).said
        assert files(pulled.folder) == before


def test_a_file_of_the_site_is_read_like_a_feed(pulled: Pulled) -> None:
    pulled.settings(news={"type": "feed", "url": "content/news.xml"})
    pulled.site.write("content/news.xml", NEWS)
    assert "1 file changed; 0 requests" in pulled.pull().said
    before = files(pulled.folder)
    assert "0 files changed; 0 requests" in pulled.pull().said
    assert files(pulled.folder) == before
    pulled.site.write("content/news.xml", MORE)
    assert "1 file changed" in pulled.pull().said
    assert titles(pulled) == ["And phones", "Cards work again"]


def test_a_saved_feed_is_loaded_instead_of_the_network(pulled: Pulled, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xml"
    saved.write_text(NEWS)
    pulled.settings(news={"type": "feed", "url": "https://acme.example/news.xml"})
    assert "1 file changed; 0 requests" in pulled.pull("news", "--load", str(saved)).said
    assert titles(pulled) == ["Cards work again"]
