"""What readers are told to do, as long as it holds."""

import pytest

from onrecord.model.entry import ENTRIES
from onrecord.states import advice, no_way_round

MAINTENANCE = {"scheduled_for": "2026-11-22", "scheduled_until": "2026-11-23"}


@pytest.mark.parametrize(
    ("kind", "status", "kept"),
    [
        ("incident", "investigating", True),
        ("incident", "resolved", True),
        ("incident", "withdrawn", False),
        ("known-issue", "workaround", True),
        ("known-issue", "fixed_unreleased", True),
        ("known-issue", "resolved", True),
        ("known-issue", "wont_fix", True),
        ("known-issue", "withdrawn", False),
        ("maintenance", "verifying", True),
        ("maintenance", "completed", False),
        ("maintenance", "cancelled", False),
        ("apology", "published", True),
        ("fix-note", "published", True),
        ("fix-note", "withdrawn", False),
        ("issue", "investigating", False),
        ("announcement", "published", False),
    ],
)
def test_advice_stands_until_it_surely_holds_no_longer(kind: str, status: str, kept: bool) -> None:
    plain = {"id": "a", "kind": kind, "title": "T", "status": status, "opened": "2026-11-21"}
    own = (MAINTENANCE if kind == "maintenance" else {}) | (
        {} if kind in ("issue", "announcement") else {"do_now": "Pay in the app."}
    )
    assert advice(ENTRIES.validate_python(plain | own)) == ("Pay in the app." if kept else "")


@pytest.mark.parametrize("said", ["none", "None yet."])
@pytest.mark.parametrize(
    ("status", "there_is_none"),
    [("identified", True), ("wont_fix", True), ("fixed_unreleased", True), ("resolved", False), ("withdrawn", False)],
)
def test_what_is_fixed_needs_no_way_round(said: str, status: str, there_is_none: bool) -> None:
    plain = {"id": "a", "kind": "known-issue", "title": "T", "status": status, "opened": "2026-11-21", "do_now": said}
    assert no_way_round(ENTRIES.validate_python(plain)) is there_is_none
