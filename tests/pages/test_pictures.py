"""The main pages look as they were last found good; `make pictures` says that they are to look otherwise."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Browser
from tests.pages import pictures
from tests.pages.conftest import Address
from tests.pages.looking import HOME, NOW, Conditions, opened

pytestmark = pytest.mark.web

ENTRY = "log/2026-11-21-some-card-readers/"
_PHONE = Conditions(320, "light", "ltr", scripts=True)
_NIGHT = Conditions(1280, "dark", "ltr", scripts=True)
_HAND = Conditions(360, "light", "ltr", scripts=True)
_DESK = Conditions(1200, "light", "ltr", scripts=True)


@dataclass(frozen=True)
class Shot:
    """A picture that is kept: where, of which page, and how it is looked at."""

    path: Path
    address: str
    conditions: Conditions
    site: str = "demo"
    clock: str = NOW
    fine: bool = False  # for people to look at: the first screen, two dots to a px


def _of(name: str, address: str) -> list[Shot]:
    kept = pictures.KEPT
    return [
        Shot(kept / f"{name}-phone.png", address, _PHONE),
        Shot(kept / f"{name}-night.png", address, _NIGHT),
    ]


def _parts(name: str, conditions: Conditions) -> Shot:
    then = "2026-11-20T08:55:00Z"  # or the notice of a stale record would cover a part
    return Shot(pictures.KEPT / f"parts-{name}.png", "design/", conditions, "every-state", then)


SHOTS = [
    *_of("home", ""),
    *_of("entry", ENTRY),
    *_of("known", "known/"),
    *_of("log", "log/"),
    *_of("scoreboard", "scoreboard/"),
    _parts("light", _PHONE),
    _parts("dark", Conditions(768, "dark", "ltr", scripts=True)),
    _parts("rtl", Conditions(768, "light", "rtl", scripts=True)),
    Shot(pictures.DOCS / "home-phone.png", "", _HAND, fine=True),
    Shot(pictures.DOCS / "home-desk.png", "", _DESK, fine=True),
    Shot(pictures.DOCS / "entry.png", ENTRY, _DESK, fine=True),
    Shot(pictures.DOCS / "dark.png", "", Conditions(360, "dark", "ltr", scripts=True), fine=True),
]


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: f"{shot.path.parent.parent.name}-{shot.path.stem}")
def test_the_page_looks_as_it_did(
    shot: Shot, address: Address, browser: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    dots = 2 if shot.fine else 1
    with opened(browser, shot.conditions, zone=HOME, clock=shot.clock, device_scale_factor=dots) as page:
        page.goto(address(shot.site, shot.conditions.direction) + shot.address)
        found = pictures.shot(page, whole=not shot.fine)
    if request.config.getoption("--update-pictures"):
        pictures.keep(found, shot.path)
    wrong = pictures.difference(pictures.kept(shot.path), found)
    if wrong:
        found.save(tmp_path / shot.path.name)
    assert not wrong, (
        f"{shot.path.name}: {wrong}. It is now {tmp_path / shot.path.name}. If this is meant: make pictures"
    )


def test_no_picture_is_kept_that_nothing_is_held_against() -> None:
    kept = {*pictures.KEPT.glob("*.png"), *pictures.DOCS.glob("*.png")}
    strips = set(pictures.DOCS.glob("keyboard-*.png"))
    assert kept - strips == {shot.path for shot in SHOTS}


def test_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in pictures.KEPT.glob("*.png")) < 2_000_000
    assert sum(path.stat().st_size for path in pictures.DOCS.glob("*.png")) < 1_000_000


@pytest.fixture
def home() -> Image.Image:
    return pictures.kept(pictures.KEPT / "home-phone.png").convert("RGB")


def test_letters_drawn_a_little_otherwise_are_no_difference(home: Image.Image) -> None:
    assert pictures.difference(home, home.filter(ImageFilter.GaussianBlur(0.6))) == ""


def test_a_line_of_text_that_is_gone_is_a_difference(home: Image.Image) -> None:
    changed = home.copy()
    ImageDraw.Draw(changed).rectangle((0, 300, 319, 330), fill=home.getpixel((2, 320)))
    assert "differs" in pictures.difference(home, changed)


def test_another_height_is_a_difference(home: Image.Image) -> None:
    assert "px and was" in pictures.difference(home, home.crop((0, 0, 320, home.height - 8)))
