"""Cards: pictures of a page that networks show beside a link to it. `Cards.png(card)` is one, drawn or remembered.

What is drawn, how fast, and for whom: docs/design/cards.md.
"""

from dataclasses import astuple, dataclass
from functools import partial
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version

from onrecord.shelf import Shelf

__all__ = ["SIZE", "Card", "Cards"]

SIZE = (1200, 630)
"""How wide and how high a card is, in pixels: what networks ask for."""

_DRAWING = 1  # of how a card is drawn: another number gives every card another address
_DRAWN_BY = ("pillow", "font-roboto")


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: each is plain text that may be absent; `tone` and `icon` are those of a state.

    `host` stands in for a brand whose name cannot be drawn.
    """

    brand: str
    host: str
    state: str = ""
    tone: str = "mute"
    icon: str = ""
    title: str = ""
    date: str = ""

    @property
    def alt(self) -> str:
        """Return what it says, for those who cannot see it."""
        return ". ".join(part.rstrip(".") for part in (self.brand, self.state, self.title, self.date) if part) + "."


class Cards:
    """Draws cards with a brand's accent; what was drawn is kept on a shelf, by what decides every pixel."""

    def __init__(self, shelf: Shelf, accent: str | None = None) -> None:
        """Draw nothing yet; where the shelf is new, Pillow is loaded at once, and forked copies have it too."""
        if shelf.is_new:
            import_module("onrecord.cards.drawing")
        self._shelf = shelf
        self._accent = accent or "#1f4fd1"
        self._versions = [version(package) for package in _DRAWN_BY]

    def version(self, card: Card) -> str:
        """Return a short word that changes with what a card shows, and not with who draws it."""
        return sha256(repr((_DRAWING, self._accent, astuple(card))).encode()).hexdigest()[:12]

    def key(self, card: Card) -> str:
        """Return what changes with every pixel of a card; whoever asks for it keeps the card from being forgotten."""
        key = sha256(repr((_DRAWING, self._versions, self._accent, astuple(card))).encode()).hexdigest()
        self._shelf.use(key)
        return key

    def png(self, card: Card) -> bytes:
        """Return a card as a PNG file of `SIZE`."""
        return self._shelf.take(self.key(card), partial(_drawn, card, self._accent))


def _drawn(card: Card, accent: str) -> bytes:
    from onrecord.cards.drawing import draw  # takes 40 ms to load, which a build without news does not have

    return draw(card, accent)
