"""From bytes to text: which encoding a document is in, by the order of RFC 7303."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it came: its bytes, and what came with them as their `Content-Type`."""

    content: bytes
    content_type: str = ""


_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_CHARSET = re.compile(r"""\bcharset\s*=\s*["']?([A-Za-z0-9._-]+)""", re.IGNORECASE)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)""")
# Python has odd ones too, whose decoding is no reading: punycode takes quadratic time.
_OF_PEOPLE = re.compile(
    r"utf-(8|16|32).*|ascii|iso(8859|2022).*|cp\d+|koi8.*|gb.*|big5.*|euc.*|shift_jis.*|tis.*|mac.*"
)
_WIDER = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
"""What is written under a name, if it is more than the name allows: browsers read it so."""


def text_of(document: Document) -> str | None:
    """Return the text of a document, or nothing when it is in no encoding that we know."""
    for name in _candidates(document):
        try:
            return document.content.decode(name).lstrip("\ufeff")
        except UnicodeError:
            continue
    return None


def _candidates(document: Document) -> Iterator[str]:
    yield from (name for start, name in _SIGNATURES if document.content.startswith(start))
    declared = _DECLARED.match(document.content[:400])
    told = _CHARSET.search(document.content_type)
    labels = [told[1] if told else "", declared[1].decode() if declared else ""]
    for label in labels:
        try:
            name = codecs.lookup(label).name
        except LookupError:
            continue
        if _OF_PEOPLE.fullmatch(name):
            yield _WIDER.get(name, name)
    yield from ("utf-8", "cp1252")
