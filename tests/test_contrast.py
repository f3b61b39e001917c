"""The accent: what cannot be read is refused, and what is offered instead can be read and is near."""

import re
from itertools import product

import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.contrast import (
    DARK,
    ENOUGH,
    LIGHT,
    contrast,
    distance,
    least,
    readable_on_dark,
    readable_on_light,
)
from onrecord.our_code import OURS

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
COARSE = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in product(range(0, 256, 15), repeat=3)]


def hue(colour: str) -> tuple[float, float]:
    """Return the angle of a colour's hue, and how far from grey it is: near grey there is no hue to keep."""
    _, chroma, angle = Color(colour).convert("oklch").coords(nans=False)
    return angle, chroma


@given(colours, colours)
def test_contrast_and_distance_are_what_an_independent_library_says(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(Color(one).contrast(other, method="wcag21"), abs=0.01)
    assert distance(one, other) == pytest.approx(Color(one).delta_e(other, method="ok", scalar=1), abs=1e-4)


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    sheet = (OURS / "assets/onrecord.css").read_text("utf-8")
    light, _, dark = sheet.partition("prefers-color-scheme: dark")
    for text, grounds in ((light, LIGHT), (dark, DARK)):
        assert set(re.findall(r"--or-(?:ground|sunk|\w+-tint): (#[0-9a-f]{6})", text)) == set(grounds)


@given(colours)
def test_what_is_offered_can_be_read_and_so_can_its_lighter_self_on_dark_pages(colour: str) -> None:
    offered = readable_on_light(colour)
    assert least(offered, LIGHT) >= ENOUGH
    assert least(readable_on_dark(offered), DARK) >= ENOUGH


@given(colours)
def test_what_can_be_read_is_left_alone(colour: str) -> None:
    offered = readable_on_light(colour)
    assert readable_on_light(offered) == offered
    assert (offered == colour) == (least(colour, LIGHT) >= ENOUGH)


@settings(max_examples=25)
@given(colours)
def test_no_colour_that_can_be_read_is_much_nearer(colour: str) -> None:
    near = sorted(COARSE, key=lambda other: distance(colour, other))
    nearest = next(other for other in near if least(other, LIGHT) >= ENOUGH)
    assert distance(colour, readable_on_light(colour)) <= distance(colour, nearest) * 1.05 + 0.002


@given(colours)
def test_the_hue_stays(colour: str) -> None:
    (before, vivid), (after, still) = hue(colour), hue(readable_on_light(colour))
    turned = abs((after - before + 180) % 360 - 180)
    assert min(vivid, still) < 0.03 or turned < 3


@pytest.mark.parametrize(
    ("accent", "offered"), [("#ffcc00", "#876b03"), ("#00ff00", "#018001"), ("#ffffff", "#6e6e6e")]
)
def test_the_brightest_brands_get_a_colour_that_they_know(accent: str, offered: str) -> None:
    assert readable_on_light(accent) == offered


def test_black_is_an_accent_too() -> None:
    assert readable_on_light("#000000") == "#000000"
    assert least(readable_on_dark("#000000"), DARK) >= ENOUGH
