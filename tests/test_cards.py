"""Cards: what is drawn, what is left out, and what is drawn only once."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from onrecord.cards import SIZE, Card, Cards
from onrecord.cards.drawing import GROUND, INK, SOFT, TONES, draw, drawable, fitted, wrapped
from onrecord.cards.icons import icon
from onrecord.our_code import OURS
from onrecord.shelf import Shelf
from onrecord.states import STATES

CARD = Card(
    brand="Acme on record",
    host="status.acme.example",
    state="Cause found · major",
    tone="bad",
    icon="triangle",
    title="Cards are declined in shops",
    date="As of 21 Nov 2026, 09:12 UTC.",
)


def image(card: Card, accent: str = "#7a1fd1") -> Image.Image:
    found = Image.open(io.BytesIO(draw(card, accent)))
    found.load()
    return found.convert("RGB")


def rows(one: Image.Image, other: Image.Image) -> tuple[int, int]:
    """Return from which row to which two cards differ."""
    box = ImageChops.difference(one, other).getbbox()
    assert box is not None
    return box[1], box[3]


def test_a_card_has_the_size_that_networks_ask_for_and_fits_into_a_message() -> None:
    drawn = draw(CARD, "#7a1fd1")
    assert image(CARD).size == SIZE
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) < 60_000


def test_the_same_card_has_the_same_bytes() -> None:
    assert draw(CARD, "#7a1fd1") == draw(replace(CARD), "#7a1fd1")


@pytest.mark.parametrize(
    ("change", "top", "bottom"),
    [
        ({"brand": "Other"}, 50, 130),
        ({"state": "Fixed"}, 170, 250),
        ({"icon": "check"}, 170, 240),
        ({"title": "Something else"}, 250, 400),
        ({"date": "2025"}, 550, 610),
        ({"tone": "ok"}, 0, 630),
    ],
)
def test_what_a_card_says_stands_in_its_place(change: dict[str, str], top: int, bottom: int) -> None:
    first, last = rows(image(CARD), image(replace(CARD, **change)))
    assert top <= first < last <= bottom


def test_the_colours_are_those_of_the_style_sheet() -> None:
    light = (OURS / "assets/onrecord.css").read_text("utf-8").partition("prefers-color-scheme: dark")[0]
    found = dict(re.findall(r"--or-(\w+): (#[0-9a-f]{6})", light))
    assert {tone: found[tone] for tone in TONES} == TONES
    assert (found["ink"], found["soft"], found["ground"]) == (INK, SOFT, GROUND)
    seen = {colour for _, colour in image(CARD).getcolors(1000) or ()}
    assert {(0xB0, 0x23, 0x1B), (0x16, 0x19, 0x1D), (0x7A, 0x1F, 0xD1)} <= seen


def test_each_icon_of_a_state_has_a_shape_of_its_own() -> None:
    names = {state.icon for state in STATES.values()}
    assert len({icon(name, 48).tobytes() for name in names}) == len(names)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Lucía’s café: “naïve”, 5 € – ½ Żółć Ελλάδα Банк", None),
        ("🎉 Version 5 ✅ is out 👩‍👩‍👧", "Version 5 is out"),
        ("文字化け", ""),
        ("خدمة", ""),
        ("Payments (支付) fail", ""),
        ("", ""),
    ],
)
def test_a_letter_that_the_font_lacks_takes_the_text_along_and_a_sign_only_itself(
    text: str, drawn: str | None
) -> None:
    assert drawable(text) == (text if drawn is None else drawn)


def test_a_brand_that_cannot_be_written_is_known_by_its_host() -> None:
    assert draw(replace(CARD, brand="記録"), "#7a1fd1") == draw(replace(CARD, brand=CARD.host), "#7a1fd1")
    assert draw(replace(CARD, title="記録"), "#7a1fd1") == draw(replace(CARD, title=""), "#7a1fd1")


def test_a_long_title_ends_in_an_ellipsis_above_the_date() -> None:
    long = replace(CARD, title="Cards are declined in shops and nobody knows why " * 20)
    first, last = rows(image(long), image(replace(CARD, title="")))
    assert (first, last) > (250, 400)
    assert last < 550
    assert fitted("word " * 100, 54).endswith("word…")


@settings(max_examples=15)
@given(st.text(max_size=200))
def test_any_text_can_be_drawn_and_no_line_is_wider_than_the_card(text: str) -> None:
    for line in wrapped(drawable(text), 54):
        assert fitted(line, 54) == line
    image(replace(CARD, title=text, brand=text, state=text, date=text))


def test_a_card_is_drawn_once_and_forgotten_when_nobody_asks_for_it(tmp_path: Path) -> None:
    cards = Cards(Shelf(tmp_path / "shelf"))
    first, second = cards.png(CARD), cards.png(replace(CARD, title="Another"))
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "shelf").iterdir()}
    assert len(kept) == 2
    assert first != second
    shelf = Shelf(tmp_path / "shelf")
    assert Cards(shelf).png(CARD) == first
    shelf.forget_others()
    (left,) = (tmp_path / "shelf").iterdir()
    assert left.stat().st_mtime_ns == kept[left]


def test_pillow_is_loaded_before_hands_are_forked_and_only_where_cards_will_be_drawn(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    program = (
        "import sys; from pathlib import Path; from onrecord.cards import Cards; from onrecord.shelf import Shelf\n"
        "for folder in sys.argv[1:]: Cards(Shelf(Path(folder))); print('PIL' in sys.modules)"
    )
    folders = (str(tmp_path / "kept"), str(tmp_path / "new"))
    done = subprocess.run([sys.executable, "-c", program, *folders], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_the_version_moves_with_what_is_shown_and_with_nothing_else() -> None:
    def version(card: Card, accent: str = "#7a1fd1") -> str:
        return Cards(Shelf(), accent).version(card)

    changed = [
        replace(CARD, **{name: "check" if name == "icon" else "ok"})
        for name in ("state", "tone", "icon", "title", "date")
    ]
    assert len({version(CARD), version(CARD, "#1f4fd1"), *map(version, changed)}) == 7
    assert version(CARD) == version(replace(CARD))


def test_who_cannot_see_a_card_is_told_what_it_says() -> None:
    assert CARD.alt == (
        "Acme on record. Cause found · major. Cards are declined in shops. As of 21 Nov 2026, 09:12 UTC."
    )
