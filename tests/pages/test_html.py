"""Every page of every site is valid HTML, and no link of it leads nowhere."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.pages import lychee, vnu
from tests.pages.sites import Shown

pytestmark = pytest.mark.web


def test_every_page_is_valid_html(sites: Mapping[str, Shown]) -> None:
    wrong = vnu.found(*(site.out for site in sites.values()))
    assert not wrong, "\n".join(wrong)


def test_no_link_leads_nowhere(sites: Mapping[str, Shown], tmp_path: Path) -> None:
    wrong = [lost for site in sites.values() for lost in lychee.found(site, tmp_path / site.name)]
    assert not wrong, "\n".join(wrong)


def test_html_that_is_not_valid_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "site/log/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<!doctype html><html lang=en><title>A</title><h1>A</h1><p>\n<div>B</div></p>", "utf-8")
    (told,) = vnu.found(tmp_path / "site")
    assert told.startswith(f"{tmp_path.name}: log/index.html:2: No “p” element in scope")


def test_a_link_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    site = Shown("acme", tmp_path / "out", "https://acme.example/status/", "/status/")
    site.out.mkdir()
    links = ["gone/", "/status/gone.png", "#gone", "https://acme.example/status/gone", "https://away.example/"]
    fine = ["./", "/status/", "#here", "https://acme.example/status/index.html"]
    html = "".join(f"<a href='{link}'>to</a>" for link in [*links, *fine])
    (site.out / "index.html").write_text(f"<h1 id=here>A</h1>{html}", "utf-8")
    lost = lychee.found(site, tmp_path / "host")
    assert len(lost) == 4, "what is on other hosts is not asked for"
    assert all(told.startswith("acme: index.html: /") and "gone" in told for told in lost)
