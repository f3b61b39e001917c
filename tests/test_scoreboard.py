"""The scoreboard: figures that a reader can check, for few and for many, on the page, as a chart and as data."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from tests.bare_press import ACME, bare_press
from tests.metrics.cases import issue

from onrecord.metrics.definitions import DEFINITIONS, RULES, VERSION
from onrecord.model.entry import ENTRIES, Entry
from onrecord.model.targets import Targets
from onrecord.outputs.home import Home
from onrecord.outputs.scoreboard import Scoreboard
from onrecord.record.record import Record, readable

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
SIZES = {5: 5, 6: 6, 8: 29, 9: 30, 10: 31}
"""How many were raised in which month of 2026: none in July."""


def month_of(month: int, count: int) -> list[Entry]:
    """Return matters of which every seventh waits, and each other was answered minutes after the one before."""
    return [
        matter(f"m{month}-{number}", datetime(2026, month, 1 + number % 27, 9, tzinfo=UTC), number)
        for number in range(count)
    ]


def matter(name: str, opened: datetime, number: int) -> Entry:
    said = [] if number % 7 == 0 else [{"at": opened + timedelta(minutes=number), "body": "Words."}]
    return issue(*said, id=name, title=f"About {name}", opened=opened)


EVERYTHING = [entry for month, count in SIZES.items() for entry in month_of(month, count)]


def record_of(*entries: Entry, now: datetime = NOW, **targets: Any) -> Record:
    return Record(site=ACME, now=now, entries=readable(entries, now), targets=Targets.model_validate(targets))


def files_of(record: Record) -> dict[str, str]:
    return {file.path: file.content.decode() for file in Scoreboard().files(record, bare_press())}


def tree(page: str) -> Element:
    found: Element = html5lib.parse(page, namespaceHTMLElements=False)
    return found


def words(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())


def told(page: str) -> dict[str, str]:
    """Return what a page says of each figure, by the name of the figure."""
    lists = [node for node in tree(page).iter("dl") if node.get("class") == "figures"]
    return {words(row[0]): words(row[1]) for found in lists for row in found}


def rows(record: Record) -> dict[str, dict[str, str]]:
    text = files_of(record)["scoreboard/data.csv"]
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)}


FILES = files_of(record_of(*EVERYTHING))


def test_a_month_has_a_page_if_something_was_raised_in_it_and_leads_to_the_months_beside_it() -> None:
    pages = [path.split("/")[1] for path in FILES if path.count("/") == 2]
    assert pages == ["2026-10", "2026-09", "2026-08", "2026-06", "2026-05"]
    august = tree(FILES["scoreboard/2026-08/index.html"])
    leads = {node.get("rel"): node.get("href") for node in august.iter("a") if node.get("rel")}
    assert leads == {"prev": "../../scoreboard/2026-06/", "next": "../../scoreboard/2026-09/"}


@pytest.mark.parametrize(
    ("month", "answer", "share"),
    [
        (5, None, "4 of 5"),
        (6, "half within 3 min of 6", "5 of 6"),
        (8, "half within 17 min of 29", "24 of 29 83% (65% to 92%)"),
        (9, "half within 17 min, 1 in 10 took more than 81 days of 30", "25 of 30 83% (66% to 93%)"),
    ],
)
def test_few_are_a_list_more_have_a_middle_and_many_a_slowest_tenth(
    month: int, answer: str | None, share: str
) -> None:
    page = FILES[f"scoreboard/2026-{month:02}/index.html"]
    found = told(page)
    name = "Still waiting"
    assert found.get("First answer", "").split(f" {name}")[0] == (answer or "")
    assert found["Answered within a day"].split(" Not within")[0] == share
    few = f"{SIZES[month]} cases this month: too few for a typical time. Here they are."
    assert (few in page) == (answer is None)
    listed = [node for node in tree(page).iter("a") if node.get("class") == "title"]
    assert len(listed) == SIZES[month]


def test_a_figure_leads_to_the_entries_behind_it() -> None:
    page = tree(FILES["scoreboard/2026-10/index.html"])
    (waiting,) = [node for node in page.iter("details") if words(node).startswith("Still waiting: 5")]
    leads = [node.get("href") for node in waiting.iter("a")]
    assert leads == [f"../../log/m10-{number}/" for number in (21, 14, 7, 28, 0)]
    assert "not answered for 51 days" in words(page), "the list of all says how each went"
    front = tree(FILES["scoreboard/index.html"])
    assert "not answered for 51 days" in next(words(node) for node in front.iter("details"))


def test_the_bars_say_what_the_table_says() -> None:
    page = tree(FILES["scoreboard/index.html"])
    (table,) = [node for node in page.iter("table") if "bars" in (node.get("class") or "")]
    lines = [[words(cell) for cell in row] for row in table.iter("tr")][1:]
    bars = [row.find(".//{*}svg") for row in table.iter("tr")][1:]
    assert lines == [
        ["November 2026", "nothing raised"],
        ["October 2026", "26 of 31"],
        ["September 2026", "25 of 30"],
        ["August 2026", "24 of 29"],
        ["July 2026", "nothing raised"],
        ["June 2026", "5 of 6"],
        ["May 2026", "4 of 5"],
    ]
    drawn = [None if bar is None else [rect.get("width") for rect in bar] for bar in bars]
    assert drawn == [None, ["31", "26"], ["30", "25"], ["29", "24"], None, ["6", "5"], ["5", "4"]]
    assert {bar.get("viewBox") for bar in bars if bar is not None} == {"0 0 31 1"}, "one scale, from zero"


def test_what_is_young_is_too_early_to_say() -> None:
    page = files_of(record_of(matter("young", NOW - timedelta(hours=3), 0)))["scoreboard/index.html"]
    assert told(page)["Answered within a day"] == "too early to say: 1"
    assert "too early to say: 1" in words(next(tree(page).iter("table")))


def test_the_first_page_tells_what_is_open_now_and_the_oldest_of_it() -> None:
    found = told(FILES["scoreboard/index.html"])
    assert found["Open now"] == "101 · oldest 204 days"
    assert 'href="../log/m5-0/"' in FILES["scoreboard/index.html"]


def test_nothing_raised_is_said_and_no_month_has_a_page() -> None:
    files = files_of(record_of())
    assert list(files) == ["scoreboard/index.html", "scoreboard/data.csv", "scoreboard/data.json"]
    assert "Nobody has raised anything yet" in files["scoreboard/index.html"]
    assert len(files["scoreboard/data.csv"].splitlines()) == 1
    assert json.loads(files["scoreboard/data.json"])["months"] == []


def test_nothing_lately_is_said_and_the_months_before_are_still_there() -> None:
    page = files_of(record_of(*month_of(5, 5)))["scoreboard/index.html"]
    assert "Nothing was raised in the last 90 days." in page
    assert 'href="../scoreboard/2026-05/"' in page
    late = files_of(record_of(*month_of(5, 5), now=NOW + timedelta(days=400)))["scoreboard/index.html"]
    assert 'href="../scoreboard/2026-05/"' in late, "older months are listed below the bars"


def test_what_is_left_out_is_on_the_page_with_its_reason_and_in_the_data() -> None:
    drill = issue(id="drill", opened="2026-10-03", metrics={"exclude": "<b>100%</b> a drill"})
    wrong = issue(id="wrong", opened="2026-10-04", status="withdrawn")
    record = record_of(drill, wrong)
    page = files_of(record)["scoreboard/2026-10/index.html"]
    assert "2 entries are in none of these figures:" in page
    assert "&lt;b&gt;100%&lt;/b&gt; a drill" in page
    assert {name: row["left_out"] for name, row in rows(record).items()} == {
        "drill": "<b>100%</b> a drill",
        "wrong": "withdrawn",
    }
    (month,) = json.loads(files_of(record)["scoreboard/data.json"])["months"]
    assert (month["raised"], month["left_out"]) == (0, 2)


HOURS: dict[str, Any] = {"zone": "Europe/Madrid", "fri": ["09:00-24:00"], "days_off": ["2026-12-25"]}
TARGETS: dict[str, Any] = {
    "targets": [
        {"from": "2026-01-01", "answer": {"minor": "10 min"}},
        {"from": "2027-01-01", "answer": {"minor": "1 h"}},
    ]
}


def test_without_targets_and_hours_nothing_is_said_of_them() -> None:
    page = FILES["scoreboard/2026-10/index.html"]
    assert {"Answered within our target", "First answer, in working hours"}.isdisjoint(told(page))
    assert "Our targets" not in page
    assert "Working hours" not in page


def test_targets_are_printed_with_their_day_and_working_hours_with_their_schedule() -> None:
    page = files_of(record_of(*month_of(10, 31), hours=HOURS, **TARGETS))["scoreboard/2026-10/index.html"]
    found = told(page)
    assert found["Answered within our target"].startswith("9 of 31 29% (16% to 47%)")
    assert found["First answer, in working hours"].startswith("half within ")
    assert "Our targets from 1 Jan 2026 on" in page
    assert "2027" not in page, "one that holds later is not printed"
    assert "Working hours (Europe/Madrid): Fri 09:00–24:00. Days off: 25 Dec 2026." in page


def test_definitions_are_the_ones_of_the_code_with_their_version() -> None:
    told_in_data = json.loads(FILES["scoreboard/data.json"])
    said = words(tree(FILES["scoreboard/index.html"]))
    assert [text for text in (*(one.meaning for one in DEFINITIONS.values()), *RULES) if text not in said] == []
    for path in ("scoreboard/index.html", "scoreboard/2026-10/index.html"):
        (link,) = [node for node in tree(FILES[path]).iter("a") if words(node) == f"Definitions, version {VERSION}"]
        assert (link.get("href") or "").endswith("/scoreboard/#definitions")
    assert told_in_data["definition"] == VERSION
    assert list(told_in_data["definitions"]) == list(DEFINITIONS)
    unknown = set(told_in_data["months"][0]) - set(DEFINITIONS)
    assert unknown == {"month", "url", "waiting", "closed_without_an_answer", "left_out"}


HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "＠SUM(A1)",
    '=HYPERLINK("https://x.example","a"),b',
    'a "quoted", title',
    "'= was here",
)


def test_no_title_is_a_formula_and_each_comes_back_whole() -> None:
    found = rows(record_of(*(issue(id=f"e{number}", title=title) for number, title in enumerate(HOSTILE))))
    titles = [found[f"e{number}"]["title"] for number in range(len(HOSTILE))]
    assert titles == [f"'{title}" if title[0] in "=+-@＝＠" else title for title in HOSTILE]


def test_a_row_tells_all_that_the_figures_are_made_of() -> None:
    entry = issue(
        {"at": "2026-10-02 09:30", "body": "Words.", "next_update_at": "2026-10-02 10:00"},
        {"at": "2026-10-02 11:00", "body": "Words.", "status": "resolved"},
        id="one",
        opened="2026-10-02 09:00",
        status="resolved",
        closed="2026-10-02 11:00",
    )
    row = rows(record_of(entry, hours=HOURS, **TARGETS))["one"]
    assert {name: row[name] for name in list(row)[7:]} == {
        "month": "2026-10",
        "raised_at": "2026-10-02T09:00:00Z",
        "left_out": "",
        "acknowledged_after": "1800",
        "answered_after": "1800",
        "answered_after_working_hours": "1800",
        "fixed_after": "7200",
        "waiting": "no",
        "answer_target": "600",
        "fix_target": "",
        "promises_due": "1",
        "promises_kept": "0",
        "longest_silence": "5400",
        "reopened": "0",
        "definition": VERSION,
    }


def test_the_page_is_a_data_set_for_search_engines() -> None:
    (script,) = tree(FILES["scoreboard/index.html"]).iter("script")
    thing = json.loads(script.text or "")
    assert (thing["@type"], thing["temporalCoverage"]) == ("Dataset", "2026-05/2026-10")
    files = [file["contentUrl"] for file in thing["distribution"]]
    assert files == [f"https://status.acme.example/scoreboard/data.{form}" for form in ("csv", "json")]


def test_the_same_record_gives_the_same_bytes_in_whatever_order_its_entries_come() -> None:
    assert files_of(record_of(*reversed(EVERYTHING))) == FILES


def home(*entries: Entry, now: datetime = NOW) -> str:
    return next(file for file in Home().files(record_of(*entries, now=now), bare_press())).content.decode()


def test_home_says_in_one_line_how_the_last_whole_month_went_and_leads_there() -> None:
    page = tree(home(*EVERYTHING, matter("new", NOW, 0)))
    (line,) = [node for node in page.iter("a") if node.get("href") == "./scoreboard/2026-10/"]
    assert words(line) == "We answered 26 of 31 within a day (October 2026)"


def test_home_says_nothing_of_a_month_that_is_not_over_or_in_which_nothing_was_raised() -> None:
    assert "within a day" not in home()
    assert "within a day" not in home(matter("new", NOW, 0))
    news = {"id": "news", "kind": "announcement", "title": "T", "status": "published", "opened": date(2026, 10, 1)}
    assert "within a day" not in home(ENTRIES.validate_python({**news, "opened": "2026-10-01"}))
