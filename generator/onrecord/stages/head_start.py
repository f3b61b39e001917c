"""A head start: what builds the frames loads its libraries while the log is read, where there are no frames yet.

docs/design/frames.md says what that saves.
"""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.frames.builders import Program

FRAMES = "build/frames"


def head_start(root: Path, builder: str, *, afresh: bool) -> "AbstractContextManager[Program | None]":
    """Return the builder of a name, started, unless there are frames that may still do; leaving ends it."""
    if (root / FRAMES).is_dir() and not afresh:
        return nullcontext()
    from onrecord.frames.builders import Program, find  # a build in which nothing is new does without

    return Program(find(builder))
