"""Links in a site's content: one is followed to a file of the site, and nowhere else; all others are named."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import Place, Problem

_UNFOLLOWED = "content/pages/"
"""Whatever lies here is published as it is, so no link is followed here at all."""


def unfollowed(root: Path) -> dict[str, Problem]:
    """Return what is wrong with each link in a site's content that is not followed, by its path below the site."""
    return dict(_found(root))


def leads_through(path: str, links: dict[str, Problem]) -> bool:
    """Tell whether a path is such a link, or lies behind one."""
    return any(f"{path}/".startswith(f"{link}/") for link in links)


def _found(root: Path) -> Iterator[tuple[str, Problem]]:
    for path in _links(str(root / "content")):
        shown = path.relative_to(root).as_posix()
        if said := _wrong(path, root, shown):
            yield shown, Problem(Place(shown), *said)


def _links(folder: str) -> Iterator[Path]:
    if not Path(folder).is_dir():
        return
    with os.scandir(folder) as found:
        for each in found:
            if each.is_symlink():
                yield Path(each.path)
            elif each.is_dir():
                yield from _links(each.path)


def _wrong(path: Path, root: Path, shown: str) -> tuple[str, str] | None:
    try:
        path.stat()
    except OSError as error:
        where = "in a circle" if error.errno == errno.ELOOP else "to nothing"
        return f"this is a link {where}", "put the file itself here, or take the link out"
    itself = f"put the {'folder' if path.is_dir() else 'file'} itself here"
    # Not `Path.resolve`, which fails on a link in a circle.
    if not Path(os.path.realpath(path)).is_relative_to(root.resolve()):
        return "this is a link out of the site", itself
    if path.is_dir():
        return "this is a link to a folder, and such are not followed", itself
    if shown.startswith(_UNFOLLOWED):
        return "this is a link, and among hand-written pages none is followed", itself
    return None
