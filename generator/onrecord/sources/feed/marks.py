"""How far a feed was read: by which settings, and the validators of the answer (RFC 9110, section 13)."""

import hashlib
import re
from collections.abc import Mapping

from onrecord.contracts import Known
from onrecord.sources.feed.settings import FeedSettings

_HEADERS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_HOW = {"token", "allow_private", "ca_file", "proxy"}
"""The settings that decide how a feed is reached, not what it becomes."""


def of(settings: FeedSettings, known: Known, headers: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the marks that an answer with these headers leaves."""
    validators = {name: value for name in _HEADERS if (value := (headers or {}).get(name, "")) and _is_safe(value)}
    return {"settings": _fingerprint(settings, known), **validators}


def conditions(settings: FeedSettings, known: Known) -> dict[str, str]:
    """Return the headers that ask for the feed only if it changed, or none when it is to be read in any case."""
    if known.full or not known.entries or known.marks.get("settings") != _fingerprint(settings, known):
        return {}
    return {header: known.marks[name] for name, header in _HEADERS.items() if name in known.marks}


def _fingerprint(settings: FeedSettings, known: Known) -> str:
    """Return a name for what decides what goes on record."""
    what = settings.model_dump_json(exclude=_HOW)
    for name, voice in known.voices.items():
        what += name + voice.model_dump_json(include={"name", "from_", "until"})
    return hashlib.sha256(what.encode()).hexdigest()[:16]


def _is_safe(value: str) -> bool:
    return re.fullmatch(r"[ -~]{1,200}", value) is not None
