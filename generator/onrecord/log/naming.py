"""What a new entry's file is called: its day, and its title in small letters that every address can hold."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

_LONGEST = 50
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def slug(title: str, lang: str = "en") -> str:
    """Return the words of a title as a-z, 0-9 and "-", cut between words; nothing for a script without such letters.

    Umlauts are written out in German, where "schon" is another word than "schön"; marks are dropped elsewhere.
    """
    plain = unicodedata.normalize("NFC", title).lower().translate(_GERMAN if lang.startswith("de") else {})
    plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    plain = re.sub(r"['’`]|[^\x00-\x7f]|(?<=\d),(?=\d{3})", "", plain)
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) <= _LONGEST:
        return words
    return words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]


def free_id(day: str, words: str, taken: Container[str]) -> str:
    """Return an id that nothing has yet: the day and the words, with a number from the second on."""
    wanted = f"{day}-{words}"
    return next(name for number in count(1) if (name := wanted + (f"-{number}" if number > 1 else "")) not in taken)
