"""What of a built project is kept: frames, hand-written pages with their policy, and the files they name."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from onrecord.frames.builders import read
from onrecord.frames.frame import mark, with_policy
from onrecord.frames.policy import inline_scripts, policy
from onrecord.frames.project import DEPTHS, NAMES, OURS, Project, frame_path, probe_path
from onrecord.frames.sheet import by_choice, sheet

JOINED = "assets/record.css"

# Builders leave such addresses alone; from here they start at the site, not at its host, as a sub-path needs.
_FROM_ROOT = re.compile(r'(?<= )(href|src)="/(?!/)')
_NAMED = re.compile(r'(?:href|src)="([^"]+)"')
_THEMES = re.compile(r'<link rel="stylesheet" href="[^"]*?(assets/stylesheets/[^"]+)">')


def gather(built: Path, files: Project, static: Path, frames: Path) -> None:
    """Copy what is kept of the folder `built`: pages to be filled to `frames`, the others to `static`.

    What the theme brought along and no page names (search, source maps, palettes, the builder's own sitemap)
    stays behind. A hand-written page may run the inline scripts of the probe at its depth, and no others.
    """
    every = {path.relative_to(built).as_posix(): path for path in sorted(built.rglob("*")) if path.is_file()}
    html = {
        name: read(path) for name, path in every.items() if name.endswith(".html") and f"docs/{name}" not in files
    }
    raw = {f"{depth}.html": html.pop(f"{frame_path(depth)}index.html") for depth in DEPTHS}
    raw["404.html"] = html.pop("404.html")
    joined = _joined(raw["0.html"], built, files)
    raw = {name: by_choice(_THEMES.sub("", page).replace(OURS, JOINED)) for name, page in raw.items()}
    probes = {name: html.pop(name) for name in tuple(html) if name.startswith(probe_path(1))}
    written = {name: _finish(name, page, probes) for name, page in html.items()}

    named = {
        unescape(link).rpartition("/")[2]
        for page in (*raw.values(), *written.values())
        for link in _NAMED.findall(page)
    }
    for name, path in every.items():
        if f"docs/{name}" in files or (path.name in named and path.suffix != ".html"):
            content = path.read_bytes()
            _write(static / name, by_choice(content.decode()).encode() if path.suffix == ".css" else content)
    _write(static / JOINED, by_choice(joined).encode())
    _write_all(frames, raw)
    _write_all(static, written)


def _finish(name: str, page: str, probes: Mapping[str, str]) -> str:
    depth = name.count("/")
    scripts = inline_scripts(probes[f"{probe_path(depth)}index.html"])
    page = _FROM_ROOT.sub(rf'\1="{"../" * depth}', with_policy(page, policy(scripts)))
    return mark(by_choice(page), active=name.removesuffix("index.html"))


def _joined(frame: str, built: Path, files: Project) -> str:
    """Return one style sheet for generated pages instead of the theme's and ours: a request less, a quarter the size.

    What the frames, the templates and the site's own style sheets name stays in it.
    """
    theme = "".join((built / path).read_text("utf-8") for path in _THEMES.findall(frame))
    own = [path for path in sorted(files) if path.endswith(".css") and path != f"docs/{OURS}"]
    named = [frame, *(files[path].decode(errors="replace") for path in (NAMES, *own))]
    return sheet(theme, files[f"docs/{OURS}"].decode(), "\n".join(named))


def _write_all(root: Path, pages: Mapping[str, str]) -> None:
    for name, page in pages.items():
        _write(root / name, page.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
