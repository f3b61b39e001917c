"""Phone numbers."""

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.redact.spans import Span, lines_with_numbers, numbers

_GAP = r"[ \xa0\u202f()./\u2010-\u2013-]{0,2}"
_INTERNATIONAL = re.compile(
    rf"(?<![A-Za-z0-9_+])(?:[+＋]\d(?:{_GAP}\d){{6,16}}|00[1-9]\d{{1,2}}[ ./-](?:{_GAP}\d){{6,14}})(?![A-Za-z0-9_])"
)
_LINKED = re.compile(r"(?:\bwa\.me/|\bwhatsapp\.com/send/?\?phone=)\+?(?P<number>\d{7,15})(?!\d)")
# Nothing else is written like these, so they need no word before them.
_OF_A_REGION = {
    region: re.compile(rf"(?<![A-Za-z0-9_+.-])(?:{shape})(?![A-Za-z0-9_.-]\d|[A-Za-z0-9_-])")
    for region, shape in {
        "US": r"(?:\([2-9]\d\d\) ?\d{3}-|[2-9]\d\d-\d{3}-)\d{4}",
        "GB": r"07\d{3} \d{3} ?\d{3}",
        "DE": r"01[567]\d[ /-]\d{7,8}",
        "FR": r"0[67](?:[ .]\d\d){4}",
    }.items()
}

# Words that announce a number, and the countries of their language beside the site's own: people write from anywhere.
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"tel|ph|(?:cell ?)?phone|cell|call(?:ed)?|mobile|fax|text me|ring|reach me|☎|📞|📱", ("IN", "AU", "CA")),
    (r"whats ?app|signal|viber|telegram|sms|(?:my|contact|call ?back) (?:number|no\.?)", ("IN", "AU", "CA")),
    (r"telefonn(?:umme)?r|telefon|mobil|mobilnummer", ("DE", "AT", "CH", "PL", "SE", "NO", "DK", "TR")),
    (
        r"handy\w{0,6}|mobiltelefon|mobilfunk\w{0,6}|anruf|ruf\w{0,3}|erreich\w{1,5}|festnetz|rückruf|meine nummer",
        ("DE", "AT", "CH"),
    ),
    (r"t[ée]l[ée]phone|portable|appel\w{0,3}|t[ée]l|(?:mon|ton) num[ée]ro", ("FR", "BE", "CH")),
    (r"tel[ée]fono|m[óo]vil|ll[aá]m\w{1,4}|celular|mi n[úu]mero", ("ES", "MX", "AR", "IT", "BR")),
    (r"cellulare|chiama\w{0,3}|il mio numero", ("IT",)),
    (r"telem[óo]vel|telefone|ligue|meu n[úu]mero", ("PT", "BR")),
    (r"telefoon\w{0,7}|mobiel\w{0,8}|gsm|bel me|mijn nummer", ("NL", "BE")),
    (r"telefon[uem]|kom[óo]rk\w{1,2}|m[óo]j numer", ("PL", "CZ")),
    (r"ring mig|tlf|mobiln\w{0,8}|puhelin\w{0,6}", ("SE", "NO", "DK", "FI")),
    (r"telefonum|cep\w{0,7}|numaram", ("TR",)),
    (r"телефон\w{0,3}|тел|звоните|моб|мой номер", ("RU", "UA")),
    (r"τηλ|τηλέφωνο|κινητό", ("GR",)),
    (r"电话|手机|联系方式|手機", ("CN", "TW", "HK")),
    (r"電話番号|電話|携帯", ("JP", "TW", "HK")),
    (r"전화(?:번호)?|휴대폰|핸드폰", ("KR",)),
)
# Words of other scripts have no edges: no spaces stand between them and the next word.
_WORD = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(f'({words})' for words, _ in _WORDS)})(?![A-Za-zÀ-ɏ0-9])", re.I)
_NATIONAL = re.compile(rf"[^\n\d+\0]{{0,30}}?(?P<number>\(?\d(?:{_GAP}\d){{5,14}})(?![A-Za-z0-9_])")
_LONG = re.compile(rf"\d(?:{_GAP}\d){{5}}")

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
    for region in _OF_A_REGION.keys() & set(regions):
        yield from (found.span() for found in numbers(_OF_A_REGION[region], text))


def _look_alikes(text: str, regions: _Regions) -> Iterator[tuple[int, str, _Regions]]:
    for found in _INTERNATIONAL.finditer(text) if "+" in text or "＋" in text or "00" in text else ():
        yield found.start(), found[0], _ANYWHERE
    for found in _LINKED.finditer(text) if "wa.me/" in text or "?phone=" in text else ():
        yield found.start("number"), found["number"], _ANYWHERE
    for begin, end in lines_with_numbers(text):
        for word in _WORD.finditer(text, begin, end) if _LONG.search(text, begin, end) else ():
            if number := _NATIONAL.match(text, word.end()):
                countries = _WORDS[(word.lastindex or 1) - 1][1]
                yield number.start("number"), number["number"], tuple(dict.fromkeys((*regions, *countries)))


def _tries(written: str) -> int:
    """Return about how many parts of a look-alike are tried: groups of digits may be numbers of their own."""
    return min(len(_GROUP.findall(written)), _DEEPEST)


@lru_cache(maxsize=2048)  # texts are searched again until nothing is found, and again on the way out
def _dialled(written: str, regions: _Regions) -> Span | None:
    from phonenumbers import Leniency, PhoneNumberMatcher

    for region in regions:
        for number in PhoneNumberMatcher(written, region, leniency=Leniency.VALID, max_tries=_DEEPEST):
            return number.start, number.end
    return (0, len(written)) if regions == _ANYWHERE and _abroad(written) else None


def _abroad(written: str) -> bool:
    """Tell whether a number with its country's code can be dialled, whose `+` may be written as 00 or left out.

    Written in groups it need only be as long as one there: new numbers and made-up ones are written like that too.
    """
    from phonenumbers import NumberParseException, is_possible_number, is_valid_number, parse

    groups = _GROUP.findall(written)
    grouped = len(groups) > 2 and all(len(group) > 1 for group in groups[1:])
    try:
        number = parse("+" + "".join(groups).removeprefix("00"))
    except NumberParseException:
        return False
    return is_valid_number(number) or (grouped and is_possible_number(number))
