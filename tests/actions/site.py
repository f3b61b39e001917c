"""A site as people keep it on GitHub, and the runs of its workflows."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from onrecord.stages.init import init

from .origin import Origin
from .steps import Job, Ran, workflow

TOKEN = "ghs_thetokenoftherun"
ADDRESS = "https://acme.github.io/people"


def runner(home: Path) -> dict[str, str]:
    """The environment of a runner: a Python of its own, with the libraries of this one but not On Record."""
    subprocess.run([sys.executable, "-m", "venv", home / "python"], check=True)
    libraries = home / "libraries"
    libraries.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "onrecord" not in path.name:
            (libraries / path.name).symlink_to(path)
    (inside,) = (home / "python/lib").glob("python*/site-packages")
    (inside / "libraries.pth").write_text(f"{libraries}\n")
    return {
        "PATH": f"{home / 'python/bin'}:{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "GITHUB_ACTIONS": "true",
        "GITHUB_REPOSITORY": "acme/app",
        "GITHUB_SERVER_URL": "https://github.com",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PIP_NO_INDEX": "1",
    }


class Site:
    """A site on `main` of a protected repository, and the runs of its workflows."""

    def __init__(self, folder: Path, environment: dict[str, str], api_url: str) -> None:
        self.environment = environment | {"GITHUB_API_URL": api_url}
        self.origin = Origin(folder / "origin.git", self.environment)
        self.main = folder / "people"
        self.runs = 0
        self.caches: dict[str, Path] = {}
        self._folder = folder
        init(self.main, "acme/app")
        self.edit("site_config.yml", "    repo: acme/app\n", f"    repo: acme/app\n    api_url: {api_url}\n")
        self.edit("site_config.yml", "    labels:", "    allow_private: true\n    labels:")
        self.origin.commit(self.main)

    def edit(self, path: str, before: str, after: str) -> None:
        text = (self.main / path).read_text()
        assert before in text
        (self.main / path).write_text(text.replace(before, after, 1))

    def job(self, name: str, **more: Any) -> Job:
        self.runs += 1
        checkout = self.origin.checkout(self._folder / f"run-{self.runs}")
        plain = workflow(checkout / ".github/workflows" / f"{name}.yml")["jobs"][name]
        environment = self.environment | {"GITHUB_WORKSPACE": str(checkout)}
        return Job(plain, checkout, environment, token=TOKEN, address=ADDRESS, caches=self.caches, **more)

    def publish(self, **more: Any) -> Ran:
        return self.job("site", **more).run()
