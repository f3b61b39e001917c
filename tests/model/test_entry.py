"""The entry: any of any kind survives being written and read, and what contradicts itself is refused."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from pydantic import ValidationError
from tests.strategies import entries

from onrecord.errors import OnRecordError
from onrecord.log.pulled import read_pulled
from onrecord.model.entry import ENTRIES, KINDS, STATUSES, Entry, Incident, write_entry
from onrecord.model.kinds import CLOSED, FIRST_STATUS, FIXED, Impact, Kind, Status
from onrecord.model.parts import MOST_POSTS, Raised, Update

OPENED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def incident(**fields: object) -> Entry:
    return Incident.model_validate(
        {"id": "late-mail", "kind": "incident", "title": "Mail", "status": "resolved", "opened": OPENED, **fields}
    )


@given(entries())
@settings(max_examples=150)
def test_any_entry_that_is_written_is_read_as_the_same(entry: Entry) -> None:
    assert read_pulled(write_entry(entry), "app-1.json") == entry


def test_what_only_other_kinds_have_is_not_there_and_is_named() -> None:
    assert not hasattr(incident(), "introduced_in")
    with pytest.raises(AttributeError, match="'Incident' object has no attribute 'introduced_in'"):
        incident().introduced_in  # noqa: B018 - to be looked at is all that it is for


@given(entries())
@settings(max_examples=50)
def test_what_is_written_is_lines_of_json_without_absent_fields(entry: Entry) -> None:
    written = write_entry(entry)
    plain = json.loads(written)
    assert written.endswith(b"\n}\n")
    assert "updates" in plain or not entry.updates
    assert "for_" not in plain
    assert list(plain) == [name for name in _order(entry) if name in plain]


def _order(entry: Entry) -> list[str]:
    return [field.alias or name for name, field in type(entry).model_fields.items()]


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_starts_and_ends_in_statuses_of_its_own(kind: Kind) -> None:
    assert FIRST_STATUS[kind] in STATUSES[kind]
    assert Status.WITHDRAWN in STATUSES[kind]
    assert set(STATUSES[kind]) & CLOSED
    assert KINDS[kind].model_fields["kind"].annotation is not None


def test_what_is_fixed_is_closed_and_withdrawn_is_not_fixed() -> None:
    assert FIXED < CLOSED
    assert Status.WITHDRAWN in CLOSED - FIXED


def test_impacts_have_their_weights() -> None:
    assert [impact.weight for impact in Impact] == [0, 1, 2, 3]


def test_updates_stand_oldest_first_and_those_of_one_moment_as_they_were_given() -> None:
    at = [OPENED + timedelta(hours=hours) for hours in (3, 1, 1, 2)]
    entry = incident(updates=[{"at": moment, "body": str(number)} for number, moment in enumerate(at)])
    assert [update.body for update in entry.updates] == ["1", "2", "3", "0"]


def test_what_others_wrote_stands_once_oldest_first_and_of_too_much_both_ends() -> None:
    posts = [{"at": OPENED + timedelta(hours=hours), "venue": "GitHub"} for hours in range(MOST_POSTS + 10, 0, -1)]
    hours = [(post.at - OPENED) / timedelta(hours=1) for post in incident(others=posts * 2).others]
    assert hours == [*range(1, MOST_POSTS // 2 + 1), *range(MOST_POSTS // 2 + 11, MOST_POSTS + 11)]


def test_an_entry_changed_when_the_last_thing_was_said_about_it() -> None:
    later = OPENED + timedelta(days=1)
    correction = {"at": later, "was": "a", "now": "b", "why": "c"}
    assert incident().changed == OPENED
    assert incident(closed=later).changed == later
    assert incident(updates=[{"at": later}]).changed == later
    assert incident(corrections=[correction]).changed == later
    assert incident(updates=[{"at": later}], updated=OPENED).changed == OPENED


def test_a_closed_status_owes_nothing() -> None:
    assert not incident().is_open
    assert incident(status="monitoring").is_open


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"closed": OPENED - timedelta(seconds=1)}, '"closed" is before "opened"'),
        ({"status": "completed"}, "Input should be"),
        ({"nonsense": 1}, "Extra inputs are not permitted"),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        incident(**fields)


def test_a_quote_needs_consent() -> None:
    with pytest.raises(ValidationError, match='a "quote" needs consent'):
        Raised(at=OPENED, quote="It broke!")
    assert Raised(at=OPENED, quote="It broke!", consent=True).quote


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=-1)])
def test_a_promise_lies_after_its_update(later: timedelta) -> None:
    with pytest.raises(ValidationError, match='"next_update_at" is not after "at"'):
        Update(at=OPENED, next_update_at=OPENED + later)


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        incident().title = "Other"  # type: ignore[misc]


def test_the_kind_decides_what_an_entry_is() -> None:
    for kind, model in KINDS.items():
        plain = {"id": "a", "kind": kind, "title": "T", "status": FIRST_STATUS[kind], "opened": "2026-11-21"}
        if kind is Kind.MAINTENANCE:
            plain |= {"scheduled_for": "2026-11-22 01:00", "scheduled_until": "2026-11-22 02:00"}
        assert type(ENTRIES.validate_python(plain)) is model


def test_an_apology_names_what_it_is_for_by_the_word_that_people_write() -> None:
    text = (
        b'{"id": "a", "kind": "apology", "title": "T", "status": "published", "opened": "2026-11-21", "for": ["b"]}'
    )
    entry = read_pulled(text, "a.json")
    assert b'"for": [' in write_entry(entry)
    with pytest.raises(OnRecordError):
        read_pulled(text.replace(b'"for"', b'"fro"'), "a.json")


@given(entries())
def test_an_entry_changed_when_the_newest_thing_was_said_of_it(entry: Entry) -> None:
    said = [update.at for update in entry.updates] + [correction.at for correction in entry.corrections]
    assert entry.changed == (entry.updated or max(entry.opened, entry.closed or entry.opened, *said))
