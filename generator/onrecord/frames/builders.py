"""MkDocs and Zensical, started as programs: the only module that knows them."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.errors import Level, OnRecordError, Place, Problem, did_you_mean
from onrecord.whole import must_have_room

PAGES = "content/pages"
FRAME = "templates/frame"

_WAITING = Path(__file__).with_name("waiting.py")


@dataclass(frozen=True, slots=True)
class Builder:
    """A program that makes a site of a folder with an `mkdocs.yml`, and the packages that decide how."""

    name: str
    packages: tuple[str, ...]
    install: str
    loads: tuple[str, ...] = ()  # modules that it can import before it knows what to build


BUILDERS = {
    builder.name: builder
    for builder in (
        Builder(
            "mkdocs",
            ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments"),
            'pip install "onrecord"',
            (
                *("mkdocs.commands.build", "mkdocs.config.defaults"),
                *("markdown.extensions.footnotes", "markdown.extensions.md_in_html", "markdown.extensions.toc"),
                *("pymdownx.critic", "pymdownx.keys", "pymdownx.superfences", "pymdownx.tabbed"),
            ),
        ),
        Builder(
            "zensical",
            ("zensical", "markdown", "pymdown-extensions", "pygments"),
            'pip install "onrecord[zensical]"',
        ),
    )
}


def find(name: str) -> Builder:
    """Return the builder of a name; raises `OnRecordError` when there is none."""
    if name in BUILDERS:
        return BUILDERS[name]
    raise OnRecordError(
        Problem(
            Place("site_config.yml"),
            f'There is no builder "{name}".{did_you_mean(name, list(BUILDERS))}',
            f"Write `builder:` and one of: {', '.join(BUILDERS)}.",
        )
    )


def versions(builder: Builder) -> tuple[str, ...]:
    """Return the versions of all that decides what a builder writes; raises when one is not installed."""
    try:
        return tuple(f"{package} {version(package)}" for package in builder.packages)
    except PackageNotFoundError as missing:
        raise OnRecordError(
            Problem(
                Place("site_config.yml"),
                f"The builder {builder.name} needs the package {missing.name}, which is not installed.",
                f"Run `{builder.install}`.",
            )
        ) from None


class Program:
    """A builder that was started: it loads its libraries, and waits until it is given a project or ended."""

    def __init__(self, builder: Builder) -> None:
        """Start it."""
        self.builder = builder
        self._runs = subprocess.Popen(
            [sys.executable, "-P", str(_WAITING), builder.name, *builder.loads],
            # Without the first, MkDocs prints a banner about its own future.
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Self:
        """Return itself: leaving ends the program, if it still runs."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """End the program."""
        if self._runs.poll() is None:
            self._runs.kill()
        self._runs.communicate()

    def build(self, project: Path) -> tuple[Problem, ...]:
        """Write `project/site` from the project's `mkdocs.yml`, and return what the builder warns of.

        Raises `OnRecordError` with the builder's own words when it cannot.
        """
        said = self._runs.communicate(os.fsencode(project))[0].decode(errors="replace")
        must_have_room(project)
        if self._runs.returncode:
            raise OnRecordError(explain(self.builder.name, said))
        return warnings(said)


_DIRECTION = re.compile(r'(<html\b[^>]*?)( class.*?<body\b[^>]*? dir="(\w+)")', re.DOTALL)


def read(page: Path) -> str:
    """Return a page as it was built, in two things set right.

    Zensical writes a slash in its own way. And both say on the body which way the language runs, so that the edge of
    the window, where the bar to scroll by is, would not know.
    """
    return _DIRECTION.sub(r'\1 dir="\3"\2', page.read_text("utf-8").replace("&#x2f;", "/"), count=1)


_PAGE = re.compile(r"(?:page|page metadata) '([^']+\.md)'")
_TEMPLATE = re.compile(
    r'File "(?:[^"]*/)?theme/([^"]+)", line (\d+), in (?:template|top-level|block)|\(in ([^)]+):(\d+)\)'
)
_LANGUAGE = re.compile(r"partials/languages/([\w-]+)\.html['\"] (?:not found|\(in)")
_CLASS = re.compile(r"^(?:ERROR\s+-\s+|Error: |[\w.]+(?:Error|Exception|NotFound): )+")
_WARNING = re.compile(r"^WARNING\s+-\s+Doc file '([^']+)' (.+)$", re.MULTILINE)


def explain(name: str, said: str) -> Problem:
    """Return a failed builder's output as one problem: where it stopped, and its own words."""
    lines = [line for line in said.splitlines() if line.strip()] or ["it said nothing"]
    errors = [line for line in lines if line.startswith(("ERROR", "Error:"))]
    words = _CLASS.sub("", errors[0] if errors else lines[-1]).split(" in search paths")[0]
    if unknown := _LANGUAGE.search(said):
        what = f'The theme of {name} has no words in the language "{unknown[1]}".'
        return Problem(
            Place("site_config.yml"), what, f"Translate templates/frame/partials/languages/{unknown[1]}.html."
        )
    page, templates = _PAGE.search(said), _TEMPLATE.findall(said)
    if templates:
        path, line, other_path, other_line = templates[-1]
        place = Place(f"{FRAME}/{path or other_path}", int(line or other_line))
        todo = "Mend the template, or delete it to get ours back."
    elif page:
        place, todo = Place(f"{PAGES}/{page[1]}"), "Mend the page; the site is as it was."
    else:
        place, todo = Place(f"{FRAME}/mkdocs.yml"), "Mend the file, or delete it to get ours back."
    return Problem(place, f"{name} stopped: {words}", todo)


def warnings(said: str) -> tuple[Problem, ...]:
    """Return what a builder found wrong in hand-written pages although it could build them."""
    return tuple(
        Problem(
            Place(f"{PAGES}/{page}"),
            f"The page {what}",
            "Link to a file below content/pages/; to a page of the record from the root, like /known/.",
            Level.WARNING,
        )
        for page, what in _WARNING.findall(said)
    )
