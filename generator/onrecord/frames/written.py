"""The hand-written pages of a site: where each will stand and what it is called, before any is built."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from onrecord.errors import OnRecordError, Place, Problem

RESERVED = ("_frame", "_probe", "index.md", "readme.md", "404.md")

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^# +(.+?)(?: *\{[^}]*\})? *#* *$", re.MULTILINE)
_MARKUP = re.compile(r"<[^>]*>|[*`]")


def hand_written(pages: Path | None) -> Mapping[str, str]:
    """Return the title of each hand-written page by its address, like `policy/`, in the order of addresses.

    The title is the front matter's `title` or the first heading. Raises `OnRecordError` for front matter that
    cannot be read and for pages that claim an address of the record.
    """
    problems: list[Problem] = []
    titles = {}
    for path, name in _files(pages) if pages else ():
        text = path.read_text("utf-8-sig", errors="replace").replace("\r\n", "\n")
        found = list(_wrong(name, text))
        problems += found
        if not found:
            titles[_address(name)] = _title(text) or path.stem
    if problems:
        raise OnRecordError(problems)
    return dict(sorted(titles.items()))


def _files(pages: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files that builders take for pages: none that is hidden, and no link that leads elsewhere."""
    for path in sorted(pages.rglob("*.md")):
        name = path.relative_to(pages).as_posix()
        if path.is_file() and not path.is_symlink() and not f"/{name}".count("/."):
            yield path, name


def _address(name: str) -> str:
    page = PurePosixPath(name)
    folder = page.parent if page.stem.lower() in ("index", "readme") else page.with_suffix("")
    return f"{folder}/"


def _title(text: str) -> str:
    front = _FRONT.match(text)
    given = _front_matter(front[1]).get("title") if front else None
    heading = _HEADING.search(text[front.end() :] if front else text)
    return str(given or (heading and _MARKUP.sub("", heading[1])) or "").strip()


def _front_matter(text: str) -> Mapping[str, Any]:
    found = yaml.safe_load(text)
    return found if isinstance(found, dict) else {}


def _wrong(name: str, text: str) -> Iterator[Problem]:
    if name.lower().startswith(RESERVED):
        yield Problem(
            Place(f"content/pages/{name}"),
            "This address belongs to a page that is made of the record.",
            "Give the file another name; how those pages look is said in templates/pages/.",
        )
    if front := _FRONT.match(text):
        try:
            _front_matter(front[1])
        except (yaml.YAMLError, ValueError, AttributeError, RecursionError) as error:  # PyYAML slips, too
            # MkDocs would print such front matter as the page's first paragraph, or break off.
            mark = getattr(error, "problem_mark", None)
            place = Place(f"content/pages/{name}", *((mark.line + 2, mark.column + 1) if mark else (1,)))
            said = getattr(error, "problem", None) or str(error).partition("\n")[0]
            yield Problem(place, f"The front matter is not YAML: {said}.", "Put quotes around the value.")
