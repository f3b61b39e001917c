"""Phone numbers."""

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.redact.spans import Span

_INTERNATIONAL = re.compile(r"(?<![\w+])\+\d(?:[ ()./-]{0,2}\d){6,16}(?!\w)")
_NATIONAL = re.compile(
    r"\b(?:tel|phone|call|mobile|cell|fax|whatsapp|sms|text me|telefon|"
    r"handy|mobil|anruf|t[ée]l[ée]phone|portable"
    r"|appel\w{0,3}|tel[ée]fono|m[óo]vil|ll[aá]m\w{1,4})\b"
    r"[^\n\d+\0]{0,30}?(?P<number>\(?\d(?:[ ()./-]{0,2}\d){5,14})(?!\w)",
    re.I,
)


_GROUP = re.compile(r"\d+")
_ANYWHERE = (None,)
_TRIES = 1500  # for all look-alikes of a text together; one takes up to 45 µs
_DEEPEST = 10  # tries for one look-alike in one region

_Regions = tuple[str | None, ...]


def phones(text: str, regions: tuple[str, ...]) -> Iterator[Span]:
    """Yield numbers that can be dialled: with `+`, or of a region's own soon after a word like "phone".

    As with `checked`, a text with more look-alikes than can be tried in time loses the others unchecked.
    """
    left = _TRIES
    told: dict[tuple[str, _Regions], Span | None] = {}
    for begin, written, where in _look_alikes(text, regions):
        if (written, where) not in told:
            left -= _tries(written) * len(where)
            told[written, where] = _dialled(written, where) if left >= 0 else (0, len(written))
        if span := told[written, where]:
            yield begin + span[0], begin + span[1]


def _look_alikes(text: str, regions: _Regions) -> Iterator[tuple[int, str, _Regions]]:
    for found in _INTERNATIONAL.finditer(text):
        yield found.start(), found[0], _ANYWHERE
    for found in _NATIONAL.finditer(text):
        yield found.start("number"), found["number"], regions


def _tries(written: str) -> int:
    """Return about how many parts of a look-alike are tried: groups of digits may be numbers of their own."""
    return min(len(_GROUP.findall(written)), _DEEPEST)


@lru_cache(maxsize=2048)  # texts are searched again until nothing is found, and again on the way out
def _dialled(written: str, regions: _Regions) -> Span | None:
    from phonenumbers import Leniency, PhoneNumberMatcher

    for region in regions:
        for number in PhoneNumberMatcher(written, region, leniency=Leniency.VALID, max_tries=_DEEPEST):
            return number.start, number.end
    return None
