"""`onrecord scan`: the last look before a deploy, for the value of a secret in any file of the site."""

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

from onrecord.errors import Place, Problem

SHORTEST = 8
"""Shorter values are not looked for: a page may hold them by chance."""

_SECRET = re.compile(r"(TOKEN|KEY|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|WEBHOOK|_PAT)S?$")


def scan(folder: Path, environment: Mapping[str, str], names: Iterable[str] = ()) -> tuple[Problem, ...]:
    """Return a problem for each file that holds a secret, which is named and never shown.

    Secrets are the variables of the environment that `names` lists, as the settings do, and those whose names end
    like one (`GITHUB_TOKEN`, `CHAT_WEBHOOK`). They are looked for plain, as Base64, and escaped for addresses, HTML
    and JSON. A folder without files is a problem too.
    """
    declared = set(names)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        return (Problem(Place(str(folder)), "there is no site here", 'write it with "onrecord build"'),)
    secrets = {
        name: frozenset(forms(value.strip()))
        for name, value in sorted(environment.items())
        if (name in declared or _SECRET.search(name.upper())) and len(value.strip()) >= SHORTEST
    }
    return tuple(
        Problem(
            Place(str(path)),
            f"this file holds the value of {name}",
            "publish nothing: withdraw the secret where it was made, then find what brought it here",
        )
        for path in files
        for name in _found(path.read_bytes(), secrets)
    )


def _found(content: bytes, secrets: Mapping[str, frozenset[bytes]]) -> list[str]:
    return [name for name, forms in secrets.items() if any(form in content for form in forms)]


def forms(value: str) -> Iterator[bytes]:
    """Yield the ways in which a value may stand in a file."""
    plain = value.encode()
    yield plain
    yield from (quote(value, safe="").encode(), quote(value).encode(), quote_plus(value).encode())
    yield from (html.escape(value).encode(), json.dumps(value)[1:-1].encode())
    for start in range(3):
        # Base64 of a longer text that holds the value: only its neighbours change the characters at the ends.
        inner = b64encode(bytes(start) + plain)[(0, 2, 3)[start] : (start + len(plain)) * 8 // 6]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))
