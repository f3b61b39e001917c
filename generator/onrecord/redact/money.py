"""Payment cards and bank accounts."""

import re
from collections.abc import Iterator

from onrecord.redact.spans import Span, checked

# One separator throughout, in the groups that are printed on cards.
_CARD = re.compile(
    r"(?<![\w.+-])"
    r"(?:\d{4}(?P<a>[ -]?)\d{4}(?P=a)\d{4}(?P=a)\d{4}(?:(?P=a)\d{3})?|\d{4}(?P<b>[ -]?)\d{6}(?P=b)\d{4,5})"
    r"(?![\w-]|\.\d)"
)
# Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay: first digits and how many there are.
_ISSUED = re.compile(
    r"4(?:\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62(?:\d{14}|\d{17})"
)
_ACCOUNT = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?(?![^\W_])")


def cards(text: str) -> Iterator[Span]:
    """Yield payment card numbers: printed groups, an issuer's first digits, a right check digit."""
    return checked(_CARD.finditer(text), _card)


def accounts(text: str) -> Iterator[Span]:
    """Yield IBANs of the right length, structure and check digits for their country."""
    return checked(_ACCOUNT.finditer(text), _account)


def _card(found: re.Match[str]) -> Span | None:
    from stdnum import luhn

    digits = re.sub(r"\D", "", found[0])
    return found.span() if _ISSUED.fullmatch(digits) and luhn.is_valid(digits) else None


def _account(found: re.Match[str]) -> Span | None:
    from stdnum import iban

    words = found[0]
    while len(words) > 14:  # the shortest has 15; a word in capitals may follow the last group
        if iban.is_valid(words):
            return found.start(), found.start() + len(words)
        words = words.rpartition(" ")[0]
    return None
