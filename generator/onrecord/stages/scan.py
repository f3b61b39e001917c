"""The last look before anything is published: for secrets of the environment, and for what has a token's shape."""

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, quote_plus

from onrecord.errors import Place, Problem
from onrecord.file import File
from onrecord.redact.tokens import hooks, tokens
from onrecord.site_folder import files_below

SHORTEST = 8
"""Shorter values are not looked for: a page may hold them by chance."""

Secrets = Mapping[str, frozenset[bytes]]
"""Every way in which the value of a variable may be written, by the variable's name."""

_BEGIN = "-----BEGIN"
_MOST_SEEN = 10_000  # lines: those of the frame, which every page has, come first

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
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        return (Problem(Place(str(folder)), "there is no site here", 'write it with "onrecord build"'),)
    return tuple(replace(problem, place=_below(folder, problem.place)) for problem in leaks(folder, secrets))


def leaks(folder: Path, secrets: Secrets) -> Iterator[Problem]:
    """Yield which file of a folder holds a secret's value, or what looks like a token; never the value itself."""
    seen: set[str] = set()
    for file in files_below(folder):
        yield from (*_values(file, secrets), *_shapes(file, seen))


def _below(folder: Path, place: Place) -> Place:
    return replace(place, path=str(folder / place.path))


def _shapes(file: File, seen: set[str]) -> Iterator[Problem]:
    """Yield where a file holds what looks like a token; lines of pages that were `seen` before are not read again.

    Most of a page is the frame, which every other page has too.
    """
    text = file.content.decode("latin-1")  # every shape is ASCII, and every byte has a letter here
    by_line = file.path.endswith(".html") and _BEGIN not in text  # a private key has many lines
    parts = enumerate(text.split("\n")) if by_line else [(0, text)]
    for before, part in parts:
        if part in seen:
            continue
        found = [begin for begin, _ in (*tokens(part), *hooks(part))]
        for begin in found:
            place = Place(file.path, 1 + before + part.count("\n", 0, begin))
            yield Problem(place, "this file holds what looks like a token or a private key", _TODO)
        if not found and len(seen) < _MOST_SEEN:
            seen.add(part)


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
