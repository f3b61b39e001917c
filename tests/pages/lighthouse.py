"""Lighthouse: what a phone on a slow line gets. `make lighthouse` measures the demo; CI only asks what is no time.

Speed differs from machine to machine and is no test; what it asks for people and search engines is.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.own_site import FrameCache, Site
from tests.pages.sites import demo
from tests.serving import served
from tests.web import peers

PAGES = {"home": "", "entry": "log/2026-11-21-some-card-readers/", "known issues": "known/", "archive": "log/"}
NO_TIMES = ("accessibility", "best-practices", "seo")
ALL = ("performance", *NO_TIMES)
RUNS = 5


@dataclass(frozen=True)
class Measured:
    """What one run says: points of 100 by category, ms until the largest thing was painted, what costs points."""

    points: Mapping[str, float]
    painted: float
    lost: tuple[str, ...]


def measure(url: str, *categories: str) -> Measured:
    """Return what Lighthouse says of a page, as a phone of middling speed would get it."""
    peers.install()
    command = (
        peers.node(22),
        peers.HERE / "node_modules/lighthouse/cli/index.js",
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(categories)}",
        "--chrome-flags=--headless=new --no-sandbox",
    )
    chromium = {"CHROME_PATH": shutil.which("chromium") or "chromium"}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **chromium})
    report = json.loads(told.stdout)
    audits = report["audits"]
    return Measured(
        {name: 100 * category["score"] for name, category in report["categories"].items()},
        audits.get("largest-contentful-paint", {}).get("numericValue", 0),
        tuple(
            f"{name}: {audits[part['id']]['title']}"
            for name, category in report["categories"].items()
            for part in category["auditRefs"]
            if part["weight"]
            and (audits[part["id"]]["score"] or 0) < 1
            and audits[part["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual")
        ),
    )


def main() -> None:
    """Print the median of five runs for the main pages of the demo."""
    print(f"{'page':14}", *(f"{name:>15}" for name in ALL), "   painted")
    with TemporaryDirectory() as folder:
        shown = demo(Site(Path(folder) / "demo", FrameCache(Path(folder) / "frames")))
        with served(shown.out, shown.base) as host:
            for name, address in PAGES.items():
                runs = [measure(host + address, *ALL) for _ in range(RUNS)]
                points = (f"{median(run.points[category] for run in runs):15.0f}" for category in ALL)
                print(f"{name:14}", *points, f"{median(run.painted for run in runs) / 1000:8.2f} s", flush=True)
                for lost in sorted({lost for run in runs for lost in run.lost}):
                    print(f"    {lost}")


if __name__ == "__main__":
    main()
