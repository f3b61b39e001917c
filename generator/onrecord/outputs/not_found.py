"""The page for addresses that do not exist: people land there in a panic, so it shows what is open."""

from collections.abc import Iterator
from typing import ClassVar

from onrecord.file import File
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record


class NotFound:
    """The 404 page."""

    name: ClassVar[str] = "not-found"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield the page; its links start at the site's root, because it is shown at any depth."""
        title = press.language.say("This page does not exist")
        yield press.page(
            addresses.NOT_FOUND, "not_found.html", title=title, description=title, open=record.open_now[:10]
        )
