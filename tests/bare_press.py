"""A press whose frames are bare, so that what is rendered is all that is on a page, and no program is run.

Its index is bare too: the very documents of which one would be made.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from onrecord.cards import Cards
from onrecord.file import AnyFile
from onrecord.frames import Frame, Frames, Made
from onrecord.language import Language
from onrecord.model.people import Site
from onrecord.our_code import OURS
from onrecord.press import Press
from onrecord.shelf import Shelf

ACME = Site(title="Acme on record", url="https://status.acme.example/")


@cache
def bare_press(site: Site = ACME, *own: Path, cards: Cards | None = None, shelf: Shelf | None = None) -> Press:
    """Return a press for a site, the same one whenever asked, because templates take long to compile.

    `own` are folders with templates that come before ours.
    """
    frame = Frame('<!doctype html><html lang="en"><head>', "</head><body>", "</body></html>\n")
    made = Made(Path("nowhere"), (), frame, dict.fromkeys(range(3), frame))
    frames = Frames("bare", {}, lambda: made)
    language = Language("en", ZoneInfo(site.timezone))
    folders = [*own, OURS]

    def index(name: str, documents: Sequence[AnyFile], leading: bool, below: str) -> list[AnyFile]:
        return [replace(each, path=below + each.path) for each in documents]

    return Press(site, language, frames, folders, cards, index, shelf=shelf)
