"""A bare repository on this disk that stands for the one on GitHub, with `main` protected."""

import subprocess
from pathlib import Path

_HOOK = """#!/bin/sh
while read -r old new ref; do
  echo "$ref" >> pushed
  if [ "$ref" = refs/heads/main ]; then
    echo "main is protected" >&2
    exit 1
  fi
done
"""


class Origin:
    """Takes pushes to any branch but `main`, which only `commit` adds to; `pushed` names what was tried."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self._environment = environment
        self._git(folder.parent, "init", "--quiet", "--bare", "--initial-branch=main", str(folder))

    @property
    def address(self) -> str:
        return f"file://{self.folder}"

    @property
    def pushed(self) -> list[str]:
        path = self.folder / "pushed"
        return path.read_text().split() if path.is_file() else []

    def commit(self, site: Path) -> None:
        """Put a folder on `main`, as people do through a pull request."""
        if not (site / ".git").is_dir():
            self._git(site, "init", "--quiet", "--initial-branch=main")
        self._git(site, "add", "--all")
        self._git(site, "-c", "user.name=Ana", "-c", "user.email=ana@acme.example", "commit", "-qm", "Edit")
        hook = self.folder / "hooks/pre-receive"
        hook.unlink(missing_ok=True)
        self._git(site, "push", "--quiet", self.address, "main")
        hook.write_text(_HOOK)
        hook.chmod(0o755)

    def checkout(self, folder: Path) -> Path:
        """Return a fresh shallow checkout of `main`, as a runner has it."""
        self._git(folder.parent, "clone", "--quiet", "--depth=1", self.address, str(folder))
        return folder

    def history(self, branch: str) -> list[str]:
        """Return the first lines of a branch's commits, newest first; none when there is no such branch."""
        if not self._git(self.folder, "branch", "--list", branch):
            return []
        return self._git(self.folder, "log", "--format=%an: %s", branch).splitlines()

    def files(self, branch: str) -> list[str]:
        """Return the names of a branch's files."""
        return self._git(self.folder, "ls-tree", "-r", "--name-only", branch).splitlines()

    def _git(self, folder: Path, *words: str) -> str:
        command = ["git", "-C", str(folder), *words]
        done = subprocess.run(command, env=self._environment, text=True, capture_output=True, check=True)
        return done.stdout.strip()
