"""One file of the site, before it is on disk."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class File:
    """A path below the site's root, with `/`, and the bytes that belong there."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that need not be made while its key is the one that it was last made by.

    The key stands for everything that its content depends on; `Press.key` makes one. The content is made anew
    whenever it is asked for.
    """

    path: str
    key: str
    make: Callable[[], bytes | File] = field(compare=False)

    @property
    def content(self) -> bytes:
        """Return the bytes that belong there."""
        made = self.make()
        return made.content if isinstance(made, File) else made


AnyFile = File | Planned
"""What an output yields."""
