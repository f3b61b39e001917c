"""vnu, the checker of the HTML standard: what of a page is no valid HTML."""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.web import peers

# What vnu says of a page that is not for us to mend.
_NOT_OURS = re.compile(
    "Content Security Policy"  # it reads files, whose origin is nobody's 'self'; the browser judges the policy
    "|This document appears to be written in"  # a guess, another one from run to run
    "|md-toggle|md-nav__title|__codelineno"  # Material's own, on hand-written pages
)


def found(*folders: Path) -> list[str]:
    """Return what is not valid in the pages below some folders: the page, the line, and what vnu says of it."""
    if not shutil.which("java"):
        raise peers.Missing("Java is needed. On Debian: apt-get install default-jre-headless")
    peers.install()
    jar = peers.HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
    options = ("--format", "json", "--exit-zero-always", "--stdout", "--skip-non-html")
    told = subprocess.run(["java", "-jar", jar, *options, *folders], capture_output=True, text=True, check=True)
    messages = json.loads(told.stdout)["messages"]
    return [_said(message, folders) for message in messages if _matters(message)]


def _matters(message: dict[str, Any]) -> bool:
    grave = message["type"] != "info" or message.get("subType") == "warning"
    return grave and not _NOT_OURS.search(f"{message['message']} {message.get('extract')}")


def _said(message: dict[str, Any], folders: Sequence[Path]) -> str:
    path = Path(message["url"].removeprefix("file:"))
    folder = next(folder for folder in folders if path.is_relative_to(folder))
    return f"{folder.parent.name}: {path.relative_to(folder)}:{message['lastLine']}: {message['message']}"
