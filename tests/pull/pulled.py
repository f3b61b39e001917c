"""What the tests of a pull look at: the record on disk, and the requests that made it."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from tests.local_github import LocalGitHub
from tests.own_site import Ran, Site, read_all

from onrecord.cli.terminal import Terminal
from onrecord.stages.gather import open_folder
from onrecord.stages.pull import Options, SourcePull, pull
from onrecord.web import Web

TOKEN = "ghp_hush"
SOURCES = "content/record/pulled"
Json = dict[str, Any]


@dataclass(frozen=True)
class Pulled:
    """A site and its record."""

    site: Site

    def settings(
        self, privacy: Json | None = None, url: str = "https://status.acme.example/", **sources: Json
    ) -> None:
        """Write the settings with these sources."""
        whole = {
            "site": {"title": "Acme on record", "url": url},
            "sources": sources,
            "privacy": privacy or {},
        }
        self.site.write("site_config.yml", yaml.safe_dump(whole, sort_keys=False))

    def source(self, github: LocalGitHub, *, token: bool = True, **more: Any) -> Json:
        """Return the settings of a source that reads a GitHub."""
        how = {"token": "$APP_TOKEN"} if token else {}
        return {
            "type": "github-issues",
            "repo": github.repository.name,
            "api_url": github.url,
            "allow_private": True,
            "known_issue_labels": ["known-issue"],
            "incident_labels": ["incident"],
            **how,
            **more,
        }

    def pull(self, *arguments: str, code: int = 0) -> Ran:
        """Pull, which ends with this exit code."""
        ran = self.site.run("pull", *arguments)
        assert ran.code == code, ran.said
        return ran

    def pull_at(self, github: LocalGitHub) -> tuple[SourcePull, ...]:
        """Pull as the verb does, but by the GitHub's clock."""
        talk = Terminal(quiet=True)
        folder = open_folder(self.site.root, os.environ)
        return pull(folder, lambda access: Web(access, github.clock, 60, talk.say), github.clock, Options(), talk)

    @property
    def folder(self) -> Path:
        return self.site.root / "content/record"

    @property
    def entries(self) -> dict[str, Json]:
        """Return every pulled entry by its id."""
        files = sorted((self.site.root / SOURCES).glob("*/[0-9]*/*.json"))
        return {path.stem: json.loads(path.read_bytes()) for path in files}

    def state(self, source: str = "app") -> Json:
        plain: Json = json.loads((self.site.root / SOURCES / source / "state.json").read_bytes())
        return plain

    def on_disk(self, text: str) -> list[str]:
        """Return every file of the site's folder, hidden ones too, that holds a text."""
        return [path for path, content in read_all(self.site.root).items() if text.encode() in content]

    def on_record(self, text: str) -> list[str]:
        """Return the same, but for the pack: it has what the record has, and no more."""
        return [path for path in self.on_disk(text) if not path.startswith("build/log/")]


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes of every file, and when it was written."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


@contextmanager
def asked(github: LocalGitHub) -> Iterator[Counter[str]]:
    """Count what is asked meanwhile, by the end of its path below the repository."""
    before, paths = len(github.log), Counter[str]()
    yield paths
    for request in github.log[before:]:
        paths[request.path.partition(f"/{github.repository.name}/")[2] or request.path] += 1
