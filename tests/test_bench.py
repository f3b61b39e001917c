"""The bench works and says what it measured; how long anything takes is no business of a test."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench.builds import COLD, HUGO_COLD, HUGO_INDEX
from bench.goals import NOT_MEASURED, Row, rows
from bench.measured import Measured
from bench.record import entries
from bench.site import write_site
from bench.tracker import Rows
from bench.walk import Cost, Work, in_turn, timed
from click import ClickException
from tests.own_site import Site

from onrecord.model.entry import write_entry

HERE = Path(__file__).parents[1]


def test_the_same_record_is_made_every_time_and_nothing_in_it_is_wrong(site: Site) -> None:
    record = [*entries(120)]
    assert [*map(write_entry, record)] == [*map(write_entry, entries(120))]
    write_site(site.root, record)
    ran = site.run("check", "--strict")
    assert (ran.code, ran.err.strip()) == (0, "Nothing is wrong.")


def test_many_small_changes_leave_what_a_cold_build_makes() -> None:
    command = [sys.executable, "-m", "bench.same", "--entries", "40", "--changes", "15"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"15 changes of 40 entries: \d{3} files, 0 differ\n", done.stdout)


def test_the_floor_is_the_sum_of_what_no_page_does_without() -> None:
    command = [sys.executable, "-m", "bench.floor", "--entries", "20"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    *parts, last = [float(cost) for cost in re.findall(r"([0-9.]+) ms$", done.stdout, re.MULTILINE)]
    assert len(parts) == 5
    assert last == pytest.approx(sum(parts), abs=0.05)


def test_builders_take_turns_and_only_rounds_after_the_first_are_counted(tmp_path: Path) -> None:
    done = tmp_path / "done"

    def work(name: str) -> Work:
        program = f"open({str(done)!r}, 'a').write({name!r})"
        return Work(name, lambda: (sys.executable, "-c", program), tmp_path)

    taken = in_turn([work("A"), work("B")], 2, lambda line: None)
    assert done.read_text() == "ABABAB"
    assert {name: len(costs) for name, costs in taken.items()} == {"A": 2, "B": 2}


def test_cpu_seconds_and_memory_of_a_programs_own_programs_count(tmp_path: Path) -> None:
    inner = "held = bytearray(300 * 2**20); sum(range(3_000_000))"
    cost = timed(
        (sys.executable, "-c", f"import subprocess; subprocess.run([{sys.executable!r}, '-c', {inner!r}])"), tmp_path
    )
    plain = timed((sys.executable, "-c", ""), tmp_path)
    assert cost.peak > 300
    assert cost.cpu > plain.cpu


def test_a_program_that_fails_ends_the_bench_with_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(ClickException, match=r"(?s)ended with 3.*no such theme"):
        timed((sys.executable, "-c", "import sys; print('no such theme'); sys.exit(3)"), tmp_path)


def _cold(hugo: float, ours: float) -> dict[str, Row]:
    costs = {name: (Cost(cpu, cpu, 100),) for name, cpu in ((HUGO_COLD, hugo), (HUGO_INDEX, 1), (COLD, ours))}
    measured = Measured((1_000, 10_000), {10_000: costs})
    return {row.work: row for row in rows(measured)}


def test_a_comparison_with_a_hugo_that_is_too_slow_is_void() -> None:
    work = "cold build, 10,000, search off, against bare Hugo"
    fair, slow, lost = _cold(13.0, 5.2)[work], _cold(13.1, 5.2)[work], _cold(13.0, 7.9)[work]
    assert (fair.met, slow.met, lost.met) == (True, None, False)
    assert slow.measured.startswith("VOID: Hugo took 1.31 ms an entry")


def test_the_trackers_pages_hold_each_row_once_and_end() -> None:
    made = Rows([{"updated_at": f"2026-11-{day:02}", "day": day} for day in range(28, 0, -1)])
    query, found = {"per_page": "10", "since": "2026-11-04"}, []
    for page in ("1", "2", "3"):
        body, links = made.page(query | {"page": page}, "http://tracker.example/rows", "page")
        found += map(int, re.findall(rb'"day": (\d+)', body))
        assert ('rel="next"' in links) == (page != "3")
    assert found == [*range(4, 29)]


@pytest.mark.web
def test_the_whole_bench_measures_every_goal_and_writes_its_page(tmp_path: Path) -> None:
    out = tmp_path / "benchmarks.md"
    command = (sys.executable, "-m", "bench", "--sizes", "2,4", "--issues", "5", "--rounds", "1", "--out", str(out))
    ran = subprocess.run(command, cwd=HERE, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    written = out.read_text("utf-8")
    assert [line for line in written.splitlines() if NOT_MEASURED in line and "cState" not in line] == []
    assert len(re.findall(r"^\| On Record.*\d s .*\| \d+ MiB \|$", written, re.MULTILINE)) == 10
    assert ran.stdout.strip() in written
