"""The last look before anything is published: for secrets of the environment, and for what has a token's shape."""

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import chain
from pathlib import Path
from urllib.parse import quote, quote_plus

from onrecord.errors import Place, Problem
from onrecord.file import File
from onrecord.redact.tokens import hooks, long_words, tokens
from onrecord.site_folder import files_below

SHORTEST = 8
"""Shorter values are not looked for: a page may hold them by chance."""

Secrets = Mapping[str, frozenset[bytes]]
"""Every way in which the value of a variable may be written, by the variable's name."""

_BEGIN = b"-----BEGIN"
_SEEN_LATELY = (
    4_000  # lines and words: a page has a few hundred, most of them its frame's, which the next one has too
)
_TOO_LONG = 8_000  # bytes: no frame has such a line, and thousands of them are much to remember
_BLOCK = 1 << 18  # bytes: the words of a large file are many

_SECRET = re.compile(r"(TOKEN|KEY|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|WEBHOOK|_PAT)S?$")
_TODO = "publish nothing: withdraw the secret where it was made, then find what brought it here"


def secrets_in(environment: Mapping[str, str], names: Iterable[str] = ()) -> Secrets:
    """Return what to look for: the variables that `names` lists, as the settings do, and those named like a secret.

    `GITHUB_TOKEN` and `CHAT_WEBHOOK` are such names.
    """
    declared = set(names)
    return {
        name: frozenset(forms(value.strip()))
        for name, value in sorted(environment.items())
        if (name in declared or _SECRET.search(name.upper())) and len(value.strip()) >= SHORTEST
    }


def scan(folder: Path, secrets: Secrets) -> tuple[Problem, ...]:
    """Return a problem for each secret in each file of a folder; one without files is a problem too."""
    files, leaks = files_below(folder), Leaks(secrets)
    if (first := next(files, None)) is None:
        return (Problem(Place(str(folder)), "there is no site here", 'write it with "onrecord build"'),)
    found = (problem for file in chain((first,), files) for problem in leaks(file))
    return tuple(replace(problem, place=_below(folder, problem.place)) for problem in found)


class _Seen:
    """What was seen lately: most lines of a page are its frame's, and so were those of the page before."""

    def __init__(self) -> None:
        """Have seen nothing yet."""
        self._before: set[bytes] = set()
        self._lately: set[bytes] = set()

    def news(self, pieces: Iterable[bytes]) -> set[bytes]:
        """Return those that were not seen lately; from now on they were."""
        given = {*pieces}
        news = given - self._before - self._lately
        long = {piece for piece in news if len(piece) > _TOO_LONG}
        self._lately |= given - long if long else given
        if len(self._lately) > _SEEN_LATELY:
            self._before, self._lately = self._lately, set()
        return news


class Leaks:
    """Looks at files for the values of secrets, and for what has a token's shape."""

    def __init__(self, secrets: Secrets) -> None:
        """Have seen nothing yet."""
        self._secrets = secrets
        self._lines, self._words = _Seen(), _Seen()

    def __call__(self, file: File, stood: bytes = b"") -> Iterator[Problem]:
        """Yield which secret's value a file holds, and where what looks like a token; never the value itself.

        Lines that already `stood` there, when this code let them pass, are not looked at for tokens again.
        """
        yield from _values(file, self._secrets)
        known = {*stood.split(b"\n")} if stood else set()
        blocks = _blocks(file.content)
        if _BEGIN in file.content or any(self._has_wrong_news(block, known) for block in blocks):
            self._lines, self._words = _Seen(), _Seen()  # what is wrong here has to be found in the next file too
            yield from _shapes(file)

    def _has_wrong_news(self, text: bytes, known: Set[bytes]) -> bool:
        """Tell whether there is a token in what is new in a text: none goes on in another line, or word."""
        lines = self._lines.news({*text.split(b"\n")} - known)
        words = self._words.news(long_words(b"\n".join(lines)))
        return bool(_found(b" ".join(words).decode("utf-8", "replace")))


def _below(folder: Path, place: Place) -> Place:
    return replace(place, path=str(folder / place.path))


def _shapes(file: File) -> Iterator[Problem]:
    """Yield where a file holds what looks like a token; a private key has many words, so the whole is looked at."""
    text = file.content.decode("utf-8", "replace")  # every shape is ASCII
    for begin in _found(text):
        place = Place(file.path, 1 + text.count("\n", 0, begin))
        yield Problem(place, "this file holds what looks like a token or a private key", _TODO)


def _blocks(content: bytes) -> Iterator[bytes]:
    """Yield a file in blocks that end with a line, so that no word is cut."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + _BLOCK)
        yield content[start : end if end >= 0 else len(content)]
        start = end if end >= 0 else len(content)


def _found(text: str) -> list[int]:
    return [begin for begin, _ in (*tokens(text), *hooks(text))]


def _values(file: File, secrets: Secrets) -> Iterator[Problem]:
    """Yield the names of the secrets whose value a file holds."""
    for name, written in secrets.items():
        if any(form in file.content for form in written):
            yield Problem(Place(file.path), f"this file holds the value of {name}", _TODO)


def forms(value: str) -> Iterator[bytes]:
    """Yield the ways in which a value may stand in a file."""
    plain = value.encode()
    yield plain
    yield from (quote(value, safe="").encode(), quote(value).encode(), quote_plus(value).encode())
    yield from (html.escape(value).encode(), html.escape(value, quote=False).encode())
    yield from (form.encode() for form in _in_json(value))
    for start in range(3):
        # Base64 of a longer text that holds the value: only its neighbours change the characters at the ends.
        inner = b64encode(bytes(start) + plain)[(0, 2, 3)[start] : (start + len(plain)) * 8 // 6]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def _in_json(value: str) -> Iterator[str]:
    """Yield a value as writers of JSON write it: with or without ASCII, slashes, and what HTML would read."""
    for ascii_only in (True, False):
        written = json.dumps(value, ensure_ascii=ascii_only)[1:-1]
        yield written
        yield written.replace("/", "\\/")
        for sign in "<>&'":
            written = written.replace(sign, f"\\u{ord(sign):04x}")
        yield written
