"""Phone numbers."""

import re
from collections.abc import Iterator

from onrecord.redact.spans import Span, checked

_INTERNATIONAL = re.compile(r"(?<![\w+])\+\d(?:[ ()./-]{0,2}\d){6,16}(?!\w)")
_NATIONAL = re.compile(
    r"\b(?:tel|phone|call|mobile|cell|fax|whatsapp|sms|text me|telefon|"
    r"handy|mobil|anruf|t[ée]l[ée]phone|portable"
    r"|appel\w{0,3}|tel[ée]fono|m[óo]vil|ll[aá]m\w{1,4})\b"
    r"[^\n\d+\0]{0,30}?(?P<number>\(?\d(?:[ ()./-]{0,2}\d){5,14})(?!\w)",
    re.I,
)


def phones(text: str, regions: tuple[str, ...]) -> Iterator[Span]:
    """Yield numbers that can be dialled: with `+`, or of a region's own soon after a word like "phone"."""
    yield from checked(_INTERNATIONAL.finditer(text), lambda found: _dialled(found, 0, (None,)))
    yield from checked(_NATIONAL.finditer(text), lambda found: _dialled(found, "number", regions))


def _dialled(found: re.Match[str], group: int | str, regions: tuple[str | None, ...]) -> Span | None:
    from phonenumbers import Leniency, PhoneNumberMatcher

    for region in regions:
        for number in PhoneNumberMatcher(found[group], region, leniency=Leniency.VALID):
            return found.start(group) + number.start, found.start(group) + number.end
    return None
