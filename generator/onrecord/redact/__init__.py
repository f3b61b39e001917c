"""Personal data and secrets taken out of a text; kinds and limits: docs/design/redact.md."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from onrecord.redact.rules import Rules, order_number_pattern
from onrecord.redact.spans import BLANK, Span

__all__ = ["DEFAULT", "KINDS", "Find", "Finder", "Redacted", "Rules", "finders", "finds", "redact"]

DEFAULT = Rules()

Finder = Callable[[str], Iterable[Span]]
KINDS = (
    *("secret", "e-mail", "bank account", "payment card"),
    *("national id", "order number", "phone number", "IP address"),
)
"""Every kind that can be found."""

_MARK = re.compile(rf"\[redacted: (?:{'|'.join(KINDS)})\]")
_ROUNDS = 5  # a find may uncover another beside it; only a text made for it needs more, and is hidden whole
_SPACING = re.compile(r"[\s().\-/]+")


class Find(NamedTuple):
    """Where personal data of which kind stands in a text, as in `text[begin:end]`."""

    begin: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without personal data, how many of each kind it had, and whether that is too many."""

    text: str
    counts: Mapping[str, int]
    held: bool


# A pull looks at each text as it comes, and again when it writes the whole entry; names stand in many entries.
@lru_cache(maxsize=65_536)
def redact(text: str, rules: Rules = DEFAULT) -> Redacted:
    """Return the text with each piece of personal data replaced by a mark like `[redacted: e-mail]`.

    Redacting again changes nothing. Only what was found this time is counted, not what earlier marks hide.
    Invisible characters can split what is to be found: clean the text first.
    """
    counts: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        here = finds(text, rules)
        if not here:
            break
        counts.update(find.kind for find in here)
        text = _marked(text, here)
    else:
        text = f"[redacted: {here[-1].kind}]"
    return Redacted(text, MappingProxyType(dict(sorted(counts.items()))), counts.total() > rules.hold_over)


def finds(text: str, rules: Rules = DEFAULT) -> list[Find]:
    """Return all that is personal in the order of the text; none overlaps another or an earlier mark."""
    here: list[Find] = []
    kept = frozenset(map(_compared, rules.keep))
    rest = _MARK.sub(lambda mark: BLANK * len(mark[0]), text)
    for kind, finder in finders(rules).items():
        parts: list[str] = []
        done = 0
        for begin, end in sorted(finder(rest)):
            value = rest[begin:end]
            if begin >= done and BLANK not in value and not (kept and _compared(value) in kept):
                here.append(Find(begin, end, kind))
                parts += [rest[done:begin], BLANK * (end - begin)]
                done = end
        if parts:
            rest = "".join([*parts, rest[done:]])
    return sorted(here)


@lru_cache(maxsize=8)
def finders(rules: Rules) -> Mapping[str, Finder]:
    """Return for each kind what finds it in a text: spans that may overlap each other."""
    # Most runs look at no new text, and all that is known of personal data takes longer to load than Python itself.
    from onrecord.redact.addresses import addresses
    from onrecord.redact.mail import mails
    from onrecord.redact.money import accounts, cards
    from onrecord.redact.national_ids import national_ids
    from onrecord.redact.phones import phones
    from onrecord.redact.secrets import secrets

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


def _marked(text: str, here: Iterable[Find]) -> str:
    parts: list[str] = []
    done = 0
    for begin, end, kind in here:
        # In Markdown a mark beside these would become a link, an image, or a definition that is not shown.
        before = " " if text[begin - 1 : begin] in ("]", "!") else ""
        after = " " if text[end : end + 1] in ("(", "[", ":") else ""
        parts += [text[done:begin], before, f"[redacted: {kind}]", after]
        done = end
    return "".join([*parts, text[done:]])


def _compared(value: str) -> str:
    return _SPACING.sub("", value).casefold().removeprefix("mailto:")
