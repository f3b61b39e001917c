"""The edition: one digest of everything that is the same for all pages, whatever the record says.

A page whose edition and own key are those of the last build is not made again. docs/design/planned.md says why.
"""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from onrecord import our_code
from onrecord.config import Settings
from onrecord.frames import Frames
from onrecord.words.version import VERSION


def edition(settings: Settings, frames: Frames, templates: Iterable[Path]) -> str:
    """Return the digest of the site's look: our code and that of others, templates, frames, settings that show."""
    shown = (settings.site, settings.theme, settings.search, settings.zone.key)
    told = (shown, VERSION, our_code.digest(), frames.look)
    digest = blake2b(repr(told).encode(), digest_size=16)
    for folder in templates:
        digest.update(our_code.digest_of(folder, "").encode())
    return digest.hexdigest()
