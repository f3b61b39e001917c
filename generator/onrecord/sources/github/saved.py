"""Reading answers that were saved to a file, for trying things out without the network."""

import json
from collections.abc import Iterator, Set

SAVED = "the saved answers"


def saved_rows(text: str, needed: Set[str], wanted: str) -> Iterator[dict[str, object]]:
    """Yield rows as GitHub's API gives them: JSON arrays, or one value per line.

    Raises `ValueError` when the text is something else, or a row has none of the fields that are `needed`: then
    it is not `wanted`, which is said in words.
    """
    decoder, at = json.JSONDecoder(), 0
    text = text.lstrip("\ufeff").strip()
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:  # a number may be too long, and a list too deep
            line = getattr(error, "lineno", text.count("\n", 0, at) + 1)
            raise ValueError(f"line {line} is not JSON: save the API's answer as it came") from None
        for row in value if isinstance(value, list) else [value]:
            if not isinstance(row, dict) or not needed & row.keys():
                raise ValueError(f"this is {wanted}: save the API's answer as it came")
            yield row
        while at < len(text) and text[at].isspace():
            at += 1
