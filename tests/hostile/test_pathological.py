"""No text keeps a parser busy or ends it: each is set in a program of its own, which says how long it took."""

import json
import subprocess
import sys

import pytest
from tests.hostile.harmless import SILENT
from tests.hostile.pathological import CAP, TEXTS

LONGEST = 2  # seconds of a processor
_SET = """
import json, sys, time
from onrecord.words import plain, render
for line in sys.stdin:
    name, text = json.loads(line)
    print(json.dumps(name), flush=True)
    began = time.process_time()
    html = render(text, show_hosts=True).html
    plain(text, 160)
    print(json.dumps([time.process_time() - began, html]), flush=True)
"""


def set_apart(texts: dict[str, str], program: str = _SET) -> dict[str, tuple[float, str]]:
    """Return how long each text took and what became of it; fails with the name of one at which the program ends."""
    asked = "".join(f"{json.dumps([name, text])}\n" for name, text in texts.items())
    ran = subprocess.run([sys.executable, "-c", program], input=asked, capture_output=True, text=True, check=False)
    names, answers = (list(map(json.loads, ran.stdout.splitlines()[start::2])) for start in (0, 1))
    assert ran.returncode == 0, f"{ran.returncode} at {names[-1:]}: {ran.stderr[-300:]}"
    return dict(zip(names, map(tuple, answers), strict=True))


def test_no_text_takes_long_or_ends_the_program() -> None:
    found = set_apart(dict(TEXTS))
    assert found.keys() == TEXTS.keys()
    assert len(found) >= 53 + len(["![[", "-", "[x](http://[", "depth", "table", "marks"])
    assert {name: seconds for name, (seconds, _) in found.items() if seconds > LONGEST} == {}
    assert [name for name, (_, html) in found.items() if len(html) > 1_100_000 or SILENT.search(html)] == []


def test_texts_are_as_long_as_they_may_be() -> None:
    assert {name for name, text in TEXTS.items() if not len(text.encode()) > CAP * 2 // 3} == set()


@pytest.mark.parametrize(
    ("end", "told"), [("import os; os.abort()", "-6 at ['a']"), ("sys.exit(3)", "3 at ['a']")], ids=["abort", "exit"]
)
def test_an_end_would_be_seen(end: str, told: str) -> None:
    with pytest.raises(AssertionError) as caught:
        set_apart({"a": "x", "b": "y"}, _SET.replace("html = ", f"{end}; html = "))
    assert told in str(caught.value)
