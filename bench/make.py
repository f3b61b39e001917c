"""Writes what is built or asked, in a process of its own, so that the one that times stays small.

Linux counts the memory of whoever starts a program as the program's.
"""

import sys
from datetime import timedelta
from pathlib import Path

from bench.hugo import write_hugo
from bench.material import write_material
from bench.record import NOW, entries, entry
from bench.site import write_one, write_site

HUGO, PLAIN, SEARCHED, MATERIAL = "hugo", "plain", "searched", "material"
"""The folders of one record: for Hugo, for On Record with search off and on, and for MkDocs and Material."""


def write_record(root: Path, count: int) -> None:
    """Write a record of so many entries for every builder."""
    write_hugo(root / HUGO, entries(count))
    write_site(root / PLAIN, entries(count), search=False)
    write_site(root / SEARCHED, entries(count))
    write_material(root / MATERIAL, entries(count))


if __name__ == "__main__":
    what, folder, value = sys.argv[1:]
    if what == "record":
        write_record(Path(folder), int(value))
    elif what == "news":
        write_one(Path(folder), entry(int(value), NOW - timedelta(days=3)))
    else:
        write_site(Path(folder), (), api_url=value)
