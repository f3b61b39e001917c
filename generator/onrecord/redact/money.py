"""Payment cards and bank accounts."""

import re
from collections.abc import Iterator

from onrecord.redact.spans import Span, checked, numbers

# One separator throughout, in the groups that are printed on cards.
_CARD = re.compile(
    r"(?<![A-Za-z0-9_+-])(?<!\d\.)"
    r"(?:\d{4}(?P<a>[ \xa0.-]?)\d{4}(?P=a)\d{4}(?P=a)\d{4}(?:(?P=a)\d{3})?"
    r"|\d{4}(?P<b>[ \xa0.-]?)\d{6}(?P=b)\d{4,5})"
    r"(?![A-Za-z0-9_-]|\.\d)"
)
# First digits and how many there are: Visa, Mastercard, Mir, American Express, Diners, Discover, JCB, UnionPay,
# RuPay, Maestro, Verve.
_ISSUED = re.compile(
    r"4(?:\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|220[0-4]\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62(?:\d{14}|\d{17})"
    r"|(?:508[5-9]|60[78]\d|81\d\d|82\d\d)\d{12}|(?:5018|5020|5038|5893|6304|6759|676[1-3])(?:\d{12}|\d{15})|506[01]\d{12}"
)
_GAP = r"[ \xa0.-]?"
_ACCOUNT = re.compile(
    rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}\d{{2}}(?:{_GAP}[A-Za-z0-9]{{4}}){{2,7}}(?:{_GAP}[A-Za-z0-9]{{1,3}})?(?![A-Za-z0-9])"
)
_LAST_GROUP = re.compile(r"[ \xa0.-][A-Za-z0-9]{1,4}\Z")
_SHORTEST = 15


def cards(text: str) -> Iterator[Span]:
    """Yield payment card numbers: printed groups, an issuer's first digits, a right check digit."""
    return checked(numbers(_CARD, text), _card)


def accounts(text: str) -> Iterator[Span]:
    """Yield IBANs of the right length, structure and check digits for their country."""
    return checked(numbers(_ACCOUNT, text), _account)


def _card(found: re.Match[str]) -> Span | None:
    from stdnum import luhn

    digits = re.sub(r"\D", "", found[0])
    return found.span() if _ISSUED.fullmatch(digits) and luhn.is_valid(digits) else None


def _account(found: re.Match[str]) -> Span | None:
    from stdnum import iban

    words = found[0]
    while len(words) >= _SHORTEST:  # a word in capitals may follow the last group
        # Not the check digits that some countries have inside: whoever mistypes those has published the rest.
        if iban.is_valid(words.replace("\xa0", " "), check_country=False):
            return found.start(), found.start() + len(words)
        last = _LAST_GROUP.search(words)
        words = words[: last.start()] if last else ""
    return None
