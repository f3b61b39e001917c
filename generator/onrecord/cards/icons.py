"""The shapes of the states, as on pages: lines on a grid of 24, which a card needs as pixels."""

from functools import cache

from PIL import Image, ImageDraw

_Line = tuple[tuple[float, float], ...]

_LINES: dict[str, tuple[_Line, ...]] = {
    "check": (((5, 13), (9, 17), (19, 7)),),
    "triangle": (((12, 3), (22, 20), (2, 20), (12, 3)), ((12, 10), (12, 14)), ((12, 17), (12, 17))),
    "clock": (((12, 7), (12, 12), (15, 14)),),
    "eye": (
        ((2, 12), (5, 8), (9, 5.4), (12, 5), (15, 5.4), (19, 8), (22, 12)),
        ((2, 12), (5, 16), (9, 18.6), (12, 19), (15, 18.6), (19, 16), (22, 12)),
    ),
    "arrow": (((4, 12), (19, 12)), ((13, 6), (19, 12), (13, 18))),
    "box": (
        ((3, 8), (12, 3), (21, 8), (21, 16), (12, 21), (3, 16), (3, 8)),
        ((3, 8), (12, 13), (21, 8)),
        ((12, 13), (12, 21)),
    ),
    "page": (((6, 3), (15, 3), (19, 7), (19, 21), (6, 21), (6, 3)), ((9, 11), (16, 11)), ((9, 15), (13, 15))),
    "minus": (((6, 12), (18, 12)),),
}
_CIRCLES = {"clock": 9, "eye": 3}
_STROKE = 2.2
_FINER = 4  # drawn so much larger, then made smaller, because lines have no soft edges


@cache
def icon(name: str, size: int) -> Image.Image:
    """Return how much of each pixel of a square a shape covers, from 0 to 255."""
    grid = size * _FINER / 24
    large = Image.new("L", (size * _FINER, size * _FINER))
    pen = ImageDraw.Draw(large)
    width = round(_STROKE * grid)
    for line in _LINES.get(name, _LINES["minus"]):
        points = [(x * grid, y * grid) for x, y in line]
        pen.line(points, fill=255, width=width, joint="curve")
        for x, y in points:
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
    if name in _CIRCLES:
        reach = _CIRCLES[name] * grid + width / 2
        middle = 12 * grid
        pen.ellipse((middle - reach, middle - reach, middle + reach, middle + reach), outline=255, width=width)
    return large.resize((size, size), Image.Resampling.BOX)
