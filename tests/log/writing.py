"""Entries as people write them, for the tests that read them."""

from zoneinfo import ZoneInfo

import pytest

from onrecord.errors import OnRecordError
from onrecord.log.authored import read_authored
from onrecord.model.entry import Entry

BERLIN = ZoneInfo("Europe/Berlin")
FACTS = "kind: incident\ntitle: Mail is late\nopened: 2026-11-21 09:00\n"


def entry(words: str = "", facts: str = FACTS, name: str = "late-mail") -> Entry:
    return whole(f"---\n{facts}---\n{words}", name)


def whole(text: str, name: str = "late-mail") -> Entry:
    return read_authored(text, f"content/entries/{name}.md", name, BERLIN)


def refused(words: str = "", facts: str = FACTS, name: str = "late-mail") -> str:
    return refused_whole(f"---\n{facts}---\n{words}", name)


def refused_whole(text: str, name: str = "late-mail") -> str:
    with pytest.raises(OnRecordError) as caught:
        whole(text, name)
    return str(caught.value)


def updates(found: Entry) -> list[tuple[str, str | None, str | None, str | None, str]]:
    return [
        (
            f"{update.at:%d %H:%M}",
            update.status,
            update.next_update_at and f"{update.next_update_at:%d %H:%M}",
            update.by,
            update.body,
        )
        for update in found.updates
    ]
