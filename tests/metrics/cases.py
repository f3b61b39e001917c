"""Small entries whose figures can be worked out in the head."""

from onrecord.model.entry import ENTRIES, Entry

OPENED = "2026-11-21 09:00"


def issue(*updates: dict[str, object], **fields: object) -> Entry:
    plain = {"id": "app-1", "kind": "issue", "title": "T", "status": "investigating", "opened": OPENED, **fields}
    return ENTRIES.validate_python({**plain, "updates": list(updates)})


def said(clock: str, **fields: object) -> dict[str, object]:
    return {"at": f"2026-11-21 {clock}", "body": "Words.", **fields}
