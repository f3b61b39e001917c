"""A card as pixels: the only module, with its shapes, that knows Pillow.

Every colour has eight shades from the ground to itself in one small palette, so that a card is drawn, and packed,
several times faster than with a colour for each pixel.
"""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import font_roboto
from PIL import Image, ImageColor, ImageDraw, ImageFont

from onrecord.cards import SIZE, Card
from onrecord.cards.icons import icon

INK, SOFT, GROUND = "#16191d", "#59626d", "#ffffff"
TONES = {"ok": "#14693a", "watch": "#1f4fd1", "warn": "#825400", "bad": "#b0231b", "mute": SOFT}
"""The light colours of the style sheet."""

_SHADES = 8
_SHADE_OF = [round(part / 255 * (_SHADES - 1)) for part in range(256)]
"""Which shade shows how much of a pixel is covered."""

_LEFT, _RIGHT = 88, 1112
_TITLES = ((68, 80, 3), (54, 66, 4))  # size, height of a line, how many lines
_PACKED = 3  # zlib's level: higher ones take twice the time for a fifth of the size


def draw(card: Card, accent: str) -> bytes:
    """Return a card as a PNG file; what its font cannot write is left out, never shown as boxes."""
    sheet = _Sheet()
    tone = TONES[card.tone]
    sheet.fill((0, 0, 24, SIZE[1]), tone if card.state else accent)
    sheet.text(62, 38, INK, fitted(drawable(card.brand) or card.host, 38))
    sheet.fill((_LEFT, 130, _RIGHT, 132), INK)
    sheet.fill((_LEFT, 130, _LEFT + 160, 138), accent)
    top = 178
    if card.state:
        sheet.icon(top, card.icon, tone)
        sheet.text(top, 46, tone, fitted(drawable(card.state), 46, _RIGHT - _LEFT - 64), _LEFT + 64)
        top += 82
    for size, height, line in _title(drawable(card.title)):
        sheet.text(top, size, INK, line)
        top += height
    sheet.text(556, 32, SOFT, fitted(drawable(card.date), 32, bold=False), bold=False)
    return sheet.png()


def drawable(text: str) -> str:
    """Return a text as the font can write it, without signs like emoji; nothing if a letter would be missing."""
    kept = "".join(character for character in text if not _is_left_out(character))
    return " ".join(kept.split()) if all(_has(character) or character.isspace() for character in kept) else ""


@lru_cache(maxsize=64)
def fitted(text: str, size: int, room: int = _RIGHT - _LEFT, *, bold: bool = True) -> str:
    """Return a text that is no wider than a room, cut with "…" where it would be."""
    font = _font(size, bold)
    if font.getlength(text) <= room:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if font.getlength(text[:middle].rstrip() + "…") <= room:
            fits = middle
        else:
            too_long = middle
    return text[:fits].rstrip(" ,;:.–—") + "…"


def wrapped(text: str, size: int) -> list[str]:
    """Return the lines that a text takes, broken between words; a word that is wider than a line is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and _font(size, bold=True).getlength(f"{lines[-1]} {word}") <= _RIGHT - _LEFT:
            lines[-1] += f" {word}"
        else:
            lines.append(fitted(word, size))
    return lines


def _title(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the lines of a title, large where it is short, with the size and the height of each."""
    for size, height, most in _TITLES:  # noqa: B007 - what broke the loop is used after it
        lines = wrapped(text, size)
        if len(lines) <= most:
            break
    else:
        lines = [*lines[: most - 1], fitted(" ".join(lines[most - 1 : most + 1]), size)]
    yield from ((size, height, line) for line in lines)


def _is_left_out(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind == "Cf" or (kind in ("So", "Sk", "Mn", "Me", "Co", "Cn") and not _has(character))


@cache
def _has(character: str) -> bool:
    """Tell whether the font can write a character: what it cannot looks like one that nobody has."""
    font = _font(32, bold=True)
    shape, nobodys = font.getmask(character), font.getmask("\U0010fffd")
    return (shape.size, bytes(shape)) != (nobodys.size, bytes(nobodys))


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    file = font_roboto.RobotoBold if bold else font_roboto.Roboto
    # The simple layout is in every build of Pillow, so that the same card has the same bytes.
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=64)  # the brand stands on every card, and a state or a day on many
def _written(text: str, size: int, width: int, bold: bool) -> Image.Image:
    """Return how much of each pixel of a line its letters cover, from 0 to 255."""
    line = Image.new("L", (width, round(size * 1.3)))
    ImageDraw.Draw(line).text((0, 0), text, fill=255, font=_font(size, bold))
    return line


class _Sheet:
    """The ground, and what was put on it so far."""

    def __init__(self) -> None:
        self._image = Image.new("P", SIZE)
        self._colours: list[str] = []

    def fill(self, box: tuple[int, int, int, int], colour: str) -> None:
        self._image.paste(self._shades(colour)[-1], box)

    def text(self, top: int, size: int, colour: str, text: str, left: int = _LEFT, *, bold: bool = True) -> None:
        if text:
            self._put(_written(text, size, SIZE[0] - left, bold), (left, top), colour)

    def icon(self, top: int, name: str, colour: str) -> None:
        self._put(icon(name, 48), (_LEFT, top + 3), colour)

    def png(self) -> bytes:
        palette = [*ImageColor.getrgb(GROUND)]
        for colour in self._colours:
            for shade in range(1, _SHADES):
                palette += _between(ImageColor.getrgb(GROUND), ImageColor.getrgb(colour), shade / (_SHADES - 1))
        self._image.putpalette(palette)
        packed = io.BytesIO()
        self._image.save(packed, "PNG", compress_level=_PACKED)
        return packed.getvalue()

    def _put(self, covered: Image.Image, at: tuple[int, int], colour: str) -> None:
        shades = [0, *self._shades(colour)]
        self._image.paste(covered.point([shades[shade] for shade in _SHADE_OF]), at)

    def _shades(self, colour: str) -> list[int]:
        """Return the places of a colour's shades in the palette, from pale to full; the ground is at 0."""
        if colour not in self._colours:
            self._colours.append(colour)
        first = 1 + self._colours.index(colour) * (_SHADES - 1)
        return list(range(first, first + _SHADES - 1))


def _between(one: tuple[int, ...], other: tuple[int, ...], share: float) -> list[int]:
    return [round(here + (there - here) * share) for here, there in zip(one, other, strict=True)]
