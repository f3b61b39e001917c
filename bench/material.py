"""A site in which every entry is a page of MkDocs and Material, as one would begin without On Record."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import yaml

from bench.markdown import story
from onrecord.model.entry import Entry


def write_material(root: Path, record: Iterable[Entry]) -> None:
    """Write a MkDocs site of a record, whose entries come oldest first: each entry, each month and the index."""
    docs = root / "docs/log"
    docs.mkdir(parents=True)
    months = {}
    for month, group in groupby(record, lambda entry: f"{entry.opened:%Y-%m}"):
        entries = list(group)
        months[month] = len(entries)
        for entry in entries:
            (docs / f"{entry.id}.md").write_text(_page(entry), "utf-8")
        rows = "\n".join(f"- [{entry.title}]({entry.id}.md) {entry.status}" for entry in entries)
        (docs / f"{month}.md").write_text(f"# {month}\n\n{rows}\n", "utf-8")
    links = "\n".join(f"- [{month}](log/{month}.md) {count} entries" for month, count in months.items())
    (root / "docs/index.md").write_text(f"# Acme on record\n\n{links}\n", "utf-8")
    (root / "mkdocs.yml").write_text(yaml.safe_dump(_SETTINGS, sort_keys=False), "utf-8")


_SETTINGS = {
    "site_name": "Acme on record",
    "site_url": "https://acme.example/record/",
    "theme": {"name": "material"},
    "nav": ["index.md"],  # else every page lists every other one, and time grows with the square of the record
}


def _page(entry: Entry) -> str:
    facts = f"{entry.kind} · {entry.status} · {entry.opened:%Y-%m-%d} · {', '.join(entry.components)}"
    return f"# {entry.title}\n\n{facts}\n\n{story(entry)}\n"
