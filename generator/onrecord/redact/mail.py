"""E-mail addresses."""

import re
from collections.abc import Iterator

from onrecord.redact.spans import Span

# Looked for from the sign, which is rare: from each letter on it would take 64 times as long.
_AT = re.compile(r"[@＠]|%40|&#0{0,4}64;|&#[xX]0{0,4}40;|&commat;")
_SIGNS = ("@", "＠", "%40", "&")  # each `_AT` has one
_NAME = re.compile(r"(?:mailto:)?[^\W_][\w.+'-]{0,63}+\Z")
_LONGEST_NAME = len("mailto:") + 64
_HOST = re.compile(r"(?P<host>(?:[^\W_][\w-]{0,62}+\.){1,8}(?P<top>xn--[\w-]{2,59}|[^\W\d_]{2,24}))(?![^\W_])")

# "joe (at) acme.org", "joe AT acme DOT org": people hide an address from programs, not from each other.
_SPOKEN_AT = re.compile(r"\s{0,2}(?P<open>[\[({<])\s?at\s?[\])}>]\s{0,2}|\s(?:AT|at|ät)\s", re.I)
_SPOKEN_HOST = re.compile(
    r"[^\W_][\w-]{0,62}+(?:(?P<dot>\.|\s{0,2}[\[({<]\s?(?:dot|punkt|punto|point)\s?[\])}>]\s{0,2}|\s(?:dot|punkt)\s)"
    r"[^\W_][\w-]{0,62}+){1,4}",
    re.I,
)
# In brackets, or both of them: to see that none is takes a third of the time.
_MAYBE_SPOKEN = re.compile(r"[\[({<]\s?(?i:at)|\s(?i:dot|punkt)|[\[({<]\s?(?i:dot|punkt|punto|point)")
_NO_NAME = re.compile(  # "look at example dot com" names a place
    r"(?:look(?:ing|ed)?|see|it|me|us|is|are|was|be|page|site|here|there|them|that|this|found|live|hosted|e?mail"
    r"|available|or|and)$",
    re.I,
)

# RFC 2606 and 6762: nobody's. People who must not say where they are write `example.org`, so there only a name that
# is none is nobody's too. And names of files: `icon@2x.png`, `thing@4.17.js`.
_NOBODYS = re.compile(r"(?:^|\.)(?:invalid|localhost|localdomain|local|internal|lan)$")
_EXAMPLE = re.compile(r"(?:mailto:)?(?:user(?:name)?|your?[\w.+-]{0,20}|name|someone|somebody|e?mail|foo|bar)$", re.I)
_EXAMPLES = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test)$")
_FILES = frozenset(
    {"png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "html", "json", "dll", "exe"}
) | frozenset(
    {
        "service",
        "socket",
        "timer",
        "mount",
        "target",
        "slice",
        "yml",
        "yaml",
        "xml",
        "txt",
        "jar",
        "tgz",
        "log",
        "conf",
    }
)
_MACHINES = re.compile(
    r"(?:mailto:)?(?:(?:no|do-?not)[._-]?reply|notifications?|mailer-daemon)(?:[+.-][\w.+-]{0,40})?(?:[@＠]|%40|&)",
    re.I,
)
_LOGIN_BEFORE = re.compile(
    r"(?:\b(?:ssh|sftp|ftp|git|rsync|svn|https?)://|\b(?:ssh|scp|sftp|rsync|mosh)\s{1,4})$", re.I
)
_PATH_AFTER = re.compile(r":(?!//)[\w.~+-]{0,100}/|:[\w.~+/-]{1,100}\.git\b|:~[$#]")
_BEFORE = 12  # characters that `_LOGIN_BEFORE` may need


def mails(text: str) -> Iterator[Span]:
    """Yield addresses that may reach a person: no logins at hosts, `noreply@`, or names kept for examples."""
    done = 0
    for at in _AT.finditer(text) if any(map(text.__contains__, _SIGNS)) else ():
        found = _HOST.match(text, at.end())
        name = found and _name_before(text, done, at.start())
        if found is None or name is None:
            continue
        host, begin, end, done = found["host"].lower(), name.start(), found.end(), found.end()
        if _NOBODYS.search(host) or found["top"].lower() in _FILES or _MACHINES.match(text, begin, end):
            continue
        if text[begin - 1 : begin] == "@":
            continue  # `@joe@social.org` is an account, which is public
        if _EXAMPLES.search(host) and _EXAMPLE.match(name[0]):
            continue
        if not _LOGIN_BEFORE.search(text[max(0, begin - _BEFORE) : begin]) and not _PATH_AFTER.match(text, end):
            yield begin, end
    yield from _spoken(text)


def _spoken(text: str) -> Iterator[Span]:
    """Yield addresses whose signs are words: in brackets, or both of them."""
    done = 0
    for at in _SPOKEN_AT.finditer(text) if _MAYBE_SPOKEN.search(text) else ():
        found = _SPOKEN_HOST.match(text, at.end())
        name = found and _name_before(text, done, at.start())
        if found is None or name is None or not (at["open"] or found["dot"] != "."):
            continue
        if not _NO_NAME.match(name[0]):
            done = found.end()
            yield name.start(), done


def _name_before(text: str, done: int, at: int) -> re.Match[str] | None:
    return _NAME.search(text, max(done, at - _LONGEST_NAME), at)
