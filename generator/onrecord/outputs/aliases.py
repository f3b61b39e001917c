"""Older ids of an entry: each keeps its address and leads to where the entry is now."""

from collections.abc import Iterator
from typing import ClassVar

from onrecord.file import File
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record


class Aliases:
    """The pages that lead on."""

    name: ClassVar[str] = "aliases"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield a page for each older id that no entry has now."""
        taken = {entry.id for entry in record.entries}
        for entry in record.entries:
            for alias in entry.aliases:
                if alias not in taken:
                    taken.add(alias)
                    yield press.page(
                        addresses.entry_page(alias),
                        "moved.html",
                        title=entry.title,
                        description=press.language.say("This entry has moved."),
                        leads_to=addresses.entry_page(entry.id),
                    )
