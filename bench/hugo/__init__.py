"""A bare Hugo site that makes the same pages: each entry, each month, the index and a feed.

The theme looks at each entry once and nowhere at all of them, so Hugo's time grows as the record does.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from bench.markdown import story
from onrecord.model.entry import Entry

_THEME = Path(__file__).parent


def write_hugo(root: Path, record: Iterable[Entry]) -> None:
    """Write a Hugo site of a record."""
    content = root / "content/log"
    content.mkdir(parents=True)
    shutil.copy(_THEME / "hugo.toml", root)
    shutil.copytree(_THEME / "layouts", root / "layouts")
    for entry in record:
        (content / f"{entry.id}.md").write_text(_page(entry), "utf-8")


def _page(entry: Entry) -> str:
    facts = {
        "title": entry.title,
        "date": entry.opened.isoformat(),
        "lastmod": entry.changed.isoformat(),
        "months": [f"{entry.opened:%Y-%m}"],
        "kind_of_entry": entry.kind,
        "status": entry.status,
        "components": list(entry.components),
        "source": entry.source.url if entry.source else None,
    }
    written = "\n".join(f"{name}: {json.dumps(value)}" for name, value in facts.items())
    return f"---\n{written}\n---\n{story(entry)}\n"
