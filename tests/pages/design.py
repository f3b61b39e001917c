"""The page of all parts, `design.html`: what pages are made of, each part in every state. It is never published."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

from onrecord.file import File
from onrecord.language import Language
from onrecord.model.kinds import ComponentState, Kind
from onrecord.our_code import OURS
from onrecord.press import Press
from onrecord.stages.framing import frames_of
from onrecord.stages.gather import open_folder, record_of

TESTS = Path(__file__).parents[1]
PAGE = Path(__file__).with_name("design.html")
NOW = datetime(2026, 11, 20, 8, 50, tzinfo=UTC)
TEXT = """A paragraph with a [link](https://acme.example/), **weight** and `code`, as people write them.

1. A list
2. of two

> Said by somebody else.

| A table | that is | wider than | most phones |
| --- | --- | --- | --- |
| with a | row of values | and another | and-a-very-long-word-that-cannot-be-broken-anywhere |

```
a line of code that is longer than any phone is wide, so that it has to scroll by itself and not the page
```
"""


def design_page(root: Path) -> File:
    """Return the page of all parts in the frame of a built site, made of that site's record."""
    folder = open_folder(root, {})
    record = record_of(folder, NOW)
    language = Language("en", folder.settings.zone)
    press = Press(record.site, language, frames_of(folder, record, language, root / "build/frames"), [TESTS, OURS])
    said = {"title": "Every part", "description": "What pages are made of, in every state that there is."}
    sample = next(entry for entry in record.entries if entry.kind is Kind.APOLOGY)
    return press.page("design/", "design.html", **said, record=record, sample=sample, bars=list(_bars()), text=TEXT)


def parts(template: str) -> set[str]:
    """Return the parts of `macros.html` that a template shows, those that its parts are made of included."""
    jinja = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    macros = jinja.parse((OURS / "macros.html").read_text("utf-8")).find_all(nodes.Macro)
    made_of = {macro.name: _called(macro) for macro in macros}
    shown: set[str] = set()
    new = _called(jinja.parse(template))
    while new:
        shown |= new
        new = {part for name in new for part in made_of.get(name, ())} - shown
    return shown


def _called(node: nodes.Node) -> set[str]:
    called = [call.node for call in node.find_all(nodes.Call)]
    named = {name.name for name in called if isinstance(name, nodes.Name)}
    return named | {part.attr for part in called if isinstance(part, nodes.Getattr)}


def _bars() -> Iterator[list[Mapping[str, Any]]]:
    """Yield lines of days: one of each state among days that were well, one that was well throughout, and none."""
    last = date(2026, 11, 20)
    for states in (list(ComponentState) * 6, [ComponentState.OPERATIONAL] * 90, []):
        yield [{"date": last - timedelta(days=number), "state": state} for number, state in enumerate(states)]
