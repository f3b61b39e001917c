"""A source and an output that someone else wrote and installed: registered by entry point, they work like ours."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.own_site import Site

THIRD_PARTY = '''
"""A lighthouse that speaks for itself, and a page that counts what is on record."""

from collections.abc import Iterator
from typing import Literal

from onrecord.contracts import Answer, Batch, Known, Understood
from onrecord.file import File
from onrecord.model.entry import ENTRIES
from onrecord.model.scalars import write_moment
from onrecord.sources.settings import SourceSettings
from onrecord.web import Access


class Lighthouse(SourceSettings):
    type: Literal["lighthouse"] = "lighthouse"
    rock: str

    @property
    def title(self):
        return f"The lighthouse on {self.rock}"

    @property
    def address(self):
        return None

    def access(self):
        return Access(hosts=("lighthouse.example",))

    def fetch(self, web, known, say):
        say("The lamp is lit.")
        yield (Answer("log", "https://lighthouse.example/log", [{"day": "2026-11-20", "said": "Fog."}]),)

    def load(self, text):
        yield (Answer("log", "saved", [{"day": "2026-11-19", "said": text.strip()}]),)

    def understand(self, batch, known):
        rows = [row for answer in batch for row in answer.body]
        return Understood(tuple(self.entry(row, known) for row in rows), {"last": rows[-1]["day"]})

    def entry(self, row, known):
        return ENTRIES.validate_python({
            "id": f"{known.name}-{row['day']}-log", "kind": "announcement", "title": row["said"],
            "status": "published", "opened": row["day"], "source": {"name": known.name},
        })


class Count:
    name = "count"

    def files(self, record, press):
        yield press.page("count/", "count.html", title="Count", description="How many.", total=len(record.entries))
        yield File("count.txt", f"{len(record.entries)}\\n".encode())
'''


@pytest.fixture
def third_party(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH with an installed package that has a source and an output of its own."""
    folder = tmp_path / "installed"
    about = folder / "lighthouse-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "lighthouse.py").write_text(THIRD_PARTY, "utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: lighthouse\nVersion: 1.0\n")
    points = {
        "onrecord.sources": "lighthouse = lighthouse:Lighthouse",
        "onrecord.outputs": "count = lighthouse:Count",
    }
    (about / "entry_points.txt").write_text("".join(f"[{group}]\n{line}\n" for group, line in points.items()))
    return folder


def test_a_source_and_an_output_of_someone_else_work_like_ours(site: Site, third_party: Path) -> None:
    site.write(
        "site_config.yml",
        "site: {title: Acme on record, url: https://status.acme.example/}\n"
        "sources: {lamp: {type: lighthouse, rock: Skerry}}\n",
    )
    site.write("templates/pages/count.html", "<h1>{{ total }} on record</h1>")
    site.write("saved.txt", "Clear sky.\n")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "onrecord", "--site", str(site.root), *arguments]
        env = {**os.environ, "PYTHONPATH": str(third_party)}
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    pulled = run("pull")
    assert (pulled.returncode, pulled.stdout) == (0, "lamp: 1 file changed; 0 requests\n")
    assert "The lamp is lit." in pulled.stderr
    assert run("pull").stdout == "lamp: 0 files changed; 0 requests\n"
    assert run("pull", "--load", str(site.root / "saved.txt")).stdout.startswith("lamp: 1 file changed")
    built = run("build", "--now", "2026-11-21 09:12")
    assert built.returncode == 0, built.stderr
    files = site.files
    assert files["count.txt"] == b"2\n"
    assert b"<h1>2 on record</h1>" in files["count/index.html"]
    assert b"Fog." in files["log/lamp-2026-11-20-log/index.html"]
    assert b"The lighthouse on Skerry" in files["index.html"]
    settings = site.root / "site_config.yml"
    settings.write_text(settings.read_text().replace("type: lighthouse", "type: lighthous"))
    wrong = run("check")
    assert wrong.returncode == 1
    assert '"lighthous"' in wrong.stderr
    assert 'Did you mean "lighthouse"?' in wrong.stderr
