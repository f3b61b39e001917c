"""A brand's look on every page of a built site: `theme:` in the settings, below a path of the host."""

import re
from urllib.parse import urljoin

import html5lib
import pytest
from tests.own_site import Site

HOME = "https://acme.example/status/"
SETTINGS = f"""
site: {{title: Acme on record, url: {HOME}}}
theme:
  logo: assets/logo.svg
  favicon: assets/tiny.svg
  accent: "#7a1fd1"
  css: [assets/brand.css]
  nav:
    - {{title: Help, to: /help/}}
    - {{title: Shop, to: https://shop.acme.example/}}
"""
DRAWN = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!-- {"too large to go along " * 99} --></svg>'


@pytest.fixture
def branded(site: Site) -> Site:
    site.write("site_config.yml", SETTINGS)
    site.write("content/pages/assets/logo.svg", DRAWN)
    site.write("content/pages/assets/tiny.svg", DRAWN)
    site.write("content/pages/assets/brand.css", ".brand { text-transform: uppercase }")
    site.write("content/pages/help.md", "# Help\n")
    site.entry("late-mail", "kind: incident\ntitle: Mail is late\nopened: 2026-11-20")
    return site


def test_logo_favicon_style_sheet_and_links_are_reached_from_every_page_below_a_path(branded: Site) -> None:
    files = branded.build()
    pages = [path for path in files if path.endswith(".html") and path != "404.html"]
    assert {path.count("/") for path in pages} == {0, 1, 2}
    for path in pages:
        tree = html5lib.parse(files[path], namespaceHTMLElements=False)
        found = {urljoin(HOME + path, str(node.get("href") or node.get("src"))) for node in tree.iter()}
        wanted = ("assets/logo.svg", "assets/tiny.svg", "assets/brand.css", "help/")
        assert found >= {*(HOME + name for name in wanted), "https://shop.acme.example/"}, path
    assert b'href="/status/assets/tiny.svg"' in files["404.html"]


def test_the_accent_is_on_every_page_with_one_for_dark_pages(branded: Site) -> None:
    for path, page in branded.build().items():
        if path.endswith(".html"):
            light, *dark = re.findall(r"--or-accent:(#[0-9a-f]{6})", page.decode())
            assert light == "#7a1fd1", path
            assert set(dark) == {"#b89bee"}, path
