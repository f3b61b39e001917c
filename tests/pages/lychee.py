"""lychee: links of pages that lead nowhere, fragments included."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.pages.sites import Shown
from tests.web import peers


def found(site: Shown, root: Path) -> list[str]:
    """Return each page of a site with the links on it that lead nowhere.

    `root` is a path that is free: the site is put below it as it stands on its host, so that `/record/` is what it is
    there. Addresses in full that lead into the site (canonical ones, those of cards) are looked up in it too.
    """
    host = root / site.base.strip("/")
    host.parent.mkdir(parents=True, exist_ok=True)
    host.symlink_to(site.out, target_is_directory=True)
    here = f"^{re.escape(site.url.rstrip('/'))}/(.*)$ {site.out.as_uri()}/$1"
    plain = ("--offline", "--no-progress", "--format", "json")
    options = (*plain, "--include-fragments", "--index-files", "index.html", "--remap", here)
    told = subprocess.run(
        [_program(), *options, "--root-dir", root, site.out], capture_output=True, text=True, check=False
    )
    return [_said(Path(page), link, site) for page, links in _errors(told).items() for link in links]


def _errors(told: subprocess.CompletedProcess[str]) -> dict[str, list[dict[str, Any]]]:
    try:
        errors: dict[str, list[dict[str, Any]]] = json.loads(told.stdout)["error_map"]
    except ValueError:
        raise AssertionError(told.stderr) from None
    return errors


def _said(page: Path, link: dict[str, Any], site: Shown) -> str:
    where = link["url"].removeprefix("file://")
    return f"{site.name}: {page.relative_to(site.out)}: {where}: {link['status']['text']}"


def _program() -> Path:
    program = Path(sys.executable).with_name("lychee")
    if not program.exists():
        raise peers.Missing("lychee is needed: make .venv/web")
    return program
