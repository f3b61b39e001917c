"""The sites whose pages are looked at: the demo, every story of `tests/sites`, and every entry in every state."""

import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from tests.every_field import every_field
from tests.own_site import FrameCache, Site
from tests.pages.design import NOW, design_page

from onrecord import strict_yaml
from onrecord.model.entry import KINDS, Entry, write_entry
from onrecord.model.kinds import CLOSED, Impact, Kind, Status
from onrecord.press import base_path
from onrecord.stages.gather import open_folder

TESTS = Path(__file__).parents[1]
STORIES = TESTS / "sites"
EVERY_STATE = "every-state"
_LONG = "Zahlungsverkehrsunterbrechungsbenachrichtigung مرحبا بالعالم and a few words more, so that a line is full."


@dataclass(frozen=True)
class Shown:
    """A built site: its name, the folder that it is built to, its address, and the path of that address."""

    name: str
    out: Path
    url: str
    base: str


def built(folder: Path, frames: FrameCache) -> Iterator[Shown]:
    """Yield every site that is looked at, built below a folder."""
    yield demo(Site(folder / "demo", frames))
    yield every_state(Site(folder / EVERY_STATE, frames))
    for story in sorted(path.parent for path in STORIES.glob("*/expected")):
        yield _story(story, Site(folder / story.name, frames))


def demo(site: Site) -> Shown:
    """Build the repository's own site."""
    shutil.copytree(TESTS.parent / "content", site.root / "content")
    shutil.copy(TESTS.parent / "site_config.yml", site.root)
    return _shown(site, "build")


def every_state(site: Site) -> Shown:
    """Build a site with each kind of entry in each of its states, every field filled, and the page of all parts."""
    site.write("site_config.yml", "site:\n  title: Acme in every state\n  url: https://acme.example/every/\n")
    site.write("content/components.yml", "payments:\n  name: Payments\n  description: Cards and transfers\n")
    for entry in entries_in_every_state():
        path = site.root / f"content/record/pulled/app/{entry.opened.year}/{entry.id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_entry(entry))
    shown = _shown(site, f'build --now "{NOW:%Y-%m-%d %H:%M}"')
    page = design_page(site.root)
    (shown.out / page.path).parent.mkdir()
    (shown.out / page.path).write_bytes(page.content)
    return shown


def entries_in_every_state() -> Iterator[Entry]:
    """Yield an entry for each kind and status that there can be."""
    for kind in Kind:
        for status in get_args(KINDS[kind].model_fields["status"].annotation):
            name = f"{kind}-{status}".replace("_", "-")
            given = {"id": name, "aliases": [f"old-{name}"], "status": status, "impact": Impact.CRITICAL}
            if status not in CLOSED:
                given["closed"] = None
            if status is Status.SCHEDULED:  # or the clock would have it under way
                given |= {"scheduled_for": "2026-11-25 01:00", "scheduled_until": "2026-11-25 03:00"}
            if status is Status.FIXED_UNRELEASED:  # or its release would have fixed it
                given |= {"released_at": None, "released_by": None}
            yield every_field(kind, _LONG, **given)


def _story(told: Path, site: Site) -> Shown:
    plan = strict_yaml.read((told / "story.yml").read_text("utf-8"), "story.yml").plain
    shutil.copytree(STORIES / plan.get("of", told.name) / "site", site.root)
    return _shown(site, plan["command"])


def _shown(site: Site, command: str) -> Shown:
    ran = site.run(*shlex.split(command))
    assert site.out.is_dir(), ran.said
    settings = open_folder(site.root, {}).settings.site
    return Shown(site.root.name, site.out, settings.url, base_path(settings))
