"""Tokens, keys and passwords: not personal, but nobody wants them published."""

import re
from collections.abc import Iterable, Iterator

from onrecord.redact.spans import Span
from onrecord.redact.tokens import hooks, tokens

_PLACEHOLDERS = frozenset(
    ("password", "passwd", "passphrase", "pass", "pwd", "secret", "token", "key", "changeme", "admin", "root", "user")
)
_LOGIN = re.compile(r"://[^\s/@:\0]{0,64}+:(?P<value>[^\s/@\0]{1,256}+)@")
_HEADER = re.compile(
    r"(?:\bbearer|\bauthorization[\"']?\s?[:=]\s?[\"']?(?:basic|token|apikey))\s{1,3}(?P<value>[\w.~+/-]{16,2048}+=*)",
    re.I,
)
_CURL = re.compile(r"\s(?:-u|--user)[ =]?[\"']?[^\s:\"'\0]{1,64}+:(?P<value>[^\s\"'\0]{4,128}+)")
_VALUE = (
    r"(?:\"(?P<double>[^\s\"\0]{6,256})\"|'(?P<single>[^\s'\0]{6,256})'|(?P<bare>[^\s\"'`,;|<>()\[\]{}&\0]{6,256}))"
)
_ASSIGNED = re.compile(
    r"(?:password|passwd|passphrase|pwd|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|has[łl]o|пароль"
    r"|l[öo]senord|密码|密碼|パスワード|비밀번호"
    r"|secret(?:[_-]?access)?(?:[_-]?key)?|(?:api|access|private|encryption|account|license|app|signing)[_-]?key"
    r"|(?:access|auth|refresh|session|api|bot|id|csrf)[_-]?token|sess(?:ion)?[_-]?id)"
    r"[\"']?\s{0,3}(?:=>|:=|=|:|：|\b(?:is|ist|est|es|è|é|är)\b)\s{0,3}" + _VALUE,
    re.I,
)
# Words that stand before much else too, so their values must be long.
_LONG = re.compile(
    r"(?:\btoken|_token|_secret|(?-i:\b[A-Z0-9_]{1,40}_KEY)|credentials?|\bsession|_sid|_pat|[?&](?:sig|signature|x-amz-signature|x-amz-security-token|sas))"
    r"[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?P<value>[\w+/%-]{20,2048}+=*)",
    re.I,
)
_PROSE = re.compile(  # "my token is …"
    r"\b(?:token|secret|key|password)(?: is| was)?:? [\"'`]?"
    r"(?P<value>[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])|[A-Za-z0-9+_-]{24,2048}+)",
    re.I,
)
_FLAG = re.compile(
    r"\s--?(?:password|passwd|token|api-?key|secret)\s{1,3}[\"']?(?P<value>[^\s\"'<>$\0]{6,256}+)", re.I
)
_NO_VALUE = re.compile(
    r"[$%<{*.]|.{0,256}://|.{0,256}::|(?:x+|your|my|example|change|none|null|true|false|env|process|os)\b|(?:base|sha|md|utf|aes|pbkdf|argon|ipv)-?\d",
    re.I,
)
_DIGIT, _LETTER, _UPPER, _LOWER = map(re.compile, (r"\d", r"[^\W\d]", r"[A-Z]", r"[a-z]"))


def secrets(text: str) -> Iterator[Span]:
    """Yield tokens with an issuer's mark, private keys, and values that follow a word like `password=`."""
    yield from tokens(text)
    yield from hooks(text)
    folded = text.casefold()
    for words, pattern, check in _CHECKED:
        for found in pattern.finditer(text) if _has_any(words, folded) else ():
            if check(found["value"]):
                yield found.span("value")
    for found in _ASSIGNED.finditer(text) if _has_any(_ASSIGNS, folded) else ():
        group = found.lastgroup or "bare"
        if _is_secret(found[group], quoted=group != "bare"):
            yield found.span(group)


def _is_no_placeholder(value: str) -> bool:
    return value.lower() not in _PLACEHOLDERS and not _NO_VALUE.match(value)


def _has_digit(value: str) -> bool:
    return bool(_DIGIT.search(value))


def _looks_drawn(value: str) -> bool:
    return all(sign.search(value) for sign in (_DIGIT, _UPPER, _LOWER))


def _is_secret(value: str, *, quoted: bool = False) -> bool:
    # Without quotes it may be prose ("password: required") or code (`pwd = env.cwd`).
    mixed = _DIGIT.search(value) and _LETTER.search(value)
    return not _NO_VALUE.match(value) and (quoted or bool(mixed))


def _has_any(words: Iterable[str], folded: str) -> bool:
    """Tell whether a pattern may find anything: to look for words takes a tenth of what the pattern does.

    None of them has an i, to which case folding does other things than a pattern that ignores case.
    """
    return any(map(folded.__contains__, words))


_CHECKED = (
    (("://",), _LOGIN, _is_no_placeholder),
    (("-u", "--user"), _CURL, _is_no_placeholder),
    (("bearer", "author"), _HEADER, _has_digit),
    (("token", "secret", "key", "password"), _PROSE, _looks_drawn),
    (("token", "_secret", "_key", "credent", "sess", "_s", "_pat", "?s", "&s", "x-amz"), _LONG, _is_secret),
    (("-pass", "-token", "-ap", "-secret"), _FLAG, _is_secret),
)
_ASSIGNS = (
    *("passw", "passphrase", "pwd", "kennwort", "mot de passe", "contrase", "senha", "wachtwoord", "haslo", "hasło"),
    *("парол", "senord", "密码", "密碼", "パスワード", "비밀번호", "secret", "key", "token", "sess"),
)
