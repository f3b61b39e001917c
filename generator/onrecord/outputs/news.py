"""What the brand had to say: announcements, apologies and fix notes."""

from collections.abc import Iterator
from typing import ClassVar

from onrecord.file import File
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record

SHOWN = 100


class News:
    """The page of news."""

    name: ClassVar[str] = "news"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield the page of news, if there is any: what is current first, each with its date."""
        if record.news:
            title = press.language.say("News")
            yield press.page(
                addresses.NEWS,
                "news.html",
                title=title,
                description=press.language.say("Announcements, apologies and fix notes, newest first."),
                active=addresses.NEWS,
                news=record.news[:SHOWN],
                more=len(record.news) > SHOWN,
            )
