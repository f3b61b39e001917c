"""Frames: themed pages with slots, and hand-written pages, made by MkDocs of a project of a few files.

`make(settings, pages, templates, work)` builds what has changed, `frame(depth, active)` is a page with slots,
and `fill(head, body)` makes its bytes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from onrecord.errors import Level, Place, Problem
from onrecord.frames import builders
from onrecord.frames.frame import Frame, cut
from onrecord.frames.gather import gather
from onrecord.frames.project import DEPTHS, Project, project
from onrecord.frames.settings import FrameSettings, FrameWords, NavItem
from onrecord.frames.written import hand_written
from onrecord.whole import whole_folder

__all__ = ["Frame", "FrameSettings", "FrameWords", "Frames", "NavItem", "hand_written", "make"]


@dataclass(frozen=True, slots=True)
class Frames:
    """What the builder made: frames to fill, and a folder of files to copy to the site as they are.

    `static` holds assets and hand-written pages; `pages` gives the address and title of each of these, and
    `problems` what the builder warns of in them.
    """

    static: Path
    pages: Mapping[str, str]
    problems: tuple[Problem, ...]
    not_found: Frame
    _by_depth: Mapping[int, Frame]

    @property
    def depths(self) -> tuple[int, ...]:
        """Return how many folders deep pages may be."""
        return tuple(self._by_depth)

    def frame(self, depth: int, active: str | None = None) -> Frame:
        """Return the frame for pages so many folders deep (0 to 2), with the link to `active` marked."""
        return self._by_depth[depth].marked(active, depth)


def make(settings: FrameSettings, pages: Path | None, templates: Sequence[Path], work: Path) -> Frames:
    """Return the frames of a site, built in the folder `work` when anything they depend on has changed.

    `pages` holds the hand-written Markdown; `templates` are folders with `frame/` and `assets/` in them, ours
    first, of which the last file of a name wins. Raises `OnRecordError` when the builder is missing or fails.
    """
    titles = hand_written(pages)
    files = project(settings, pages, templates)
    builder = builders.find(settings.builder)
    key = _key(files, builders.versions(builder))
    try:
        if json.loads((work / "made.json").read_text("utf-8"))["key"] == key:
            return _read(work, titles)
    except (OSError, ValueError, KeyError, TypeError):
        pass  # never made, or by hand: made again below
    _build(builder, files, key, work)
    return _read(work, titles)


def _key(files: Project, versions: Sequence[str]) -> str:
    """Return the digest of everything that frames depend on, this package's own code included."""
    code = {path.name: path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))}
    digest = sha256(repr(tuple(versions)).encode())
    for path, content in [*sorted(files.items()), *code.items()]:
        digest.update(f"\0{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _build(builder: builders.Builder, files: Project, key: str, work: Path) -> None:
    with whole_folder(work) as making:
        for path, content in files.items():
            target = making / "project" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        problems = builders.build(builder, making / "project")
        gather(making / "project/site", files, making / "static", making / "frames")
        made = {"key": key, "problems": [asdict(each) for each in problems]}
        (making / "made.json").write_text(json.dumps(made, ensure_ascii=False, indent=1), "utf-8")


def _read(work: Path, pages: Mapping[str, str]) -> Frames:
    made = json.loads((work / "made.json").read_text("utf-8"))
    frames = {name: (work / f"frames/{name}.html").read_text("utf-8") for name in (*map(str, DEPTHS), "404")}
    script = (work / "static/assets/onrecord.js").read_text("utf-8")
    by_depth = {depth: cut(frames[str(depth)], script) for depth in DEPTHS}
    return Frames(
        static=work / "static",
        pages=pages,
        problems=tuple(
            Problem(Place(**each["place"]), each["what"], each["todo"], Level(each["level"]))
            for each in made["problems"]
        ),
        not_found=cut(frames["404"], script, "404.html").marked(None),
        _by_depth=by_depth,
    )
