"""Every field of every kind is on a page, or docs/design/facts-by-kind.md says why not."""

import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from tests.bare_press import ACME, bare_press
from tests.every_field import every_field

from onrecord import plugins
from onrecord.model.entry import ENTRIES, KINDS, LINKS, STATUSES, Entry
from onrecord.model.kinds import NEWS, Kind, Status
from onrecord.model.people import Component, Voice
from onrecord.record.record import Record, readable

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
WHY = Path(__file__).parents[1] / "docs/design/facts-by-kind.md"

ON_NO_PAGE: Mapping[str, Collection[Kind]] = {
    "minor_edit": Kind,
    "publish_at": set(Kind) - NEWS,
    "expires_at": set(Kind) - {Kind.ANNOUNCEMENT},
    "impact": NEWS,
    "source.fetched_at": Kind,
    "source.labels": Kind,
    "updates.kind": {*NEWS, Kind.MAINTENANCE},
    "updates.next_update_at": NEWS,
    "corrections.weight": Kind,
    "raised.consent": {Kind.ISSUE, Kind.KNOWN_ISSUE},
    "released_by": {Kind.ISSUE, Kind.KNOWN_ISSUE},
    "timezone": {Kind.MAINTENANCE},
    "legal_reviewed_by": {Kind.APOLOGY},
}
"""The fields that no reader needs, with the kinds of which that is so; the design page has the reason for each."""

FOR_PROGRAMS = re.compile(rb"<script.*?</script>|<meta property=.*?>", re.DOTALL)
"""What is only for programs is not on the page."""

LATE = {
    "publish_at": "2026-11-20T07",
    "updates.at": "2026-11-20T09",
    "waiting_on_customer.to": "2026-11-20T11",
    "closed": "2026-11-20T12",
    "ended_at": "2026-11-20T13",
    "scheduled_until": "2026-11-20T13",
    "corrections.at": "2026-11-20T14",
    "updated": "2026-11-20T15",
    "updates.next_update_at": "2026-11-22T09",
    "expires_at": "2026-12-20T09",
}

Keys = tuple[str | int, ...]


@pytest.mark.parametrize("kind", Kind)
def test_every_field_changes_a_page_or_is_named_with_the_reason(kind: Kind) -> None:
    named = {field for field, kinds in ON_NO_PAGE.items() if kind in kinds}
    hidden = {name(keys) for keys in fields_of(full(kind)) if not is_shown(kind, keys)}
    assert sorted(hidden - named) == [], "show it in templates/facts/, or say in the design page why not"
    assert sorted(named - hidden) == [], "this is on a page: take it off the list"


def test_the_reason_for_each_field_that_is_on_no_page_is_written_down() -> None:
    table = WHY.read_text("utf-8").split("## On no page", 1)[1]
    assert [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")] == list(ON_NO_PAGE)


def full(kind: Kind) -> dict[str, Any]:
    """Return an entry in which every field is filled, and no two of them say the same."""
    made = every_field(kind, "Words", impact="critical", lang="de", metrics={"exclude": "Words"})
    plain: dict[str, Any] = made.model_dump(mode="json", by_alias=True)
    plain["updates"][0]["components"] = {"payments": "major_outage"}
    for number, keys in enumerate(keys for keys in fields_of(plain) if isinstance(at(plain, keys), str)):
        match at(plain, keys):
            case "Words":
                put(plain, keys, f"Words {number}")
            case "the-entry" if keys != ("id",):
                put(plain, keys, f"the-other-{number}")
            case str(url) if url.startswith("https:"):
                put(plain, keys, f"https://social.example/{number}")
            case str(moment) if is_moment(moment):
                put(plain, keys, f"{LATE.get(name(keys), '2026-11-20T06')}:{number:02}:00Z")
    for step in plain.get("prevention", ()):
        step["done_at"] = "2026-11-21"
    return plain


def fields_of(plain: Any, above: Keys = ()) -> Iterator[Keys]:
    """Yield the way to every field, and to every field of its parts; the kind is what has them."""
    pairs = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, value in pairs:
        if key != "kind" or above:
            yield (*above, key)
            yield from fields_of(value, (*above, key))


def name(keys: Keys) -> str:
    return ".".join(key for key in keys if isinstance(key, str))


def is_moment(value: object) -> bool:
    return isinstance(value, str) and value.startswith("2026-") and "T" in value


def at(plain: Any, keys: Keys) -> Any:
    for key in keys:
        plain = plain[key]
    return plain


def put(plain: Any, keys: Keys, value: object) -> None:
    at(plain, keys[:-1])[keys[-1]] = value


def is_shown(kind: Kind, keys: Keys) -> bool:
    """Tell whether some page of an entry, where it stands somehow, is another one with the field changed."""
    return any(
        pages(kind, *standing) != pages_of(entry)
        for standing in standings(kind)
        for entry in changed(standing_so(kind, *standing), keys)
    )


def standings(kind: Kind) -> Iterator[tuple[Status, bool]]:
    """Yield the statuses an entry may have, each also without its end: one of two may be enough to tell by."""
    ends = (True, False) if "ended_at" in KINDS[kind].model_fields else (True,)
    return ((status, ended) for ended in ends for status in STATUSES[kind])


def standing_so(kind: Kind, status: Status, ended: bool) -> dict[str, Any]:
    plain = full(kind) | {"status": status}
    return plain if ended else plain | {"ended_at": None}


def changed(plain: dict[str, Any], keys: Keys) -> Iterator[Entry]:
    """Yield the entry with a field left out, and with another value, where that makes an entry."""
    if keys[0] not in plain or (keys[-1] not in at(plain, keys[:-1]) if isinstance(keys[-1], str) else False):
        return
    left_out, other = deepcopy(plain), deepcopy(plain)
    del at(left_out, keys[:-1])[keys[-1]]
    put(other, keys, another(at(plain, keys)))
    for made in (left_out, other):
        try:
            yield ENTRIES.validate_python(made)
        except ValidationError:
            continue


def another(value: object) -> object:
    if is_moment(value):
        moment = str(value)
        return f"{moment[:11]}{int(moment[11:13]) + 2:02}{moment[13:]}"
    if value in list(Status):
        return Status.WITHDRAWN
    return not value if isinstance(value, bool) else f"{value}x"


@cache
def pages(kind: Kind, status: Status, ended: bool) -> dict[str, bytes]:
    return pages_of(ENTRIES.validate_python(standing_so(kind, status, ended)))


def pages_of(entry: Entry) -> dict[str, bytes]:
    linked = [other for field in LINKS for other in getattr(entry, field, ())]
    others = [every_field(Kind.ISSUE, "Words", id=other, related=(), aliases=()) for other in linked]
    record = Record(
        site=ACME,
        now=NOW,
        entries=readable([entry, *others], NOW),
        components={"payments": Component(name="Payments")},
        voices={"Words": Voice(name="Ana Ruiz", role="Customer care")},
    )
    press = bare_press(ACME)
    made = (file for output in plugins.outputs().values() for file in output().files(record, press))
    return {file.path: FOR_PROGRAMS.sub(b"", file.content) for file in made if file.path.endswith(".html")}
