"""`/build.json`: when the site was built and how old what it shows is."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from onrecord import __version__
from onrecord.file import File
from onrecord.model.scalars import write_moment
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record, SourceReport

FRESH = timedelta(hours=3)
"""How long a build is current: six half-hourly ones in a row must have failed before readers are told."""


class BuildJson:
    """The facts of this build, for programs and for the notice on an old page."""

    name: ClassVar[str] = "build-json"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield `/build.json`."""
        facts = {
            "generator": f"onrecord {__version__}",
            "site": record.site.url,
            "built_at": write_moment(record.now),
            # The demo's clock stands still, so it cannot grow old.
            **({} if record.demo else {"fresh_until": write_moment(record.now + FRESH)}),
            "entries": len(record.entries),
            "sources": [_source(source) for source in record.sources],
        }
        yield File(addresses.BUILD, (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode())


def _source(source: SourceReport) -> dict[str, str | None]:
    return {
        "name": source.name,
        "title": source.title,
        "url": source.address,
        "read_at": write_moment(source.read_at) if source.read_at else None,
        "failed": source.failed,
        "failed_at": write_moment(source.failed_at) if source.failed_at else None,
    }
