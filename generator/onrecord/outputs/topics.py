"""A page for each topic, with every entry that has it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from onrecord.file import AnyFile, File
from onrecord.model.entry import Entry
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record


class Topics:
    """The pages of the topics."""

    name: ClassVar[str] = "topics"

    def files(self, record: Record, press: Press) -> Iterator[AnyFile]:
        """Yield a page for each topic that an entry has."""
        for topic in record.topics:
            entries = [entry for entry in record.entries if topic in entry.topics]
            make = partial(_page, topic, entries, press)
            yield press.plan(addresses.topic_page(topic), press.key_of(record, entries), make)


def _page(topic: str, entries: Sequence[Entry], press: Press) -> File:
    name = topic.replace("-", " ")
    return press.page(
        addresses.topic_page(topic),
        "topic.html",
        title=name.capitalize(),
        feed_title=name,
        description=press.language.number("%(num)d entry on record.", "%(num)d entries on record.", len(entries)),
        entries=entries,
    )
