"""The small MkDocs project of which the frames are built, as a value: path → bytes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

import yaml

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.frames.settings import FrameSettings

Project = Mapping[str, bytes]
"""Every file of the project by its path; equal projects make equal frames."""

DEPTHS = (0, 1, 2)
OURS = "assets/onrecord.css"
NAMES = "names.txt"

_SMALL = 1000  # bytes of a picture that may travel in every page

_SCRIPT = re.compile(r"(?:^|\s)// .*$", re.MULTILINE)
_COMMENTS = {
    f"docs/{OURS}": re.compile(r"/\*.*?\*/", re.DOTALL),
    "docs/assets/onrecord.js": _SCRIPT,
    "docs/assets/search.js": _SCRIPT,
}

# MkDocs reads the names of 14,000 pictures for it, a fifth of its run.
_EMOJI = re.compile(rb"^  - pymdownx\.emoji:\n(?:      .*\n)+", re.MULTILINE)
_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # as MkDocs has them
_AN_EMOJI = re.compile(rb":[-+\w\x80-\xff]+:")

# The only heading of a frame is what Material's skip link points at; the frame's content carries the same id.
_FRAME = b"---\ntemplate: frame.html\n---\n# Frame { #__skip }\n"
_PROBE = b"# Probe\n"


def frame_path(depth: int) -> str:
    """Return the address of the frame whose links are right for pages this many folders deep."""
    return "_frame/" * depth


def probe_path(depth: int) -> str:
    """Return the address of a hand-written page without words, whose inline scripts are the theme's own."""
    return "_probe/" * depth


def project(settings: FrameSettings, pages: Path | None, templates: Sequence[Path]) -> Project:
    """Return the project: settings, theme, hand-written pages, and the pages that become frames and probes.

    `templates` are folders with `frame/` and `assets/` in them, ours first; a later file of a name wins.
    Raises `OnRecordError` when the settings name a file that is nowhere.
    """
    written = dict(_below(pages, "docs/")) if pages else {}
    assets = {
        path: _slim(path, content) for root in templates for path, content in _below(root / "assets", "docs/assets/")
    }
    config = _config(settings, assets | written)
    files = {
        **_theme(templates, written),
        **assets,
        **written,
        **{f"docs/{frame_path(depth)}index.md": _FRAME for depth in DEPTHS},
        **{f"docs/{probe_path(depth)}index.md": _PROBE for depth in range(1, _deepest(written) + 1)},
        NAMES: _names(templates),
        "mkdocs.yml": yaml.safe_dump(config, allow_unicode=True, sort_keys=False).encode(),
    }
    if not settings.search:
        files.pop("docs/assets/search.js", None)
    if problems := tuple(_missing(settings, files)):
        raise OnRecordError(problems)
    return files


def is_page(path: str) -> bool:
    """Tell whether a file of a project is a page in Markdown, whose words are in no frame."""
    return path.startswith("docs/") and path.endswith(_PAGES)


def _config(settings: FrameSettings, files: Project) -> dict[str, object]:
    favicon = settings.favicon or "assets/favicon.svg"
    return {
        "INHERIT": "base.yml",
        "site_name": settings.title,
        "site_url": settings.url.rstrip("/") + "/",
        "site_description": settings.description,
        "theme": {
            "custom_dir": "theme",
            "language": settings.language,
            "favicon": favicon,
            **({"logo": settings.logo} if settings.logo else {}),
        },
        "extra_css": [OURS, *settings.css],
        "extra": {
            "nav": [asdict(item) for item in settings.nav],
            "footer": [asdict(item) for item in settings.footer],
            "words": asdict(settings.words),
            "search": settings.search or "",
            "me": list(settings.me),
            "accent": settings.accent or "",
            "accent_dark": settings.accent_dark or settings.accent or "",
            "demo": settings.demo,
            "inline": {"logo": _inline(settings.logo, files), "favicon": _inline(favicon, files)},
        },
    }


def _theme(templates: Sequence[Path], written: Project) -> dict[str, bytes]:
    """Return the theme's overrides, ours a second time under `onrecord/` for a site's own to extend."""
    ours = dict(_below(templates[0] / "frame", ""))
    merged = {path: content for root in templates for path, content in _below(root / "frame", "")}
    our_base, base = ours.pop("mkdocs.yml"), merged.pop("mkdocs.yml")
    if base == our_base and not any(_AN_EMOJI.search(text) for path, text in written.items() if is_page(path)):
        base = _EMOJI.sub(b"", base)
    return {
        "base.yml": base,
        "onrecord.yml": our_base,
        **{f"theme/{path}": content for path, content in merged.items()},
        **{f"theme/onrecord/{path}": content for path, content in ours.items()},
    }


def _names(templates: Sequence[Path]) -> bytes:
    """Return every word of the templates that fill frames: among them are the theme's classes that they use."""
    texts = (content for root in templates for path, content in _below(root, "") if path.endswith(".html"))
    return b"\n".join(sorted({word for text in texts for word in re.findall(rb"[\w-]+", text)}))


def _inline(address: str | None, files: Project) -> str:
    """Return a small drawing as an address that holds it, which spares a request; nothing for any other picture."""
    content = files.get(f"docs/{address}", b"")
    small = str(address).endswith(".svg") and 0 < len(content) <= _SMALL
    return f"data:image/svg+xml,{quote(content, safe='/:=;,()')}" if small else ""


def _below(root: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder in a fixed order; a link could lead out of the site and is passed over."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield prefix + path.relative_to(root).as_posix(), path.read_bytes()


def _slim(path: str, content: bytes) -> bytes:
    """Return our style sheet and scripts without comments and indentation: people read them, phones do not."""
    if path not in _COMMENTS:
        return content
    bare = _COMMENTS[path].sub("", content.decode())
    return re.sub(r"\s*\n\s*", "\n", bare).strip().encode() + b"\n"


def _deepest(written: Iterable[str]) -> int:
    return max((path.count("/") for path in written if path.endswith(".md")), default=0)


def _missing(settings: FrameSettings, files: Project) -> Iterator[Problem]:
    named = {
        "logo": settings.logo,
        "favicon": settings.favicon,
        **{f"css: {css}": css for css in settings.css},
    }
    for key, address in named.items():
        if address and f"docs/{address}" not in files:
            yield Problem(
                Place("site_config.yml"),
                f'`theme` names {key.split(":")[0]} "{address}", and there is no such file.',
                f"Put it at content/pages/{address}, or under templates/ if it begins with assets/.",
            )
