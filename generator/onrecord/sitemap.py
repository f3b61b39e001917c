"""`sitemap.xml` with every page that was made, and `robots.txt` that points to it."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from onrecord.file import File
from onrecord.model.scalars import write_moment
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record


def sitemap(paths: Iterable[str], record: Record, press: Press) -> Iterator[File]:
    """Yield the sitemap of the pages among some files of the site, and `robots.txt`.

    Only an entry's page says when it changed: the others change with what they list. Older ids are left out.
    """
    changed = {addresses.entry_page(entry.id): entry.changed for entry in record.entries}
    moved = {addresses.entry_page(alias) for entry in record.entries for alias in entry.aliases}
    pages = {path.removesuffix("index.html") for path in paths if path.endswith("index.html")}
    root = Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for address in sorted(pages - (moved - changed.keys())):
        url = SubElement(root, "url")
        SubElement(url, "loc").text = press.url(address)
        if address in changed:
            SubElement(url, "lastmod").text = write_moment(changed[address])
    indent(root, "")
    yield File("sitemap.xml", tostring(root, "utf-8", xml_declaration=True) + b"\n")
    yield File("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {press.url('sitemap.xml')}\n".encode())
