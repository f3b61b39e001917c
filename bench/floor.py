"""`python -m bench.floor`: what each entry costs before anything is made of it, below which no build can go.

Each entry is read and checked, its words are set, and a page that is nothing but a frame and these words is looked
through for secrets and written, with the JSON beside it. There are no templates, no lists, no pictures, no search.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

import click

from bench.record import entries
from onrecord import words
from onrecord.file import File
from onrecord.log.pulled import read_pulled
from onrecord.model.entry import Entry, write_entry
from onrecord.stages.scan import Leaks

T = TypeVar("T")
R = TypeVar("R")

_FRAME = b"".join(b'<a href="#%d">A line of the frame, the same on every page</a>\n' % line for line in range(100))


@click.command()
@click.option("--entries", "size", default=2_000, show_default=True, help="How many entries.")
def main(size: int) -> None:
    """Print the CPU milliseconds that each entry needs at least, part by part."""
    with TemporaryDirectory() as folder:
        costs = floor(size, Path(folder))
    for part, cost in costs.items():
        click.echo(f"{part:<40} {1000 * cost / size:.2f} ms")
    click.echo(f"{'no build goes below':<40} {1000 * sum(costs.values()) / size:.2f} ms")


def floor(size: int, folder: Path) -> dict[str, float]:
    """Return the CPU seconds that some entries take, by what is done with them."""
    costs: dict[str, float] = {}

    def took(part: str, work: Callable[[T], R], todo: Iterable[T]) -> list[R]:
        given = [*todo]
        began = process_time()
        done = [work(one) for one in given]
        costs[part] = process_time() - began
        return done

    written = [write_entry(entry) for entry in entries(size)]
    read = took("read and checked", lambda data: read_pulled(data, ""), written)
    said = took("words made safe HTML", _set, read)
    pages = [File("index.html", _FRAME + html.encode()) for html in said]
    leaks = Leaks({})
    took("looked through for secrets", lambda page: [*leaks(page)], pages)
    anew = took("written as JSON", write_entry, read)
    made = zip(read, pages, anew, strict=True)
    took("two files on disk", lambda one: _put(folder / one[0].id, one[1].content, one[2]), made)
    return costs


def _set(entry: Entry) -> str:
    return "\n".join(words.render(text).html for text in (entry.body, *(update.body for update in entry.updates)))


def _put(folder: Path, page: bytes, data: bytes) -> None:
    folder.mkdir()
    (folder / "index.html").write_bytes(page)
    (folder / "entry.json").write_bytes(data)


if __name__ == "__main__":
    main()
