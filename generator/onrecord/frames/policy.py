"""What a page may load and run: the Content-Security-Policy of generated and of hand-written pages."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html.parser import HTMLParser

DATA_BLOCKS = ("application/json", "application/ld+json")


def policy(scripts: Iterable[str] = ()) -> str:
    """Return the policy of a page: all from its own origin, and inline these scripts alone."""
    allowed = " ".join(["'self'", *(f"'sha256-{_digest(script)}'" for script in scripts)])
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-src 'none'; object-src 'none'"
    )


def inline_scripts(html: str) -> tuple[str, ...]:
    """Return the scripts that stand in a page itself and would run, in their order, each once."""
    reader = _Scripts()
    reader.feed(html)
    reader.close()
    return tuple(dict.fromkeys(reader.found))


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


class _Scripts(HTMLParser):
    """Collects the text of script elements that have no address and are not data."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = tag == "script" and "src" not in given and given.get("type") not in DATA_BLOCKS
        if self._inside:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"
