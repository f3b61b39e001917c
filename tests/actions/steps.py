"""The steps of a job, one after the other, as GitHub's runner takes them."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .expressions import fill, true

UPLOADS = ("actions/upload-pages-artifact", "actions/upload-artifact")
DONE_HERE = ("actions/checkout", "actions/setup-python")  # by Origin.checkout and by the PATH
PAGES = "actions/configure-pages"
CACHE = "actions/cache"


def workflow(path: Path) -> dict[str, Any]:
    """Return a workflow as plain data; YAML reads its `on` as True."""
    plain: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return plain


@dataclass(frozen=True)
class Ran:
    """What a job did: every step's outcome by name, what was said, what was uploaded, and its outputs."""

    outcomes: Mapping[str, str]
    said: Mapping[str, str]
    outputs: Mapping[str, str]
    uploaded: Path | None
    red: bool


@dataclass
class Job:
    """One job of a workflow in a checkout, with the runner's environment and nothing else of this machine's.

    `address` is what GitHub Pages says the site's is. Steps in `without` are passed over. A step whose name is
    in `meanwhile` is followed by what that does, as if somebody else had been at work. `caches` holds what earlier
    jobs kept, by its key.
    """

    plain: Mapping[str, Any]
    folder: Path
    environment: Mapping[str, str]
    token: str = ""
    address: str = ""
    without: tuple[str, ...] = ()
    meanwhile: Mapping[str, Any] = field(default_factory=dict)
    caches: dict[str, Path] = field(default_factory=dict)

    def run(self) -> Ran:
        """Run every step, and return what came of it."""
        outcomes: dict[str, str] = {}
        named: dict[str, Any] = {}
        said: dict[str, str] = {}
        uploaded, red = None, False
        kept: tuple[str, str] | None = None
        for step in self.plain["steps"]:
            name = step["name"]
            if name in self.without:
                continue
            context = {"steps": named, "github": {"token": self.token}, "folder": self.folder}
            told = {"base_url": self.address}
            wanted = true(step["if"], context) if "if" in step else True
            if not wanted or (red and "cancelled()" not in step.get("if", "")):
                outcome = "skipped"
            elif "run" in step:
                outcome, said[name], told = self._shell(step, context)
            elif step["uses"].startswith(f"{CACHE}@"):
                outcome, kept = (
                    "success",
                    self._restore({key: fill(text, context) for key, text in step["with"].items()}),
                )
            else:
                outcome, uploaded = self._action(step, uploaded)
            outcomes[name] = outcome
            if "id" in step:
                named[step["id"]] = {"outcome": outcome, "outputs": told}
            red = red or (outcome == "failure" and not step.get("continue-on-error", False))
            if name in self.meanwhile:
                self.meanwhile[name]()
        if kept and not red:
            self._save(*kept)
        outputs = {key: fill(text, {"steps": named}) for key, text in self.plain.get("outputs", {}).items()}
        return Ran(outcomes, said, outputs, uploaded, red)

    def _shell(self, step: Mapping[str, Any], context: Mapping[str, Any]) -> tuple[str, str, dict[str, str]]:
        """Run a script, and return its outcome, what it said, and what it left in `GITHUB_OUTPUT`."""
        told = self.folder.parent / f"{self.folder.name}-output"
        told.write_text("")
        own = {name: fill(str(value), context) for name, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "-e", "-c", fill(step["run"], context)],
            cwd=self.folder,
            env={**self.environment, **own, "GITHUB_OUTPUT": str(told)},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in told.read_text().splitlines())
        return ("failure" if done.returncode else "success"), done.stdout, outputs

    def _action(self, step: Mapping[str, Any], uploaded: Path | None) -> tuple[str, Path | None]:
        action = re.sub("@.*", "", step["uses"])
        if action in (*DONE_HERE, PAGES):
            return "success", uploaded
        assert action in UPLOADS, f"no stand-in for {action}"
        there = self.folder.parent / f"{self.folder.name}-uploaded"
        shutil.copytree(self.folder / step["with"]["path"], there)
        return "success", there

    def _restore(self, asked: Mapping[str, str]) -> tuple[str, str] | None:
        """Put back what was kept under the key, or else the newest that begins like it; return what to keep then."""
        prefixes = asked["restore-keys"].split()
        like = [key for key in self.caches if key.startswith(tuple(prefixes))]
        found = asked["key"] if asked["key"] in self.caches else like[-1] if like else None
        if found:
            shutil.copytree(self.caches[found], self.folder, dirs_exist_ok=True)
        return None if found == asked["key"] else (asked["key"], asked["path"])

    def _save(self, key: str, paths: str) -> None:
        """Keep what the patterns match, whole: like the action, look no further into a folder that is matched."""
        wanted, left_out = set[Path](), set[Path]()
        for pattern in paths.split():
            (left_out if pattern.startswith("!") else wanted).update(self.folder.glob(pattern.removeprefix("!")))
        there = self.folder.parent / f"{self.folder.name}-kept"
        for path in wanted - left_out:
            copy = there / path.relative_to(self.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, copy)
        self.caches[key] = there
