"""The facts of a matter: what was told of them is understood again, and once it is settled no clock moves them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.metrics.cases import issue
from tests.strategies import entries

from onrecord.metrics.facts import facts_of, is_settled, told, understood
from onrecord.model.entry import Entry

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SPANS = st.timedeltas(timedelta(), timedelta(days=4_000))
MOMENTS = st.integers(0, 20 * 365 * 24).map(lambda hours: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(st.lists(entries(), max_size=3), MOMENTS)
def test_what_was_told_of_facts_is_understood_as_it_was(some: list[Entry], now: datetime) -> None:
    found = [facts_of(entry, now) for entry in some]
    assert understood(told(found)) == found


@given(entries().filter(lambda entry: not entry.is_open), SPANS, SPANS)
def test_the_clock_moves_no_facts_of_what_is_settled(entry: Entry, since: timedelta, passed: timedelta) -> None:
    closed = entry.closed or entry.changed
    settled, now = entry.model_copy(update={"closed": closed}), closed + since
    assert is_settled(settled, now)
    assert facts_of(settled, now + passed) == facts_of(settled, now)


def test_what_is_open_or_ends_later_is_not_settled() -> None:
    assert not is_settled(issue(), NOW)
    assert not is_settled(issue(status="withdrawn"), NOW)
    ends = issue(status="resolved", closed=NOW + timedelta(minutes=1))
    assert not is_settled(ends, NOW)
    assert is_settled(ends, NOW + timedelta(minutes=1))
