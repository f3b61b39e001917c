"""The conditions under which a page is looked at, and what is wrong with it there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True)
class Conditions:
    """A width in px, a colour scheme, the way one reads, and whether scripts run."""

    width: int
    scheme: Scheme
    direction: Direction
    scripts: bool

    def __str__(self) -> str:
        """Return `320 light ltr, scripts`."""
        return f"{self.width} {self.scheme} {self.direction}, {'scripts' if self.scripts else 'no scripts'}"


NOW = "2026-11-21T08:40:00Z"
"""What readers' clocks say, whenever the tests are run: soon after the demo was built. Some stories are stale."""

HOME, ABROAD = "Europe/Madrid", "America/New_York"
"""The zone of the demo, and one in which scripts have a time to add."""

# Every two conditions meet in at least one row; a test counts them.
CONDITIONS = (
    Conditions(320, "light", "ltr", scripts=True),
    Conditions(320, "dark", "rtl", scripts=False),
    Conditions(768, "light", "rtl", scripts=True),
    Conditions(768, "dark", "ltr", scripts=False),
    Conditions(1280, "light", "rtl", scripts=False),
    Conditions(1280, "dark", "ltr", scripts=True),
)


def turned_round(html: bytes) -> bytes:
    """Return a page as the theme makes it in a language that is read from the right."""
    return html.replace(b'<html lang="en"', b'<html lang="ar"', 1).replace(b'<body dir="ltr"', b'<body dir="rtl"', 1)


@contextmanager
def opened(
    browser: Browser, conditions: Conditions, *, zone: str = ABROAD, clock: str = NOW, **more: Any
) -> Iterator[Page]:
    """Yield a new page under some conditions, for a reader in a zone, with nothing from earlier ones in its cache."""
    context = browser.new_context(
        viewport={"width": conditions.width, "height": 800},
        color_scheme=conditions.scheme,
        java_script_enabled=conditions.scripts,
        reduced_motion="reduce",
        timezone_id=zone,
        locale="en-GB",
        **more,
    )
    context.clock.set_fixed_time(clock)
    try:
        yield context.new_page()
    finally:
        context.close()


_JUTTING = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const rtl = getComputedStyle(document.body).direction === "rtl";
  const out = [...document.body.querySelectorAll("*")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (rtl ? box.left < -1 : box.right > root.clientWidth + 1);
  });
  return [`${root.scrollWidth} px`, ...out.slice(0, 3).map(element => element.outerHTML.slice(0, 100))];
}"""
_GROUND = "() => getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).slice(0, 3).map(Number)"


def shifts(page: Page) -> list[str]:
    """Return a list that fills with what moves on a page while it loads; the browser itself tells, scripts or not."""
    found: list[str] = []

    def happened(told: dict[str, Any]) -> None:
        shift = told["event"]["layoutShiftDetails"]
        moved = [f"{_at(source['previousRect'])} → {_at(source['currentRect'])}" for source in shift["sources"]]
        found.append(f"shifts while it loads: by {shift['value']:.4f}: {moved}")

    session = page.context.new_cdp_session(page)
    session.on("PerformanceTimeline.timelineEventAdded", happened)
    session.send("PerformanceTimeline.enable", {"eventTypes": ["layout-shift"]})
    return found


def _at(box: dict[str, float]) -> str:
    return f"{box['width']:.0f} × {box['height']:.0f} px at {box['x']:.0f}, {box['y']:.0f}"


def amiss(page: Page, conditions: Conditions) -> list[str]:
    """Return what is wrong with a page that has loaded."""
    wrong = []
    if (found := page.locator("h1").count()) != 1:
        wrong.append(f"has {found} headings of the first level")
    if jutting := page.evaluate(_JUTTING):
        wrong.append(f"scrolls sideways: {jutting}")
    if (sum(page.evaluate(_GROUND)) < 200) != (conditions.scheme == "dark"):
        wrong.append(f"is not {conditions.scheme}")
    if page.evaluate("() => getComputedStyle(document.body).direction") != conditions.direction:
        wrong.append(f"is not read {conditions.direction}")
    return wrong
