"""Reading answers that were saved to a file, for trying things out without the network."""

import json
from collections.abc import Iterator

from onrecord.contracts import Answer, Batch

SAVED = "the saved answers"
_AT_ONCE = 500


def load(text: str) -> Iterator[Batch]:
    """Yield batches from issues and comments as GitHub's API gives them: JSON arrays, or one value per line.

    They leave no marks, since nobody knows what they leave out: the next pull from the network reads everything.
    Raises `ValueError` when the text is something else.
    """
    rows = list(_rows(text))
    comments = [row for row in rows if "issue_url" in row]
    issues = [row for row in rows if "issue_url" not in row]
    for about, found in (("issues", issues), ("issues/comments", comments)):
        for start in range(0, len(found), _AT_ONCE):
            yield (Answer(about, SAVED, found[start : start + _AT_ONCE]),)


def _rows(text: str) -> Iterator[dict[str, object]]:
    decoder, at = json.JSONDecoder(), 0
    text = text.lstrip("\ufeff").strip()
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise ValueError(f"line {error.lineno} is not JSON: save the API's answer as it came") from None
        for row in value if isinstance(value, list) else [value]:
            if not isinstance(row, dict) or not {"number", "issue_url"} & row.keys():
                raise ValueError("this is neither an issue nor a comment: save the API's answer as it came")
            yield row
        while at < len(text) and text[at].isspace():
            at += 1
