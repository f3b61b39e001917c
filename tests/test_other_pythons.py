"""What guards readers holds on every Python that is here and can use our libraries: one patch is not like another.

Python 3.11.2, which Debian 12 brings, finds other matches for some patterns than 3.11.7, and pickles words in
another way.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUARDS = (
    *("tests/words", "tests/redact/test_redact.py", "tests/redact/test_tokens_in_words.py", "tests/test_scan.py"),
    *("tests/hostile/test_every_source.py", "tests/log/test_pack.py", "tests/log/test_folds.py"),
)


def others() -> Iterator[Path]:
    """Yield the programs of this Python's minor version, but of another patch."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    found = {Path(folder, name).resolve() for folder in ("/usr/bin", *os.get_exec_path())}
    for python in sorted(path for path in found if path.is_file()):
        asked = [python, "-c", "import platform; print(platform.python_version())"]
        if subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() != version():
            yield python


def version() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def test_what_guards_readers_holds_on_other_patches_of_this_python() -> None:
    places = [str(ROOT / "generator"), *(place for place in sys.path if place.endswith("site-packages"))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONDONTWRITEBYTECODE": "1"}
    for python in others():
        done = subprocess.run(
            [
                python,
                "-m",
                "pytest",
                "-q",
                "-x",
                "-m",
                "not web",
                "-p",
                "no:cacheprovider",
                "-p",
                "no:xdist",
                *GUARDS,
            ],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{python}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
