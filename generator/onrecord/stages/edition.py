"""The edition: one digest of everything that is the same for all pages, whatever the record says.

A page whose edition and own key are those of the last build is not made again. docs/design/planned.md says why.
"""

import platform
from collections.abc import Iterable
from dataclasses import astuple
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from onrecord import words
from onrecord.config import Settings
from onrecord.frames import Frames

_PACKAGE = Path(__file__).parents[1]
_LIBRARIES = ("babel", "jinja2", "markupsafe", "pydantic", "tzdata")


def edition(settings: Settings, frames: Frames, templates: Iterable[Path]) -> str:
    """Return the digest of the site's look: our code and that of others, templates, frames, settings that show."""
    shown = (settings.site, settings.theme, settings.search, settings.zone.key)
    versions = (platform.python_version(), words.VERSION, *(version(library) for library in _LIBRARIES))
    digest = blake2b(repr((shown, versions, astuple(frames.not_found))).encode(), digest_size=16)
    for depth in frames.depths:
        digest.update(repr(astuple(frames.frame(depth))).encode())
    for folder in (_PACKAGE, *templates):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".mo", ".html")):
            digest.update(f"\0{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
