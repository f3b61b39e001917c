"""Numbers that a state gives to a person."""

import re
from collections.abc import Iterator
from importlib import import_module

from onrecord.redact.spans import CHECKS, Span, lines_with_numbers

_NINO = r"[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]"
_NORDIC = r"(?:\d\d)?\d{6}[-+ ]?\d{4,5}"

# The names that announce a number; then its shapes, each with python-stdnum's module that checks it, or with none
# where the number has no check digit.
_IDS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (r"ssn|ss#|social(?: security)?", ((r"(?!000|666|9)\d{3}[- ]?(?!00)\d{2}[- ]?(?!0000)\d{4}", ""),)),
    (r"itin", ((r"9\d{2}[- ]?\d{2}[- ]?\d{4}", "us.itin"),)),
    (r"nhs", ((r"\d{3}[- ]?\d{3}[- ]?\d{4}", "gb.nhs"),)),
    (r"nino|national insurance|ni (?:number|no)", ((_NINO, ""),)),
    (r"pps|ppsn", ((r"\d{7} ?[A-W][A-IW]?", "ie.pps"),)),
    (r"(?-i:SIN|NAS)|social insurance", ((r"\d{3}[- ]?\d{3}[- ]?\d{3}", "luhn"),)),
    (r"tfn|tax file", ((r"\d{3} ?\d{3} ?\d{2,3}", "au.tfn"),)),
    (r"(?-i:IRD)", ((r"\d{2,3}[- ]?\d{3}[- ]?\d{3}", "nz.ird"),)),
    (r"steuer-?id|steuer-?identifikationsnummer|idnr|tin", ((r"\d{2} ?\d{3} ?\d{3} ?\d{3}", "de.idnr"),)),
    (
        r"sozialversicherungsnummer|svnr|sv-?nummer|rentenversicherungsnummer",
        ((r"\d{4} ?\d{6}", "at.vnr"), (r"\d\d ?\d{6} ?[A-Z] ?\d{3}", "")),
    ),
    (r"(?:personal)?ausweis(?:nummer|nr)?", ((r"[A-Z][A-Z0-9]{5,7}\d[A-Z0-9]?", ""),)),
    (r"ahv(?:-?n(?:umme)?r)?|avs", ((r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}", "ch.ssn"),)),
    (r"nir|s[ée]curit[ée] sociale|s[ée]cu", ((r"[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d", "fr.nir"),)),
    (
        r"rijksregister(?:nummer)?|insz|niss|registre national|num[ée]ro national",
        ((r"\d\d[. ]?\d\d[. ]?\d\d[- ]?\d{3}[. ]?\d\d", "be.nn"),),
    ),
    (
        r"dni|nif|nie",
        (
            (r"\d{8}[- ]?[A-Z]", "es.dni"),
            (r"[XYZ][- ]?\d{7}[- ]?[A-Z]", "es.nie"),
            (r"[12356]\d{2} ?\d{3} ?\d{3}", "pt.nif"),
            (r"\d{2}\.\d{3}\.\d{3}", "ar.dni"),
        ),
    ),
    (r"contribuinte", ((r"[12356]\d{2} ?\d{3} ?\d{3}", "pt.nif"),)),
    (r"codice fiscale|cod\. ?fisc\.?|c\.?f\.?", ((r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]", "it.codicefiscale"),)),
    (r"bsn|burgerservicenummer|sofinummer", ((r"\d{4}[. ]?\d{2}[. ]?\d{3}|\d{3} \d{3} \d{3}", "nl.bsn"),)),
    (r"pesel", ((r"\d{11}", "pl.pesel"),)),
    (
        r"person(?:al)?nummer|f[øo]dsels?nummer|samordningsnummer",
        ((_NORDIC, "se.personnummer"), (_NORDIC, "no.fodselsnummer")),
    ),
    (r"henkil[öo]tunnus|hetu", ((r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", "fi.hetu"),)),
    (r"cpr(?:-?nummer|-?nr)?", ((r"\d{6}[- ]?\d{4}", "dk.cpr"),)),
    (r"kennitala", ((r"\d{6}-?\d{4}", "is_.kennitala"),)),
    (r"isikukood", ((r"\d{11}", "ee.ik"),)),
    (r"asmens kod\w{1,3}", ((r"\d{11}", "lt.asmens"),)),
    (r"personas kod\w{1,3}", ((r"\d{6}-?\d{5}", "lv.pvn"),)),
    (r"rodn[ée] č[íi]slo|r\.? ?č\.?", ((r"\d{6}/?\d{3,4}", "cz.rc"),)),
    (r"cnp", ((r"\d{13}", "ro.cnp"),)),
    (r"егн|egn", ((r"\d{10}", "bg.egn"),)),
    (r"αμκα|ἀμκα|amka", ((r"\d{11}", "gr.amka"),)),
    (r"oib", ((r"\d{11}", "hr.oib"),)),
    (r"emšo|emso|jmbg", ((r"\d{13}", "si.emso"),)),
    (r"инн|inn", ((r"\d{12}", "ru.inn"),)),
    (r"снилс|snils", ((r"\d{3}-?\d{3}-?\d{3}[- ]?\d{2}", ""),)),
    (r"рнокпп|іпн", ((r"\d{10}", "ua.rntrc"),)),
    (r"kimlik(?: no| numaram?)?|tckn", ((r"\d{11}", "tr.tckimlik"),)),
    (r"teudat zehut|תעודת זהות|ת\.ז\.", ((r"\d{8}-?\d", "il.idnr"),)),
    (r"(?:sa )?id (?:number|no)|identity number", ((r"\d{13}", "za.idnr"), (r"\d{6} \d{4} \d{3}", "za.idnr"))),
    (r"cpf", ((r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}", "br.cpf"),)),
    (r"rut|run", ((r"\d{1,2}\.\d{3}\.\d{3}-?[\dK]|\d{7,8}-[\dK]", "cl.rut"),)),
    (r"cui[tl]", ((r"\d{2}-?\d{8}-?\d", "ar.cuit"),)),
    (r"curp", ((r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d", "mx.curp"),)),
    (r"rfc", ((r"[A-Z]{4}\d{6}[A-Z0-9]{3}", "mx.rfc"),)),
    (r"c[ée]dula", ((r"\d{10}", "ec.ci"), (r"\d{3}-?\d{7}-?\d", "do.cedula"))),
    (r"aadhaa?r|आधार", ((r"\d{4}[- ]?\d{4}[- ]?\d{4}", "in_.aadhaar"),)),
    (r"pan(?: card| number| no)?", ((r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", "in_.pan"),)),
    (r"cnic", ((r"\d{5}-?\d{7}-?\d", "pk.cnic"),)),
    (r"nric|mykad", ((r"\d{6}-?\d{2}-?\d{4}", "my.nric"), (r"[STFGM]\d{7}[A-Z]", ""))),
    (r"nik|ktp", ((r"\d{16}", "id.nik"),)),
    (r"身份证号?码?|身份證|居民身份", ((r"\d{17}[\dX]", "cn.ric"),)),
    (r"マイナンバー|個人番号|my number", ((r"\d{4}[- ]?\d{4}[- ]?\d{4}", "jp.in_"),)),
    (r"주민등록번호|주민번호", ((r"\d{6}-?\d{7}", "kr.rrn"),)),
    (
        r"passport|reisepass|passeport|pasaporte|passaporto|paspoort",
        ((r"[A-Z]{1,2}\d{6,8}|[CFGHJK][CFGHJKLMNPRTVWXYZ0-9]{7}\d|\d{2}[A-Z]{2}\d{5}", ""), (r"\d{9}", "")),
    ),
)
# The names in other scripts have no edges: no spaces stand between them and the next word.
_NAMES = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(f'({names})' for names, _ in _IDS)})(?![A-Za-z])", re.I)
# Each number has six digits, or seven letters and digits in one: to look for names takes ten times as long.
_ENOUGH = re.compile(r"\d(?:[^\n\d]*\d){5}|(?=\w{0,8}\d)\w{7}")
_NUMBERS = tuple(
    tuple(
        (re.compile(rf"[^\n\0]{{0,30}}?(?<![A-Za-z0-9_])({shape})(?![A-Za-z0-9_])", re.I), module)
        for shape, module in shapes
    )
    for _, shapes in _IDS
)


def national_ids(text: str) -> Iterator[Span]:
    """Yield valid identity numbers of many countries, each only shortly after its own name.

    As with `checked`, a text with more look-alikes than can be checked in time loses the others unchecked.
    """
    left = CHECKS
    for found, module in _look_alikes(text):
        left -= 1
        if left < 0 or not module or _valid(found[1], module):
            yield found.span(1)


def _look_alikes(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for begin, end in lines_with_numbers(text):
        for name in _NAMES.finditer(text, begin, end) if _ENOUGH.search(text, begin, end) else ():
            for shape, module in _NUMBERS[(name.lastindex or 1) - 1]:
                if found := shape.match(text, name.end()):
                    yield found, module


def _valid(number: str, module: str) -> bool:
    return bool(
        import_module(f"stdnum.{module}").is_valid(re.sub(r"[ -]", "", number) if module == "luhn" else number)
    )
