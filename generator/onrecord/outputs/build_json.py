"""`/build.json`: when the site was built and how old what it shows is."""

from collections.abc import Iterator
from typing import ClassVar

from onrecord.file import File
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record


class BuildJson:
    """The facts of this build, for programs and for the notice on an old page."""

    name: ClassVar[str] = "build-json"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield `/build.json`."""
        yield File(addresses.BUILD, record.run.facts())
