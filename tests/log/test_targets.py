"""`content/targets.yml`: what we set ourselves is read with the log, and what is wrong in it named with its line."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from onrecord.log.read import TARGETS, read
from onrecord.model.kinds import Impact
from onrecord.model.targets import Targets

UTC = ZoneInfo("UTC")
FINE = """
targets:
  - from: 2026-01-01
    answer: {major: 4 h, minor: 1 day}
hours:
  zone: Europe/Madrid
  mon: ["09:00-13:00", "14:00-24:00"]
"""


def put(root: Path, text: str) -> None:
    (root / TARGETS).parent.mkdir()
    (root / TARGETS).write_text(text, "utf-8")


def test_targets_and_hours_are_read(tmp_path: Path) -> None:
    put(tmp_path, FINE)
    log = read(tmp_path, UTC)
    assert not log.problems
    target = log.targets.of(date(2026, 2, 1))
    assert target
    assert target.answer[Impact.MAJOR] == timedelta(hours=4)
    assert log.targets.hours
    assert len(log.targets.hours.mon) == 2


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    assert read(tmp_path, UTC).targets == Targets()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("1 day", "soon", '4:33: "minor": this is not a length of time\n    write one like "30 min", "4 h"'),
        ("Europe/Madrid", "Madrid", '6:9: there is no time zone "Madrid"'),
        ('"14:00-24:00"', "2 pm", '7:24: "mon": these are no opening hours'),
        ("targets:", "target:", '2:1: there is no field "target" here. Did you mean "targets"?'),
        (FINE, "- 5\n", "1: this is not a group of fields"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_of_the_file_holds(
    right: str, wrong: str, said: str, tmp_path: Path
) -> None:
    put(tmp_path, FINE.replace(right, wrong))
    log = read(tmp_path, UTC)
    assert str(log.problems[0]).startswith(f"content/targets.yml:{said}")
    assert log.targets == Targets()
