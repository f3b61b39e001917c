"""A page for each topic, with every entry that has it."""

from collections.abc import Iterator
from typing import ClassVar

from onrecord.file import File
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record


class Topics:
    """The pages of the topics."""

    name: ClassVar[str] = "topics"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield a page for each topic that an entry has."""
        say = press.language
        for topic in record.topics:
            entries = [entry for entry in record.entries if topic in entry.topics]
            name = topic.replace("-", " ")
            yield press.page(
                addresses.topic_page(topic),
                "topic.html",
                title=name.capitalize(),
                feed_title=name,
                description=say.number("%(num)d entry on record.", "%(num)d entries on record.", len(entries)),
                entries=entries,
            )
