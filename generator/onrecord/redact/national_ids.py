"""Numbers that a state gives to a person."""

import re
from collections.abc import Iterator
from importlib import import_module

from onrecord.redact.spans import Span

# The name that announces a number, the number's shape, and python-stdnum's module that checks it.
_IDS = (
    (r"ssn|social security", r"\d{3}[- ]?\d{2}[- ]?\d{4}", "us.ssn"),
    (r"nhs", r"\d{3}[- ]?\d{3}[- ]?\d{4}", "gb.nhs"),
    (r"steuer-?id|steuer-?identifikationsnummer|idnr", r"\d{2} ?\d{3} ?\d{3} ?\d{3}", "de.idnr"),
    (r"nir|s[ée]curit[ée] sociale", r"[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d", "fr.nir"),
    (r"dni|nif", r"\d{8}[- ]?[A-Z]", "es.dni"),
    (r"nie", r"[XYZ][- ]?\d{7}[- ]?[A-Z]", "es.nie"),
    (r"codice fiscale", r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]", "it.codicefiscale"),
    (r"bsn|burgerservicenummer", r"\d{4}[. ]?\d{2}[. ]?\d{3}", "nl.bsn"),
    (r"pesel", r"\d{11}", "pl.pesel"),
    (r"personnummer", r"(?:\d\d)?\d{6}[-+]?\d{4}", "se.personnummer"),
    (r"cpr", r"\d{6}-?\d{4}", "dk.cpr"),
    (r"ahv|avs", r"756\.?\d{4}\.?\d{4}\.?\d{2}", "ch.ssn"),
    (r"cpf", r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}", "br.cpf"),
    (r"aadhaa?r", r"\d{4}[- ]?\d{4}[- ]?\d{4}", "in_.aadhaar"),
)
_NAMES = re.compile(rf"\b(?:{'|'.join(f'({name})' for name, _, _ in _IDS)})\b", re.I)
_NUMBERS = tuple(re.compile(rf"[^\n\0]{{0,30}}?(?<!\w)({shape})(?!\w)", re.I) for _, shape, _ in _IDS)


def national_ids(text: str) -> Iterator[Span]:
    """Yield valid identity numbers of thirteen countries, each only shortly after its own name."""
    for name in _NAMES.finditer(text):
        which = (name.lastindex or 1) - 1
        found = _NUMBERS[which].match(text, name.end())
        if found and import_module(f"stdnum.{_IDS[which][2]}").is_valid(found[1]):
            yield found.span(1)
