"""Tokens, keys and passwords: not personal, but nobody wants them published."""

import re
from collections.abc import Iterator

from onrecord.redact.spans import Span

# What the issuer puts first makes these certain. Lengths are bounded so that every search is linear.
_TOKENS = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255}"  # GitHub
    r"|gl(?:pat|dt|rt|ptt|cbt|ft|imt|agent|oas|soat)-[\w-]{20,255}"  # GitLab
    r"|A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])"  # AWS
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-[A-Za-z0-9-]{10,255}"  # Slack
    r"|(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,255}|whsec_[A-Za-z0-9+/=]{20,255}"  # Stripe
    r"|AIza[\w-]{35}|ya29\.[\w-]{20,255}|GOCSPX-[\w-]{20,64}"  # Google
    r"|npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,255}|crates-io_[A-Za-z0-9]{30,64}"  # package registries
    r"|sk-[A-Za-z0-9_-]{0,20}[A-Za-z0-9]{20,255}|hf_[A-Za-z0-9]{30,64}"  # model hosts
    r"|SG\.[\w-]{16,64}\.[\w-]{16,128}|\d{8,10}:AA[\w-]{33}"  # SendGrid, Telegram
    r"|(?<![_-])eyJ[\w-]{8,4096}+\.eyJ[\w-]{8,4096}+(?:\.[\w-]{0,4096}+)?"  # JSON web tokens
    r")"
)
_HOOKS = re.compile(  # addresses that let anybody post
    r"https://(?:hooks\.slack\.com/(?:services|workflows)|discord(?:app)?\.com/api/webhooks)/"
    r"(?P<value>[\w/-]{20,200})"
)
_PEM = re.compile(
    r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:(?:[^-\0]|-(?!----))*+-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"|(?:\s{1,4}[A-Za-z0-9+/=]{16,}+)*+)"
)
_LOGIN = re.compile(r"://[^\s/@:\0]{0,64}+:(?P<value>[^\s/@\0]{1,256}+)@")
_HEADER = re.compile(
    r"(?:\bbearer|\bauthorization[\"']?\s?[:=]\s?[\"']?(?:basic|token))\s{1,3}(?P<value>[\w.~+/-]{16,2048}+=*)",
    re.I,
)
_ASSIGNED = re.compile(
    r"(?:password|passwd|passphrase|pwd|secret(?:[_-]?access)?(?:[_-]?key)?|(?:api|access|private|encryption)[_-]?key"
    r"|(?:access|auth|refresh|session|api|bot)[_-]?token)[\"']?\s{0,3}(?:=>|:=|=|:)\s{0,3}"
    r"(?:\"(?P<double>[^\s\"\0]{6,256})\"|'(?P<single>[^\s'\0]{6,256})'|(?P<bare>[^\s\"'`,;|<>()\[\]{}\0]{6,256}))",
    re.I,
)
_NO_VALUE = re.compile(
    r"[$%<{*.]|.*://|.*::|(?:x+|your|my|example|change|none|null|true|false|env|process|os)\b", re.I
)


def secrets(text: str) -> Iterator[Span]:
    """Yield tokens with an issuer's mark, private keys, and values that follow a word like `password=`."""
    for pattern in (_PEM, _TOKENS):
        for found in pattern.finditer(text):
            yield found.span()
    for pattern in (_HOOKS, _LOGIN):
        for found in pattern.finditer(text):
            yield found.span("value")
    for found in _HEADER.finditer(text):
        if re.search(r"\d", found["value"]):
            yield found.span("value")
    for found in _ASSIGNED.finditer(text):
        group = found.lastgroup or "bare"
        if _is_secret(found[group], quoted=group != "bare"):
            yield found.span(group)


def _is_secret(value: str, *, quoted: bool) -> bool:
    # Without quotes it may be prose ("password: required") or code (`pwd = env.cwd`).
    mixed = re.search(r"\d", value) and re.search(r"[^\W\d]", value)
    return not _NO_VALUE.match(value) and (quoted or bool(mixed))
