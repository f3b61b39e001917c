"""The settings of a feed: where it is, and that a path never leads out of the site."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from tests.sources.feeds import source

from onrecord.errors import SourceFailed
from onrecord.sources.feed import Feed
from onrecord.sources.feed.settings import SiteFile


def at(root: Path, url: str, **fields: Any) -> Feed:
    return Feed.model_validate({"url": url, **fields}, context={"env": {}, "root": root})


def place(feed: Feed) -> SiteFile:
    assert isinstance(feed.url, SiteFile)
    return feed.url


def test_an_address_names_the_host_that_may_be_asked() -> None:
    feed = source(url="https://acme.example:8443/news.xml")
    assert feed.access().hosts == ("acme.example:8443",)
    assert source(url="content/news.xml").access().hosts == ()


@pytest.mark.parametrize("url", ["news.xml", "content/feeds/news.xml", "./content/news.xml", "content/news: all.xml"])
def test_a_path_is_a_file_of_the_site(tmp_path: Path, url: str) -> None:
    file = tmp_path / url
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"<rss/>")
    feed = at(tmp_path, url)
    assert place(feed).read() == b"<rss/>"
    assert feed.address is None


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("/etc/hostname", "leads out of the site"),
        ("../news.xml", "leads out of the site"),
        ("content/../../news.xml", "leads out of the site"),
        ("..\\news.xml", "leads out of the site"),
        ("C:\\news.xml", "not a web address"),
        ("file:///etc/hostname", "not a web address"),
        ("ftp://acme.example/news.xml", "not a web address"),
        ("https://ana:secret@acme.example/", "not a web address"),
        ("https://[", "not a web address"),
        ("", "neither an address nor a path"),
        ("news\0.xml", "neither an address nor a path"),
        (7, "neither an address nor a path"),
    ],
)
def test_what_is_neither_an_address_nor_inside_the_site_is_refused(tmp_path: Path, url: Any, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        at(tmp_path, url)


def test_no_link_leads_out_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text("<rss/>")
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "content/file.xml").symlink_to(tmp_path / "secret.xml")
    (site / "content/folder").symlink_to(tmp_path)
    for url in ("content/file.xml", "content/folder/secret.xml"):
        with pytest.raises(SourceFailed, match="leads out of the site by a link"):
            place(at(site, url)).read()
    (site / "content/real.xml").write_text("<rss/>")
    (site / "content/inside.xml").symlink_to(site / "content/real.xml")
    assert place(at(site, "content/inside.xml")).read() == b"<rss/>"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for url in ("missing.xml", "folder", "loop", "x" * 300):
        with pytest.raises(SourceFailed, match=r"cannot be read|no such file") as caught:
            place(at(tmp_path, url)).read()
        assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "apology"},
        {"kind": "incident"},
        {"expires_after_days": 0},
        {"topics": ["Not a slug"]},
        {"topic": "x"},
    ],
)
def test_what_a_feed_cannot_become_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        source(**wrong)
