"""Serve a corpus by hand: `python -m tests.local_github --issues issues.jsonl --comments comments.jsonl`."""

import argparse
from pathlib import Path

from onrecord.web import SystemClock

from .corpus import serve


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.local_github", description=__doc__)
    parser.add_argument("--issues", type=Path, required=True)
    parser.add_argument("--comments", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--token", help="the token to accept; without it 60 requests an hour")
    chosen = parser.parse_args()
    with serve(chosen.issues, chosen.comments, token=chosen.token, clock=SystemClock(), port=chosen.port) as github:
        there = github.repository
        print(f"{there.name}: {len(there.issues)} issues, API at {github.url}", flush=True)
        try:
            github.closing.wait()
        except KeyboardInterrupt:
            print(f"{len(github.log)} requests")


if __name__ == "__main__":
    main()
