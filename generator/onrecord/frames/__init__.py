"""Frames: themed pages with slots, and hand-written pages, made by MkDocs of a project of a few files.

`make(settings, pages, templates, work)` builds what has changed, `frame(depth, active)` is a page with slots,
and `fill(head, body)` makes its bytes.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from onrecord.errors import Level, Place, Problem
from onrecord.frames import builders
from onrecord.frames.builders import Program
from onrecord.frames.frame import Frame, cut
from onrecord.frames.gather import gather
from onrecord.frames.project import DEPTHS, Project, is_page, project
from onrecord.frames.settings import FrameSettings, FrameWords, NavItem
from onrecord.frames.written import hand_written
from onrecord.whole import whole_folder

__all__ = ["Frame", "FrameSettings", "FrameWords", "Frames", "Made", "NavItem", "hand_written", "make"]

_MADE = "made.json"


@dataclass(frozen=True, slots=True)
class Made:
    """What the builder made: frames to fill, and a folder of files to copy to the site as they are."""

    static: Path
    problems: tuple[Problem, ...]
    not_found: Frame
    by_depth: Mapping[int, Frame]


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a site, which may still be in the making: whoever asks for one waits.

    Known from the start: `look`, which changes with anything in any of them, and `pages`, the address and title of
    each hand-written page.
    """

    look: str
    pages: Mapping[str, str]
    _made: Callable[[], Made]

    @property
    def static(self) -> Path:
        """Return the folder of assets and hand-written pages."""
        return self._made().static

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what the builder warns of in hand-written pages."""
        return self._made().problems

    @property
    def not_found(self) -> Frame:
        """Return the frame of the page that is shown wherever there is none."""
        return self._made().not_found

    def frame(self, depth: int, active: str | None = None) -> Frame:
        """Return the frame for pages so many folders deep (0 to 2), with the link to `active` marked."""
        return self._made().by_depth[depth].marked(active, depth)


def make(
    settings: FrameSettings,
    pages: Path | None,
    templates: Sequence[Path],
    work: Path,
    aside: Executor | None = None,
    started: Program | None = None,
) -> Frames:
    """Return the frames of a site, built in the folder `work` when anything they depend on has changed.

    `pages` holds the hand-written Markdown; `templates` are folders with `frame/` and `assets/` in them, ours
    first, of which the last file of a name wins. They are built `aside`, if that is given, and by the builder that
    was `started` for it. Raises `OnRecordError` when the builder is missing or fails, here or when one waits for it.
    """
    titles = hand_written(pages)
    files = project(settings, pages, templates)
    builder = builders.find(settings.builder)
    versions = builders.versions(builder)
    key = _key(files, versions)
    look = _key({path: content for path, content in files.items() if not is_page(path)}, versions)
    if found := _found(work, key):
        return Frames(look, titles, lambda: found)
    program = started if started and started.builder is builder else Program(builder)
    build = partial(_build, program, files, key, work)
    if aside:
        return Frames(look, titles, aside.submit(build).result)
    made = build()
    return Frames(look, titles, lambda: made)


def _key(files: Project, versions: Sequence[str]) -> str:
    """Return the digest of files of a project, and of what makes frames of them, this package's own code included."""
    code = {path.name: path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))}
    digest = sha256(repr(tuple(versions)).encode())
    for path, content in [*sorted(files.items()), *code.items()]:
        digest.update(f"\0{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _found(work: Path, key: str) -> Made | None:
    try:
        return _read(work) if json.loads((work / _MADE).read_text("utf-8"))["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # never made, or by hand


def _build(program: Program, files: Project, key: str, work: Path) -> Made:
    with program, whole_folder(work) as making:
        for path, content in files.items():
            target = making / "project" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        problems = program.build(making / "project")
        gather(making / "project/site", files, making / "static", making / "frames")
        made = {"key": key, "problems": [asdict(each) for each in problems]}
        (making / _MADE).write_text(json.dumps(made, ensure_ascii=False, indent=1), "utf-8")
    return _read(work)


def _read(work: Path) -> Made:
    made = json.loads((work / _MADE).read_text("utf-8"))
    frames = {name: (work / f"frames/{name}.html").read_text("utf-8") for name in (*map(str, DEPTHS), "404")}
    script = (work / "static/assets/onrecord.js").read_text("utf-8")
    by_depth = {depth: cut(frames[str(depth)], script) for depth in DEPTHS}
    return Made(
        static=work / "static",
        problems=tuple(
            Problem(Place(**each["place"]), each["what"], each["todo"], Level(each["level"]))
            for each in made["problems"]
        ),
        not_found=cut(frames["404"], script, "404.html").marked(None),
        by_depth=by_depth,
    )
