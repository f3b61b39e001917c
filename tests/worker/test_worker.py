"""A worker starts quickly: a build starts two or three, and waits for each."""

import subprocess
import sys


def test_a_worker_imports_nothing_that_only_a_build_needs() -> None:
    program = "import onrecord.worker.__main__, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())
    assert "onrecord.words" in loaded
    assert not loaded & {"importlib.metadata", "onrecord.typesetter", "pydantic", "sqlite3", "subprocess"}
