"""Entries as somebody complains in them, and rules as people write them."""

from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.triage import Rules


def complaint(title: str = "It does not work", **fields: object) -> Entry:
    plain = {"id": "app-1", "kind": "issue", "title": title, "status": "reported", "opened": "2026-11-21 09:00"}
    return ENTRIES.validate_python({**plain, **fields})


def raised(venue: str, count: int = 1, **more: object) -> dict[str, object]:
    return {"at": "2026-11-21 09:00", "venue": venue, "count": count, **more}


def rules(*pairs: tuple[dict[str, object], dict[str, object]]) -> Rules:
    return Rules.model_validate({"rules": [{"when": when, "then": then} for when, then in pairs]})
