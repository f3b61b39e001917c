"""Whole words in a text, in any case and with any accents: no pattern of a person's ever runs."""

import unicodedata
from collections.abc import Iterable

from onrecord.words import clean

_ACCENTS = ("\u0300", "\u036f")
_UNSPACED = (  # scripts that are written without spaces: each sign counts as a word
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u3040", "\u30ff"),  # Japanese syllables
    ("\u3400", "\u9fff"),  # Chinese characters
    ("\U00020000", "\U0003ffff"),  # and the rare ones
)


def folded(text: str) -> str:
    """Return the words of a text in small letters without accents, with one space before and after each."""
    signs = (sign for sign in unicodedata.normalize("NFKD", clean(text)) if not _within(sign, _ACCENTS))
    spaced = "".join(sign if sign.isascii() and sign.isalnum() else _spaced(sign) for sign in signs)
    return f" {' '.join(spaced.casefold().split())} "


def first_found(phrases: Iterable[str], text: str) -> str | None:
    """Return the first of the phrases that stands in a folded text; one that ends in `*` may go on."""
    return next((phrase for phrase in phrases if _stands(phrase, text)), None)


def _stands(phrase: str, text: str) -> bool:
    words = folded(phrase)
    return bool(words.strip()) and (words[:-1] if phrase.endswith("*") else words) in text


def _spaced(sign: str) -> str:
    if any(_within(sign, script) for script in _UNSPACED):
        return f" {sign} "
    return sign if unicodedata.category(sign)[0] in "LNM" else " "


def _within(sign: str, ends: tuple[str, str]) -> bool:
    return ends[0] <= sign <= ends[1]
