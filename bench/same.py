"""`python -m bench.same`: whether a warm build of a large record is what a cold one is, after many small changes."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import click

from bench.record import NOW, SOURCE, entries, entry
from bench.site import write_one, write_site

_EVERY = timedelta(minutes=30)
_LATER = timedelta(minutes=20)
_AT_ONCE = 10  # changes from build to build


@click.command()
@click.option("--entries", "size", default=10_000, show_default=True, help="How many entries.")
@click.option("--changes", default=50, show_default=True, help="How many additions, edits, overlays and removals.")
@click.option("--seed", default=1, show_default=True, help="Which ones.")
def main(size: int, changes: int, seed: int) -> None:
    """Change a record step by step, build it warm, then cold, and compare every byte."""
    random = Random(seed)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_site(root, entries(size))
        _build(root, 0)
        for number in range(1, changes + 1):
            _change(root, random, size + number)
            if number % _AT_ONCE == 0 or number == changes:
                _build(root, number)
        _build(root, changes, _LATER)  # of which nothing has moved: it rests on the build before
        warm = _digests(root / "site")
        shutil.rmtree(root / "site")
        shutil.rmtree(root / "build")
        _build(root, changes, _LATER)
        cold = _digests(root / "site")
    differ = sorted(path for path in warm.keys() | cold.keys() if warm.get(path) != cold.get(path))
    click.echo(f"{changes} changes of {size} entries: {len(cold)} files, {len(differ)} differ")
    for path in differ:
        click.echo(path)
    sys.exit(bool(differ))


def _change(root: Path, random: Random, number: int) -> None:
    pulled = sorted((root / f"content/record/pulled/{SOURCE}").glob("[0-9]*/*.json"))
    path = random.choice(pulled)
    match random.choice(["add", "edit", "overlay", "remove"]):
        case "add":
            write_one(root, entry(number, NOW - timedelta(hours=random.randrange(1, 9000))))
        case "edit":
            plain = json.loads(path.read_bytes())
            plain["title"] += f", again {number}"
            path.write_text(json.dumps(plain), "utf-8")
        case "overlay":
            words = f"---\nimpact: major\nsummary: Laid over it, {number}\n---\n"
            (root / "content/entries" / f"{path.stem}.md").write_text(words, "utf-8")
        case _:
            path.unlink()
            (root / "content/entries" / f"{path.stem}.md").unlink(missing_ok=True)


def _build(root: Path, number: int, later: timedelta = timedelta()) -> None:
    now = f"{NOW + number * _EVERY + later:%Y-%m-%d %H:%M} Z"
    subprocess.run(
        [sys.executable, "-m", "onrecord", "--quiet", "--site", str(root), "build", "--now", now], check=True
    )


def _digests(folder: Path) -> Mapping[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    main()
