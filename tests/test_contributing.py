"""CONTRIBUTING's examples are taken at their word: checked like our own code, registered, pulled and built with."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.own_site import Site

ROOT = Path(__file__).parents[1]
BLOCKS = [
    re.sub(rf"^{indent}", "", text, flags=re.MULTILINE)
    for indent, text in re.findall(
        r"^( *)```python\n(.*?)^ *```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
]
MODULES = {found[1]: block for block in BLOCKS if (found := re.match(r"# (generator/onrecord/\S+\.py)\n", block))}
SAMPLES = ast.literal_eval("{" + "".join(block for block in BLOCKS if block not in MODULES.values()) + "}")
POINTS = "[onrecord.sources]\nnotices = notices:Notices\n[onrecord.outputs]\nopen-json = open_json:OpenJson\n"
Ran = subprocess.CompletedProcess[str]


def python(*arguments: str | Path, text: str | None = None, path: Path | None = None) -> Ran:
    env = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    env |= {"PYTHONPATH": str(path)} if path else {}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=env, input=text, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PYTHONPATH with the examples as the package of a third party."""
    folder = tmp_path_factory.mktemp("installed")
    about = folder / "examples-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: examples\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(POINTS)
    for path, block in MODULES.items():
        (folder / Path(path).name).write_text(block, "utf-8")
    return folder


def test_the_guide_has_an_example_of_a_source_and_one_of_an_output() -> None:
    assert [Path(path).name for path in MODULES] == ["notices.py", "open_json.py"]
    assert [*SAMPLES] == ["notices"]


@pytest.mark.parametrize("path", MODULES)
def test_an_example_is_written_in_our_style(path: str) -> None:
    linted = python("-m", "ruff", "check", "--quiet", "--stdin-filename", path, "-", text=MODULES[path])
    assert (linted.returncode, linted.stdout) == (0, "")
    assert python("-m", "ruff", "format", "--stdin-filename", path, "-", text=MODULES[path]).stdout == MODULES[path]


def test_the_examples_are_typed_as_strictly_as_our_own_code(installed: Path) -> None:
    files = sorted(installed.glob("*.py"))
    done = python("-m", "mypy", "--config-file", ROOT / "pyproject.toml", "--follow-imports", "silent", *files)
    assert (done.returncode, done.stdout) == (0, "Success: no issues found in 2 source files\n")


def test_the_examples_keep_the_contract_of_all_plug_ins(installed: Path, tmp_path: Path) -> None:
    test = tmp_path / "test_examples.py"
    test.write_text(
        "from tests import test_plugins_contract as contract\n"
        f"contract.SAMPLES.update({SAMPLES!r})\n"
        "from tests.test_plugins_contract import *\n"
    )
    done = python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", ROOT / "pyproject.toml", "--rootdir", ROOT,
                  "-k", "notices or json", test, path=installed)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) > 10


@contextmanager
def served(rows: list[object]) -> Iterator[str]:
    """Serve a list of notices on this machine, and yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(rows).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/notices.json"
    finally:
        server.shutdown()
        server.server_close()


def test_the_examples_pull_and_build(site: Site, installed: Path) -> None:
    def run(*arguments: str) -> Ran:
        done = python("-m", "onrecord", "--site", site.root, *arguments, path=installed)
        assert done.returncode == 0, done.stderr
        return done

    good = {"number": 1, "at": "2026-11-20", "title": "New opening hours", "text": "We open at nine."}
    with served([good, {**good, "number": 2, "at": "soon"}, {**good, "number": 3, "title": " "}]) as url:
        site.write(
            "site_config.yml",
            "site: {title: Acme on record, url: https://status.acme.example/, timezone: Europe/Berlin}\n"
            f"sources: {{shop: {{type: notices, url: '{url}', allow_private: true}}}}\n",
        )
        first = run("pull")
        assert first.stdout == "shop: 2 files changed; 1 request\n"
        assert f'{url}: row 2 (number 2) was left out: "at" is odd\n' in first.stderr
        assert run("pull").stdout == "shop: 0 files changed; 1 request\n"
    kept = json.loads((site.root / "content/record/pulled/shop/2026/shop-1.json").read_bytes())
    assert kept["opened"] == "2026-11-19T23:00:00Z"
    run("build", "--now", "2026-11-21 09:12")
    files = site.files
    assert files["open.json"] == b"[]\n"
    assert b"New opening hours" in files["log/shop-1/index.html"]
    assert b"Notice 3" in files["log/shop-3/index.html"]
