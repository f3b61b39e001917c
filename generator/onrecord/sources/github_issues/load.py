"""Reading answers that were saved to a file, for trying things out without the network."""

from collections.abc import Iterator

from onrecord.contracts import Answer, Batch
from onrecord.sources.github.saved import SAVED, saved_rows

_AT_ONCE = 500


def load(text: str) -> Iterator[Batch]:
    """Yield batches from issues and comments as GitHub's API gives them: JSON arrays, or one value per line.

    They leave no marks, since nobody knows what they leave out: the next pull from the network reads everything.
    Raises `ValueError` when the text is something else.
    """
    rows = list(saved_rows(text, {"number", "issue_url"}, "neither an issue nor a comment"))
    comments = [row for row in rows if "issue_url" in row]
    issues = [row for row in rows if "issue_url" not in row]
    for about, found in (("issues", issues), ("issues/comments", comments)):
        for start in range(0, len(found), _AT_ONCE):
            yield (Answer(about, SAVED, found[start : start + _AT_ONCE]),)
