"""Hostile strings in every field there is: of entries, of lists, of the settings, in as few files as can be."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.every_field import every_field
from tests.hostile.ours import ADDRESSES
from tests.own_site import Site

from onrecord.model.entry import ENTRIES, STATUSES, Entry, write_entry
from onrecord.model.kinds import Kind, Status
from onrecord.model.scalars import LONGEST_LINE

_NO_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Pack:
    """Some strings, as many as fit on a line; each is also a text of its own."""

    strings: Sequence[str]

    @property
    def line(self) -> str:
        """Return them as a `Line`, whose type refuses control characters."""
        return _NO_LINE.sub(" ", " ".join(self.strings)).strip()[:LONGEST_LINE].strip() or "x"

    @property
    def text(self) -> str:
        return "\n\n".join(self.strings)


def packs(strings: Sequence[str], every: int | None = None) -> Iterator[Pack]:
    """Yield packs that hold each string; with `every` a pack begins at every so manieth, else where one is full."""
    begin = 0
    while begin < len(strings):
        end, size = begin, 0
        while end < begin + len(strings) and (end == begin or size + len(strings[end % len(strings)]) < LONGEST_LINE):
            size += len(strings[end % len(strings)]) + 1
            end += 1
        yield Pack([strings[number % len(strings)] for number in range(begin, end)])
        begin = begin + every if every else end


TOGETHER = 10
"""How many packs speak in the updates of one entry, whose page then shows them all."""
PARTS = 7
"""How many components entries are about; where each string is to stand everywhere, there are more."""


def entries(found: Sequence[Pack]) -> Iterator[Entry]:
    """Yield an entry for each pack, of every kind in turn, with the pack in each of its fields.

    One of ten has the strings of ten packs, each as an update of its own; the others have one update.
    """
    for number, pack in enumerate(found):
        kind = list(Kind)[number % len(Kind)]
        url = ADDRESSES[number % len(ADDRESSES)]
        made = every_field(kind, pack.line, url, text=pack.text)
        plain: dict[str, Any] = made.model_dump(mode="json", by_alias=True)
        (update,) = plain["updates"]
        plain["updates"] = [
            update | {"body": string, "by": there.line, "venue": there.line}
            for there in (found[number : number + TOGETHER] if number % TOGETHER == 0 else [])
            for string in there.strings
        ] or [update]
        plain |= {"id": f"app-{number}", "aliases": [f"old-{number}"], "metrics": {"exclude": pack.line}}
        plain |= {"components": [f"part-{number % PARTS}"], "topics": [f"topic-{number % 3}"], "updated": None}
        if kind in (Kind.ISSUE, Kind.KNOWN_ISSUE, Kind.INCIDENT) and number % 2:
            plain |= {"metrics": "include", "status": "investigating" if kind is not Kind.ISSUE else "open"}
        yield ENTRIES.validate_python(_fits(plain, kind))


def _fits(plain: dict[str, Any], kind: Kind) -> dict[str, Any]:
    if plain["status"] not in STATUSES[kind]:
        plain["status"] = next(status for status in STATUSES[kind] if status is not Status.WITHDRAWN)
    return plain


def write(site: Site, strings: Sequence[str], *, every: int | None = None, cards: bool = True) -> list[Entry]:
    """Write a site in which these strings are everywhere, and return its entries."""
    found = list(packs(strings, every))
    first, second, *_, last = found
    _write(site, "site_config.yml", _settings(first.line, last.line, cards=cards))
    told = found[::3] if every else found[:: len(found) // PARTS][:PARTS]
    components = {f"part-{number}": _component(pack) for number, pack in enumerate(told)}
    _write(site, "content/components.yml", components)
    _write(site, "content/voices.yml", _voices(found) | _bounds(found))
    report = {"name": "app", "title": first.line, "failed": second.line, "read_at": "2026-11-21 08:00"}
    site.write("build/pull.json", json.dumps({"at": "2026-11-21 08:00", "sources": [report]}))
    made = list(entries(found))
    for entry in made:
        path = f"content/record/pulled/app/{entry.opened.year}/{entry.id}.json"
        site.write(path, write_entry(entry).decode())
    return made


def _write(site: Site, path: str, plain: dict[str, Any]) -> None:
    # JSON is YAML, and so can be spelled what may not stand in YAML as it is.
    text = json.dumps(plain, ensure_ascii=False)
    site.write(path, re.sub(r"[^\x20-\x7e]", lambda sign: f"\\U{ord(sign[0]):08x}", text))


def _component(pack: Pack) -> dict[str, Any]:
    return {"name": pack.line, "description": pack.text, "group": pack.line}


def _settings(title: str, description: str, *, cards: bool) -> dict[str, Any]:
    security = {
        "contact": ["mailto:a'onclick=alert(1)@acme.example"],
        "expires": "2027-01-01",
        "policy": ADDRESSES[0],
    }
    site = {"title": title, "url": "https://status.acme.example/", "description": description}
    links = [{"title": title, "to": to} for to in ("help/?a='onclick=alert(1)", "#x", ADDRESSES[1], "/known/'x")]
    return {
        "site": site | {"tell_us": ADDRESSES[0], "security": security, "starts": "2026-01-01"},
        "sources": {"app": {"type": "github-issues", "repo": "acme/app"}},
        "theme": {"nav": links, "accent": "#1f4fd1", "cards": cards},
    }


def _voices(found: Sequence[Pack]) -> dict[str, Any]:
    return {f"voice-{number}": _voice(number, pack.line) for number, pack in enumerate(found)}


def _voice(number: int, line: str) -> dict[str, Any]:
    platform, url = ("bluesky", "web")[number % 2], ADDRESSES[number % len(ADDRESSES)]
    return {
        "name": line,
        "role": line,
        "brand": number < len(ADDRESSES),
        "initials": line[:4],
        "accounts": [{"platform": platform, "handle": line, "id": line, "url": url}],
        **({"until": "2026-01-01"} if number % 3 else {}),
    }


def _bounds(found: Sequence[Pack]) -> dict[str, Any]:
    return {
        "not_ours": [{"what": pack.line, "why": pack.line} for pack in found],
        "not_read": [{"where": pack.line, "instead": pack.line} for pack in found],
        "please_note": "\n\n".join(pack.text for pack in found[::3])[:60_000],
    }
