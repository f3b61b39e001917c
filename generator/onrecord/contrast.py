"""Whether a colour can be read where it stands, and the nearest one that can.

Contrast is WCAG 2.2's, 1.4.3. What is near is what OKLab calls near (B. Ottosson, "A perceptual color space for
image processing", 2020). Colours are written `#rrggbb`.
"""

from collections.abc import Iterator
from math import cbrt, dist

ENOUGH = 4.5
"""The least contrast at which words of any size can be read."""

LIGHT = ("#ffffff", "#f5f6f8", "#e9f5ed", "#edf2ff", "#fff5dd", "#fdeeec", "#f1f3f5")
DARK = ("#13161a", "#1a1e23", "#12261a", "#151f38", "#2a210f", "#331815", "#1f2429")
"""The grounds on which links stand, as the style sheet has them: page, sunken, and the tints of the states."""

_Triple = tuple[float, float, float]
_WHITE = (1.0, 0.0, 0.0)
_STEPS = 50


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def least(colour: str, grounds: tuple[str, ...]) -> float:
    """Return the contrast of a colour with the ground on which it is hardest to read."""
    return min(contrast(colour, ground) for ground in grounds)


def distance(one: str, other: str) -> float:
    """Return how different two colours look: their distance in OKLab, 0 to about 1."""
    return dist(_lab(one), _lab(other))


def readable_on_light(colour: str) -> str:
    """Return the nearest colour of the same hue that can be read on each light ground: the same one if it can."""
    if least(colour, LIGHT) >= ENOUGH:
        return colour
    return min(_darker(colour), key=lambda found: distance(found, colour))


def readable_on_dark(colour: str) -> str:
    """Return a colour mixed with white, at least half and half, until it can be read on each dark ground."""
    lab = _lab(colour)
    mixed = (_written(_between(lab, _WHITE, share / _STEPS)) for share in range(_STEPS // 2, _STEPS + 1))
    return next(found for found in mixed if least(found, DARK) >= ENOUGH)


def _darker(colour: str) -> Iterator[str]:
    """Yield, from grey to the full chroma of a colour, the lightest one of its hue that can be read."""
    lightness, a, b = _lab(colour)
    for step in range(_STEPS + 1):
        share = step / _STEPS
        fits, too_light = 0.0, lightness
        while too_light - fits > 1e-4:
            middle = (fits + too_light) / 2
            found = (middle, a * share, b * share)
            if least(_written(found), LIGHT) >= ENOUGH:
                fits = middle
            else:
                too_light = middle
        if _is_a_colour(lightest := (fits, a * share, b * share)):
            yield _written(lightest)


def _between(one: _Triple, other: _Triple, share: float) -> _Triple:
    x, y, z = (here + (there - here) * share for here, there in zip(one, other, strict=True))
    return x, y, z


def _light(colour: str) -> _Triple:
    """Return how much light of red, green and blue a colour has, each from 0 to 1."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lab(colour: str) -> _Triple:
    red, green, blue = _light(colour)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _light_of(lab: _Triple) -> _Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_a_colour(lab: _Triple) -> bool:
    """Tell whether a screen can show it, but for what rounding to 8 bits takes away."""
    return all(-1e-3 <= part <= 1 + 1e-3 for part in _light_of(lab))


def _written(lab: _Triple) -> str:
    parts = (round(255 * _encoded(min(max(light, 0.0), 1.0))) for light in _light_of(lab))
    return "#" + "".join(f"{part:02x}" for part in parts)
