"""`sitemap.xml` with every page that was made, and `robots.txt` that points to it."""

from collections.abc import Iterable, Iterator
from html import escape

from onrecord.file import File
from onrecord.model.scalars import write_moment
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record

_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(paths: Iterable[str], record: Record, press: Press) -> Iterator[File]:
    """Yield the sitemap of the pages among some files of the site, and `robots.txt`.

    Only an entry's page says when it changed: the others change with what they list. Older ids are left out.
    """
    changed = {addresses.entry_page(entry_id): at for entry_id, at in record.changed.items()}
    moved = {addresses.entry_page(alias) for entry in record.entries for alias in entry.aliases}
    pages = {path.removesuffix("index.html") for path in paths if path.endswith("index.html")}
    lines = ["<?xml version='1.0' encoding='utf-8'?>", f'<urlset xmlns="{_SITEMAPS}">']
    for address in sorted(pages - (moved - changed.keys())):
        since = f"\n<lastmod>{write_moment(changed[address])}</lastmod>" if address in changed else ""
        lines.append(f"<url>\n<loc>{escape(press.url(address), quote=False)}</loc>{since}\n</url>")
    yield File("sitemap.xml", "\n".join([*lines, "</urlset>\n"]).encode())
    yield File("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {press.url('sitemap.xml')}\n".encode())
