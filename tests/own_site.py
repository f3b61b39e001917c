"""A site in a folder of its own, and the real command line to run on it."""

import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from click.testing import CliRunner

from onrecord.cli import main

NOW = "2026-11-21 09:12"
_DECIDE_FRAMES = ("site_config.yml", "content/pages", "content/demo.yml", "templates/frame", "templates/assets")
_MADE = ("frames", "static", "made.json")


def read_all(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Ran:
    """How a run of `onrecord` ended: its exit code, its results, its talk, and both as they appeared."""

    code: int
    out: str
    err: str
    said: str


@dataclass(frozen=True)
class FrameCache:
    """Keeps the frames of sites by what decides them. `onrecord` itself looks whether they still hold."""

    folder: Path

    def lend(self, root: Path) -> None:
        kept, build = self._kept(root), root / "build/frames"
        if kept.is_dir() and not build.exists():
            shutil.copytree(kept, build)

    def keep(self, root: Path) -> None:
        kept, build = self._kept(root), root / "build/frames"
        if kept.exists() or not (build / "made.json").is_file():
            return
        shutil.copytree(build, kept, ignore=lambda at, names: set(names) - set(_MADE) if at == str(build) else ())

    def _kept(self, root: Path) -> Path:
        digest = sha256()
        for name in _DECIDE_FRAMES:
            found = [root / name] if (root / name).is_file() else sorted((root / name).rglob("*"))
            for path in found:
                if path.is_file():
                    digest.update(f"\0{path.relative_to(root)}\0".encode() + path.read_bytes())
        return self.folder / digest.hexdigest()


@dataclass(frozen=True)
class Site:
    """One site under test."""

    root: Path
    frames: FrameCache

    @property
    def out(self) -> Path:
        return self.root / "site"

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def entry(self, entry_id: str, facts: str, words: str = "") -> Path:
        return self.write(f"content/entries/{entry_id}.md", f"---\n{facts.strip()}\n---\n{words}")

    def run(self, *arguments: str) -> Ran:
        self.frames.lend(self.root)
        # GitHub Actions sets a variable that changes how problems are said.
        done = CliRunner(env={"GITHUB_ACTIONS": None}, catch_exceptions=False).invoke(
            main, ["--site", str(self.root), *arguments]
        )
        self.frames.keep(self.root)
        return Ran(done.exit_code, done.stdout, done.stderr, done.output)

    def build(self, now: str = NOW, *arguments: str) -> dict[str, bytes]:
        """Build at a moment, let nothing be wrong, and return every file of the site."""
        ran = self.run("build", "--now", now, *arguments)
        assert ran.code == 0, ran.said
        return self.files

    @property
    def files(self) -> dict[str, bytes]:
        return read_all(self.out)
