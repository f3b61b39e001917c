"""A folder that `onrecord build` makes a site of, with a made-up record in it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from bench.record import COMPONENTS, REPO, SOURCE, VOICES, is_by_hand
from onrecord.log.keep import looking
from onrecord.log.pulled import SourceState, entry_file, write_state
from onrecord.model.entry import Entry, write_entry
from onrecord.redact import DEFAULT
from onrecord.whole import write_whole

URL = "https://acme.example/record/"


def write_site(root: Path, record: Iterable[Entry], *, search: bool = True, api_url: str | None = None) -> None:
    """Write the settings, the lists and every entry of a record; `api_url` is where its issues are pulled from."""
    _write(root / "site_config.yml", _yaml(_settings(search, api_url)))
    _write(root / "content/components.yml", _yaml({name: {"name": _said(name)} for name in COMPONENTS}))
    _write(root / "content/voices.yml", _yaml({name: {"name": name.capitalize()} for name in VOICES}))
    _write(root / "content/pages/about.md", "# About this record\n\nWhat people told us and what we answered.\n")
    # As a pull leaves it: all that it kept was looked through for personal data.
    write_state(root, SOURCE, SourceState(looked=looking(DEFAULT)))
    for entry in record:
        write_one(root, entry)


def write_one(root: Path, entry: Entry) -> None:
    """Write one entry where the machine keeps what it pulled, or where people write."""
    if is_by_hand(entry):
        _write(root / f"content/entries/{entry.opened.year}/{entry.id}.md", _authored(entry))
    else:
        write_whole(root / entry_file(SOURCE, entry), write_entry(entry))


def _settings(search: bool, api_url: str | None) -> dict[str, Any]:
    source: dict[str, Any] = {
        "type": "github-issues",
        "repo": REPO,
        "component_labels": {name: name for name in COMPONENTS},
    }
    if api_url:
        source |= {"api_url": api_url, "allow_private": True}
    return {
        "site": {"title": "Acme on record", "url": URL, "timezone": "Europe/Berlin"},
        "sources": {SOURCE: source},
        "search": search,
    }


def _authored(entry: Entry) -> str:
    told = {"id", "status", "body", "updates"}
    facts = json.loads(entry.model_dump_json(by_alias=True, exclude_defaults=True, exclude=told))
    sections = "".join(
        f"\n## {update.at:%Y-%m-%d %H:%M} Z {update.status}, by {update.by}\n\n{update.body}\n"
        for update in entry.updates
    )
    return f"---\n{_yaml(facts)}---\n{entry.body}\n{sections}"


def _said(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _yaml(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
