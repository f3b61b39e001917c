"""Planned work: what comes, what is under way, what was done."""

from collections.abc import Iterator
from typing import ClassVar

from onrecord.file import File
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record

SHOWN = 100


class Maintenance:
    """The page of planned work."""

    name: ClassVar[str] = "maintenance"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield the page of planned work, if there ever was any: what is under way, the next, then what is over."""
        if record.maintenance:
            title, ahead = press.language.say("Planned work"), (*record.under_way, *record.planned)
            yield press.page(
                addresses.MAINTENANCE,
                "maintenance.html",
                title=title,
                description=press.language.say("What we plan, what is under way, and what was done."),
                active=addresses.MAINTENANCE,
                under_way=record.under_way,
                planned=record.planned,
                over=[entry for entry in record.maintenance if entry not in ahead][:SHOWN],
            )
