"""E-mail addresses."""

import re
from collections.abc import Iterator

from onrecord.redact.spans import Span

# Looked for from the sign, which is rare: from each letter on it would take 64 times as long.
_AT = re.compile(r"@|%40|&#0{0,4}64;|&#[xX]0{0,4}40;|&commat;")
_NAME = re.compile(r"(?:mailto:)?[^\W_][\w.+'-]{0,63}+\Z")
_LONGEST_NAME = len("mailto:") + 64
_HOST = re.compile(r"(?P<host>(?:[^\W_][\w-]{0,62}+\.){1,8}(?P<top>xn--[\w-]{2,59}|[^\W\d_]{2,24}))(?![^\W_])")
# RFC 2606 and 6762: nobody's. And names of files: `icon@2x.png`, `thing@4.17.js`.
_NOBODYS = re.compile(
    r"(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost|localdomain|local|internal|lan)$"
)
_FILES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "html", "json", "dll", "exe"})
_MACHINES = re.compile(
    r"(?:mailto:)?(?:(?:no|do-?not)[._-]?reply|notifications?|mailer-daemon)(?:[+.-][\w.+-]{0,40})?(?:@|%40|&)",
    re.I,
)
_LOGIN_BEFORE = re.compile(
    r"(?:\b(?:ssh|sftp|ftp|git|rsync|svn|https?)://|\b(?:ssh|scp|sftp|rsync|mosh)\s{1,4})$", re.I
)
_PATH_AFTER = re.compile(r":(?!//)[\w.~+-]{0,100}/|:[\w.~+/-]{1,100}\.git\b")
_BEFORE = 12  # characters that `_LOGIN_BEFORE` may need


def mails(text: str) -> Iterator[Span]:
    """Yield addresses that may reach a person: no logins at hosts, `noreply@`, or names kept for examples."""
    done = 0
    for at in _AT.finditer(text):
        found = _HOST.match(text, at.end())
        name = found and _NAME.search(text, max(done, at.start() - _LONGEST_NAME), at.start())
        if found is None or name is None:
            continue
        host, begin, end, done = found["host"].lower(), name.start(), found.end(), found.end()
        if _NOBODYS.search(host) or found["top"].lower() in _FILES or _MACHINES.match(text, begin, end):
            continue
        if not _LOGIN_BEFORE.search(text[max(0, begin - _BEFORE) : begin]) and not _PATH_AFTER.match(text, end):
            yield begin, end
