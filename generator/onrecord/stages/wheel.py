"""On Record itself as a wheel, so that a new site carries the very code that made it, without a network."""

import csv
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.metadata import distribution
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import onrecord
from onrecord.our_code import OURS

_PACKAGE = Path(onrecord.__file__).parent
_CARRIED = ("requirements.lock", "docs/writing.md", "docs/entries.md", "docs/settings.md", "docs/looks.md")
"""What lies at the top of a checkout, in a wheel among the templates of a new site, and in that site."""
_WHEEL = "Wheel-Version: 1.0\nGenerator: onrecord\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def carried() -> dict[str, Path]:
    """Return where the lock and the manual of a new site are read from, by their paths in it."""
    packed = OURS / "init"
    folder = packed if (packed / _CARRIED[0]).is_file() else OURS.parent
    return {path: folder / path for path in _CARRIED}


def pack() -> tuple[str, bytes]:
    """Return the name and the bytes of a wheel of the installed package and its templates.

    The same installation gives the same bytes. How a wheel is laid out: the packaging guide's "binary
    distribution format".
    """
    ours = distribution("onrecord")
    about = f"onrecord-{ours.version}.dist-info"
    files = _tree(_PACKAGE, "onrecord") | _tree(OURS, "onrecord/templates")
    files |= {f"onrecord/templates/init/{path}": source.read_bytes() for path, source in carried().items()}
    files = dict(sorted(files.items()))
    for name in ("METADATA", "entry_points.txt", "licenses/LICENSE"):
        files[f"{about}/{name}"] = (ours.read_text(name) or "").encode()
    files[f"{about}/WHEEL"] = _WHEEL.encode()
    files[f"{about}/RECORD"] = _record(files, f"{about}/RECORD")
    return f"onrecord-{ours.version}-py3-none-any.whl", _zip(files)


def _tree(folder: Path, below: str) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {f"{below}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in files}


def _record(files: dict[str, bytes], own: str) -> bytes:
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for path, content in files.items():
        digest = urlsafe_b64encode(sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow((path, f"sha256={digest}", len(content)))
    rows.writerow((own, "", ""))
    return text.getvalue().encode()


def _zip(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(_member(path), content, ZIP_DEFLATED)
    return packed.getvalue()


def _member(path: str) -> ZipInfo:
    # A member made without a date has the earliest one there is: the same bytes on every day.
    member = ZipInfo(path)
    member.external_attr = 0o644 << 16
    return member
