"""Pictures of pages: taken, kept small, and compared so that what nobody would notice is no difference."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Page

TESTS = Path(__file__).parents[1]
KEPT = TESTS / "pictures"
DOCS = TESTS.parent / "docs/pictures"

_BLOCK = 4  # px: letters drawn a little sharper or softer are the same to a block
_UNLIKE = 40  # of 255, in the colour that differs most
_SHARE = 0.001  # of all blocks: a line of text on a phone's screen is more
_COLOURS = 128  # chosen as far apart as can be, so that a small red word stays red and a tint a tint


def shot(page: Page, *, whole: bool = False) -> Image.Image:
    """Return a picture of what the window shows, or of the whole page."""
    taken = page.screenshot(full_page=whole, animations="disabled", caret="hide", timeout=120_000)
    return Image.open(BytesIO(taken)).convert("RGB")


def kept(path: Path) -> Image.Image:
    """Return a picture that was kept; its texts are in `info`."""
    with Image.open(path) as picture:
        picture.load()
        return picture


def keep(picture: Image.Image, path: Path, **said: str) -> None:
    """Write a picture as a small PNG, with texts that belong to it."""
    texts = PngInfo()
    for name, text in said.items():
        texts.add_text(name, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    small = picture.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(path, optimize=True, pnginfo=texts)


def difference(kept: Image.Image, found: Image.Image) -> str:
    """Return how a picture differs from the one that was kept, or nothing when a reader would not see it."""
    if kept.size != found.size:
        return f"it is {found.width} × {found.height} px and was {kept.width} × {kept.height}"
    first, second = (picture.convert("RGB").reduce(_BLOCK) for picture in (kept, found))
    channels = ImageChops.difference(first, second).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    unlike = most.point(lambda value: 255 if value > _UNLIKE else 0)
    share = unlike.histogram()[255] / (unlike.width * unlike.height)
    return f"{share:.2%} of it differs, within {unlike.getbbox()} times {_BLOCK} px" if share > _SHARE else ""


def strip(shots: Sequence[Image.Image], columns: int = 8) -> Image.Image:
    """Return pictures in half their size, side by side, numbered."""
    width, height = shots[0].width // 2, shots[0].height // 2
    rows = -(-len(shots) // columns)
    sheet = Image.new("RGB", (columns * (width + 8) + 8, rows * (height + 24) + 8), "white")
    draw = ImageDraw.Draw(sheet)
    for number, picture in enumerate(shots):
        left, top = 8 + number % columns * (width + 8), 8 + number // columns * (height + 24)
        draw.text((left, top), str(number + 1), "black")
        draw.rectangle((left - 1, top + 13, left + width, top + 14 + height), outline="#999")
        sheet.paste(picture.resize((width, height), Image.Resampling.LANCZOS), (left, top + 14))
    return sheet
