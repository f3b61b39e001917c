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
_LOOKS_SEEN = re.compile("[\u034f\u3164\uffa0]")  # of these, what Python takes for printable
_STACK_LIMIT = 10  # combining marks on one letter; no script needs as many
# Shorter runs cannot decompose into more than the limit. Left out is what most texts are made of and is no mark:
# the letters of Greek, Cyrillic, Hebrew and Arabic, punctuation and symbols, kana, Han and Hangul, emoji.
_MAYBE_STACKED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05cf\u0610-\u061f\u064b-\u066d\u0670\u06d6-\u1eff\u20d0-\u20ff\u2cef-\u2dff"
    "\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe20-\ufe2f\U00010000-\U0001efff\U000e0000-\U0010ffff]{4}"
)


def clean(text: str) -> str:
    """Return the text in NFC with only the characters that XML allows and readers can trust.

    Control characters but newline and tab, bidi overrides, invisible characters, noncharacters and lone
    surrogates go; line ends become newlines; a letter keeps at most ten combining marks. Cleaning again changes
    nothing.
    """
    if not text.replace("\n", "").replace("\t", "").isprintable():
        text = _DROPPED.sub("", _NEWLINE.sub("\n", text))
    elif text.isascii():  # nothing to clean: most texts are so
        return text
    elif _LOOKS_SEEN.search(text):
        text = _DROPPED.sub("", text)
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
