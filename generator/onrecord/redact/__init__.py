"""Personal data and secrets taken out of a text; kinds and limits: docs/design/redact.md."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from onrecord.redact.addresses import addresses
from onrecord.redact.mail import mails
from onrecord.redact.money import accounts, cards
from onrecord.redact.national_ids import national_ids
from onrecord.redact.phones import phones
from onrecord.redact.rules import Rules, order_number_pattern
from onrecord.redact.secrets import secrets
from onrecord.redact.spans import BLANK, Span

__all__ = ["DEFAULT", "KINDS", "Redacted", "Rules", "redact"]

DEFAULT = Rules()

_Finder = Callable[[str], Iterable[Span]]
_Find = tuple[int, int, str]  # begin, end, kind
KINDS = (
    *("secret", "e-mail", "bank account", "payment card"),
    *("national id", "order number", "phone number", "IP address"),
)
"""Every kind that can be found."""

_MARK = re.compile(rf"\[redacted: (?:{'|'.join(KINDS)})\]")
_ROUNDS = 5  # a find may uncover another beside it; only a text made for it needs more, and is hidden whole
_SPACING = re.compile(r"[\s().\-/]+")


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without personal data, how many of each kind it had, and whether that is too many."""

    text: str
    counts: Mapping[str, int]
    held: bool


def redact(text: str, rules: Rules = DEFAULT) -> Redacted:
    """Return the text with each piece of personal data replaced by a mark like `[redacted: e-mail]`.

    Redacting again changes nothing. Only what was found this time is counted, not what earlier marks hide.
    Invisible characters can split what is to be found: clean the text first.
    """
    counts: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        finds = _found(text, rules)
        if not finds:
            break
        counts.update(kind for _, _, kind in finds)
        text = _marked(text, finds)
    else:
        text = f"[redacted: {finds[-1][2]}]"
    return Redacted(text, MappingProxyType(dict(sorted(counts.items()))), counts.total() > rules.hold_over)


@lru_cache(maxsize=8)
def _finders(rules: Rules) -> Mapping[str, _Finder]:
    orders = order_number_pattern(rules.order_numbers)
    return {  # the first to claim a character has it
        "secret": secrets,
        "e-mail": mails,
        "bank account": accounts,
        "payment card": cards,
        "national id": national_ids,
        "order number": lambda text: (found.span() for found in orders.finditer(text)) if orders else (),
        "phone number": lambda text: phones(text, rules.phone_regions),
        "IP address": addresses,
    }


def _found(text: str, rules: Rules) -> list[_Find]:
    """Return all finds in the order of the text; none overlaps another or an earlier mark."""
    finds: list[_Find] = []
    kept = frozenset(map(_compared, rules.keep))
    rest = _MARK.sub(lambda mark: BLANK * len(mark[0]), text)
    for kind, finder in _finders(rules).items():
        parts: list[str] = []
        done = 0
        for begin, end in sorted(finder(rest)):
            value = rest[begin:end]
            if begin >= done and BLANK not in value and not (kept and _compared(value) in kept):
                finds.append((begin, end, kind))
                parts += [rest[done:begin], BLANK * (end - begin)]
                done = end
        rest = "".join([*parts, rest[done:]])
    return sorted(finds)


def _marked(text: str, finds: Iterable[_Find]) -> str:
    parts: list[str] = []
    done = 0
    for begin, end, kind in finds:
        # In Markdown a mark beside these would become a link, an image, or a definition that is not shown.
        before = " " if text[begin - 1 : begin] in ("]", "!") else ""
        after = " " if text[end : end + 1] in ("(", "[", ":") else ""
        parts += [text[done:begin], before, f"[redacted: {kind}]", after]
        done = end
    return "".join([*parts, text[done:]])


def _compared(value: str) -> str:
    return _SPACING.sub("", value).casefold().removeprefix("mailto:")
