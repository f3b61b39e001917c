"""Every fault against every source: what is on record stays, is said to be old, and nothing is lost afterwards."""

from pathlib import Path

import pytest
from tests.faults.served import ODD, TOKEN
from tests.faults.table import TROUBLES, Trouble
from tests.faults.world import Run, World, world

from onrecord import plugins

SOURCES = plugins.source_types()
by_name = pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)


def must_be_polite(run: Run, here: World, trouble: Trouble, expected_requests: int) -> None:
    outcome = trouble.outcome_for(json=here.served.json)
    host = here.served.host
    assert run.slept == run.paused == list(outcome.waits) if trouble.arrives else run.slept == list(outcome.waits)
    assert run.app.requests == expected_requests
    assert len(run.asked) == (expected_requests if trouble.arrives else 0)
    assert host.most_at_once <= 1
    assert {asked.headers["host"] for asked in run.asked} <= {host.host}
    assert {asked.token for asked in run.asked} <= {TOKEN}
    assert TOKEN not in run.told + str(run.asked_beside)
    assert "hush" not in run.told
    assert "?" not in run.told


def must_leave_the_other_source_unharmed(run: Run, here: World) -> None:
    assert run.beside.source.failed is None
    assert len(run.beside.entries) == 1
    assert len(run.asked_beside) == 1


@pytest.mark.parametrize("name", SOURCES)
@by_name
def test_what_is_on_record_stays_and_is_said_to_be_old_and_nothing_is_lost(
    name: str, trouble: Trouble, tmp_path: Path
) -> None:
    with world(tmp_path / "acme", name, tls=trouble.tls) as here:
        outcome = trouble.outcome_for(json=here.served.json)
        old = here.record
        here.news()
        calm = here.twin()
        in_peace = len(calm.pull().asked)
        assert calm.record != old

        run = here.pull(trouble)
        assert run.exit_code == outcome.exit_code, run.told
        must_be_polite(run, here, trouble, (1 if outcome.told else in_peace) + len(outcome.waits) + outcome.hops)
        must_leave_the_other_source_unharmed(run, here)
        home = here.home()
        if outcome.told:
            assert outcome.told in run.told
            assert outcome.told in (run.app.source.failed or "")
            assert here.record == old
            assert f"We could not read {run.app.source.title} at 22 Nov 2026, 09:00 UTC." in home
            assert "This list is from 21 Nov 2026" in home
        else:
            assert here.record == calm.record
            assert "We could not read" not in home

        after = here.pull()
        assert after.exit_code == 0
        assert here.record == calm.record
        assert "We could not read" not in here.home()


_LASTING = [trouble for trouble in TROUBLES if trouble.wire and trouble.outcome.told and not trouble.slow]
AWAY_AND_BACK = next(trouble for trouble in _LASTING if "502" in trouble.name)
HALF_WAY = {trouble.outcome: trouble for trouble in _LASTING}.values()


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("trouble", HALF_WAY, ids=lambda trouble: trouble.name)
def test_a_full_pull_that_breaks_off_at_its_last_question_loses_nothing(
    name: str, trouble: Trouble, tmp_path: Path
) -> None:
    with world(tmp_path / "acme", name, tls=trouble.tls) as here:
        outcome = trouble.outcome_for(json=here.served.json)
        old = here.entries
        here.news()
        calm = here.twin()
        questions = len(calm.pull(full=True).asked)
        run = here.pull(trouble, nth=questions, full=True)
        assert run.exit_code == 3
        assert outcome.told in run.told
        must_be_polite(run, here, trouble, questions + len(outcome.waits) + outcome.hops)
        must_leave_the_other_source_unharmed(run, here)
        assert here.entries.keys() >= old.keys()
        assert {*old.items()} & {*calm.entries.items()} <= {*here.entries.items()}
        assert here.pull().exit_code == 0
        assert here.entries == calm.entries
        here.pull()  # the marks may lie further back than need be, until another pull has read from there
        assert here.record == calm.record


@pytest.mark.parametrize("name", SOURCES)
def test_a_pull_may_break_off_at_any_question(name: str, tmp_path: Path) -> None:
    nth, questions = 0, 1
    while nth < questions:
        nth += 1
        with world(tmp_path / str(nth), name) as here:
            here.news()
            calm = here.twin()
            questions = len(calm.pull(full=True).asked)
            assert here.pull(AWAY_AND_BACK, nth=nth, full=True).exit_code == 3
            assert here.pull().exit_code == 0
            assert here.entries == calm.entries


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("odd", ODD)
def test_odd_content_costs_no_other_entry_and_is_read_anew_by_a_full_pull(
    name: str, odd: str, tmp_path: Path
) -> None:
    with world(tmp_path / "acme", name) as here:
        assert odd in here.served.odd, f"say in tests/faults/served.py how {name} comes to: {odd}, or why it cannot"
        strike = here.served.odd[odd]
        if isinstance(strike, str):
            return  # it cannot, and this says why
        old = here.entries
        here.news()
        calm = here.twin()
        calm.pull()
        strike()
        run = here.pull()
        assert run.exit_code == 0, run.told
        must_leave_the_other_source_unharmed(run, here)
        assert here.entries.keys() >= old.keys()
        assert "We could not read" not in here.home()
        here.served.host.mend()
        for one in (here, calm):
            assert one.pull(full=True).exit_code == 0
        assert here.entries == calm.entries
