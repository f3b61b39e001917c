"""What people type into GitHub's boxes, as the Markdown that a file holds."""

import re
from itertools import pairwise

from onrecord.model.scalars import LONGEST_TEXT
from onrecord.sources.rows import text_of

_OPENS = re.compile(r"[ \t>*+\-\d.)]*(`{3,}(?=[^`]*$)|~{3,})")
_BREAKS_ALREADY = ("  ", "\\")


def typed(text: str | None) -> str:
    """Return the words of an issue, a comment or a release as a `Text` whose lines break where GitHub breaks them.

    There every new line shows as one; in a file it is a space, unless two spaces stand before it. So they are put
    there, but not into code. Why it is done here: docs/design/words.md.
    """
    lines, fence = text_of(text).split("\n"), ""
    for number, (line, following) in enumerate(pairwise(lines)):
        was_code, fence = fence, _fence_after(line, fence)
        if line.strip() and following.strip() and not (was_code or fence or line.endswith(_BREAKS_ALREADY)):
            lines[number] = f"{line}  "
    return "\n".join(lines)[:LONGEST_TEXT].rstrip()


def _fence_after(line: str, fence: str) -> str:
    """Return the marks of the code block that is open after a line, in quotes and lists too."""
    if fence:
        marks = line.lstrip(" \t>").rstrip()
        return "" if set(marks) == {fence[0]} and len(marks) >= len(fence) else fence
    found = _OPENS.match(line)
    return found[1] if found else ""
