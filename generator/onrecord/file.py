"""One file of the site, before it is on disk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """A path below the site's root, with `/`, and the bytes that belong there."""

    path: str
    content: bytes
