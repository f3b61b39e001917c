"""`sitemap.xml` with every page, and `robots.txt` that points to it."""

from collections.abc import Iterator
from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from onrecord.file import File
from onrecord.model.scalars import write_moment
from onrecord.press import Press
from onrecord.record.archive import addresses_of
from onrecord.record.record import Record


class Sitemap:
    """The sitemap."""

    name: ClassVar[str] = "sitemap"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield the sitemap; only an entry's page says when it changed, the others change with what they list."""
        root = Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
        pages = dict(addresses_of(record)) | dict.fromkeys(press.frames.pages)
        for address, entry in sorted(pages.items()):
            url = SubElement(root, "url")
            SubElement(url, "loc").text = press.url(address)
            if entry:
                SubElement(url, "lastmod").text = write_moment(entry.changed)
        indent(root, "")
        yield File("sitemap.xml", tostring(root, "utf-8", xml_declaration=True) + b"\n")
        yield File("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {press.url('sitemap.xml')}\n".encode())
