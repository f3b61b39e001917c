"""Which characters of a text from outside are kept."""

import re
import unicodedata

# What XML 1.0 forbids, lone surrogates, noncharacters; then what is invisible and moves, hides or splits words.
# Kept, because scripts and emoji need them: joiners (U+200C, U+200D) and weak marks (U+200E, U+200F, U+061C).
# Written out, not asked of `unicodedata`, so that every Python version gives the same bytes.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides, isolates
    "\u00ad\u034f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff"  # nothing to see, but splits a word
    "\u3164\uffa0"  # Hangul fillers: letters that look like a space
    "\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]+"  # annotations, tags
)
_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_STACK_LIMIT = 10  # combining marks on one letter; no script needs as many
_MAYBE_STACKED = re.compile("[\u0300-\U0010ffff]{4}")  # shorter runs cannot decompose into more than the limit


def clean(text: str) -> str:
    """Return the text in NFC with only the characters that XML allows and readers can trust.

    Control characters but newline and tab, bidi overrides, invisible characters, noncharacters and lone
    surrogates go; line ends become newlines; a letter keeps at most ten combining marks. Cleaning again changes
    nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _DROPPED.sub("", _NEWLINE.sub("\n", text))
    if _MAYBE_STACKED.search(text):
        text = _unstacked(text)
    return unicodedata.normalize("NFC", text)


def unmelted(html: str) -> str:
    """Return HTML in which a solidus overlay is a reference, whoever writes it.

    Whoever normalises the page would melt it with the `>` of the tag before it into `≯`, and the tag would go on.
    """
    return html.replace("\u0338", "&#x338;")


def _unstacked(text: str) -> str:
    # Normalising sorts each stack of marks in quadratic time: 64 KB of them would take a second.
    kept: list[str] = []
    stacked = 0
    for character in text:
        decomposed = unicodedata.normalize("NFD", character)
        marks = sum(map(bool, map(unicodedata.combining, decomposed)))
        stacked = marks if marks < len(decomposed) else stacked + marks
        if stacked <= _STACK_LIMIT:
            kept.append(character)
    return "".join(kept)
