"""One digest of our own code, for what is kept between runs and must not outlive the code that made it."""

import platform
import sys
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

VERSION = version("onrecord")

_PACKAGE = Path(__file__).parent
_BESIDE = _PACKAGE / "templates"
OURS = _BESIDE if _BESIDE.is_dir() else _PACKAGE.parents[1] / "templates"
"""Our templates: beside the package in a wheel, at the top of a checkout."""

_LIBRARIES = ("babel", "jinja2", "markupsafe", "pydantic", "pydantic-core", "tzdata")


@cache
def digest() -> str:
    """Return the digest of our code and catalogues, of Python, and of the libraries that decide what they do."""
    versions = (platform.python_version(), *(version(library) for library in _LIBRARIES))
    return digest_of(_PACKAGE, repr(versions))


def installed() -> Sequence[str]:
    """Return every distribution that can be imported here, with its version, as its folder is called."""
    folders = [Path(place) for place in sys.path if place and Path(place).is_dir()]
    return sorted({path.name for folder in folders for path in folder.glob("*.dist-info")})


def digest_of(folder: Path, told: str) -> str:
    """Return the digest of a text and of all code, catalogues and templates below a folder."""
    found = blake2b(told.encode(), digest_size=16)
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".mo", ".html")):
        found.update(f"\0{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return found.hexdigest()
