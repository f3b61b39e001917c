"""Writes what the docs say and the code knows best: `python -m docs.generate`.

Pages, and tables within pages that people write. A test compares them with what is committed, so they cannot lie.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment, nodes
from pydantic import TypeAdapter
from tests.faults.served import ODD
from tests.faults.table import GROUPS, Outcome, Trouble

from onrecord.cli import main
from onrecord.metrics.definitions import DEFINITIONS as FIGURES
from onrecord.metrics.definitions import RULES, VERSION
from onrecord.model.entry import KINDS, STATUSES, Entry
from onrecord.model.kinds import CLOSED, Kind
from onrecord.model.people import Bounds, Component, Voice
from onrecord.our_code import OURS
from onrecord.stages.schema import schema
from onrecord.states import STATES

HERE = Path(__file__).parent
_NOTE = "<!-- Written by docs/generate.py: change the code, then run `make docs`. -->\n"
_WORDS = {
    "string": "text",
    "integer": "a number",
    "boolean": "`true` or `false`",
}
_PLURAL = {"a time": "times", "a day": "days", "a number": "numbers"}

Node = Mapping[str, Any]
SCHEMA = schema()
DEFINITIONS: dict[str, Any] = SCHEMA["$defs"]
for _model in (Entry, Voice, Bounds, Component):
    _described = TypeAdapter(_model).json_schema(ref_template="#/$defs/{model}")
    DEFINITIONS |= {**_described.pop("$defs", {}), _model.__name__: _described}


def verbs() -> str:
    """Return the page of every verb, from the help that the program itself prints."""
    names = ["-h", "--help"]
    lines = ["# Verbs", "", _NOTE]
    top = click.Context(
        main, info_name="onrecord", help_option_names=names, max_content_width=100, terminal_width=100
    )
    lines += ["## `onrecord`", "", *_help(main, top)]
    for name, verb in sorted(main.commands.items()):
        with click.Context(verb, parent=top, info_name=name, max_content_width=100, terminal_width=100) as context:
            lines += [f"## `onrecord {name}`", "", *_help(verb, context)]
    return "\n".join(lines)


def settings() -> str:
    """Return the page of every setting, from the manual that each field carries."""
    lines = ["# Settings: `site_config.yml`", "", _NOTE]
    described = DEFINITIONS["site_config"]["properties"]
    named = described["sources"]
    (any_name,) = named["patternProperties"].values()
    for name, field in described.items():
        group = _group(field)
        if group:
            lines += _table(f"`{name}:` {_sentence(group, capital=False)}", group)
        elif name != "sources":
            lines += _table(f"`{name}:`", {"properties": {name: field}})
    lines += ["## `sources:`", "", named["description"], ""]
    for source in any_name["anyOf"]:
        lines += _table(f"`type: {source['properties']['type']['const']}`", source)
    return "\n".join([*lines, *_groups([DEFINITIONS["Theme"], *any_name["anyOf"]])])


def entries() -> str:
    """Return the page of every field of what people write in `content/`."""
    kinds = [DEFINITIONS[KINDS[kind].__name__] for kind in Kind]
    common = DEFINITIONS["Entry"]
    needed = set.intersection(*(set(kind["required"]) for kind in kinds))
    lines = ["# Fields", "", _NOTE, *_table("Every kind of entry", {**common, "required": needed})]
    for kind, described in zip(Kind, kinds, strict=True):
        own = {name: field for name, field in described["properties"].items() if _own(name, common)}
        lines += _table(f"`kind: {kind}`", {**described, "properties": own})
    as_of = {"as_of": DEFINITIONS["overlay"]["properties"]["as_of"]}
    about = "A file with the id of a pulled entry: any field of its kind, and none is needed. One more:"
    lines += _table("Over a pulled entry", {"properties": as_of}, about=about)
    for path, listed in (("voices", "Voice"), ("components", "Component")):
        about = f"A name of yours for each {listed.lower()}, and below it, indented:"
        lines += _table(f"`content/{path}.yml`", DEFINITIONS[listed], about=about)
        if listed == "Voice":
            about = "In the same file, beside the names of the voices:"
            lines += _table("Where our speaking ends", DEFINITIONS["Bounds"], "###", about)
    listed_ones = [DEFINITIONS[name] for name in ("Voice", "Bounds", "Component")]
    whole = [DEFINITIONS[name] for name in ("targets", "triage")]
    for name, described in zip(("targets", "triage"), whole, strict=True):
        lines += _table(f"`content/{name}.yml`", described)
    return "\n".join([*lines, *_groups([common, *kinds, *listed_ones, *whole])])


def writing() -> str:
    """Return the page about writing, with the table of every status as readers see it."""
    rows = [
        f"| `{status}` | {state.words or 'no word'} | {'yes' if status in CLOSED else ''} | "
        + (", ".join(f"`{kind}`" for kind in Kind if status in STATUSES[kind]) + " |")
        for status, state in STATES.items()
    ]
    return _with("writing.md", ["| status | readers see | over? | for |", "| --- | --- | --- | --- |", *rows])


def looks() -> str:
    """Return the page about looks, with the blocks of each template of a page."""
    jinja = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    rows = []
    for path in sorted((OURS / "pages").glob("*.html")):
        blocks = [block.name for block in jinja.parse(path.read_text("utf-8")).find_all(nodes.Block)]
        if blocks:
            rows.append(f"| `pages/{path.name}` | {', '.join(f'`{name}`' for name in blocks)} |")
    return _with("looks.md", ["| template | blocks |", "| --- | --- |", *rows])


def scoreboard() -> str:
    """Return the page about the scoreboard, with what readers are told that each of them means."""
    said = [f"| {one.name} | {one.meaning} |" for one in FIGURES.values()]
    rules = [f"- {rule}" for rule in RULES]
    head = [f"Version {VERSION}.", "", "| figure | what readers are told |", "| --- | --- |"]
    return _with("design/scoreboard.md", [*head, *said, "", *rules])


def faults() -> str:
    """Return the page about faults, with the table by which the tests let them happen to every source."""
    lines = []
    for group, troubles in GROUPS.items():
        lines += [f"### {group}", "", "| what goes wrong | what we do | requests | exit | what the pull says |"]
        lines += ["| --- | --- | --- | --- | --- |", *map(_trouble, troubles), ""]
    return _with("faults.md", [*lines, "### What is there is odd", "", *(f"- {odd}" for odd in ODD)])


def _trouble(trouble: Trouble) -> str:
    outcome, text = trouble.outcome, trouble.text
    told = outcome.told.format("…") or "it was read"
    if text:
        told += f"; of a feed: {text.told}"
    done = _done(outcome) + (f"; a feed: {_done(text)}" if text else "")
    requests = 1 + len(outcome.waits) + outcome.hops
    few = f"{requests}, a feed: {1 + len(text.waits)}" if text else str(requests)
    return (
        f"| {trouble.name} | {done} | {few if trouble.arrives else 'none arrives'} | {outcome.exit_code} | {told} |"
    )


def _done(outcome: Outcome) -> str:
    if outcome.waits:
        listed = ", ".join(f"{seconds:g}" for seconds in outcome.waits)
        return f"ask again after {listed} s" + (", then give up" if outcome.told else "")
    if outcome.hops:
        return "follow" if not outcome.told else f"follow {outcome.hops} times, then give up"
    return "give up at once" if outcome.told else "read it"


def _with(page: str, table: list[str]) -> str:
    """Return a page as it is, with a table in the place that it keeps for it."""
    text = (HERE / page).read_text("utf-8")
    before, mark, rest = text.partition("<!-- written by docs/generate.py -->\n")
    end = "<!-- end of what is written -->"
    return "\n".join([f"{before}{mark.rstrip()}", "", *table, "", f"{end}{rest.partition(end)[2]}"])


def _help(verb: click.Command, context: click.Context) -> list[str]:
    said = "\n".join(line.rstrip() for line in verb.get_help(context).splitlines())
    return ["```text", said, "```", ""]


def _own(name: str, common: Node) -> bool:
    return name == "status" or name not in common["properties"]


def _table(title: str, described: Node, level: str = "##", about: str = "") -> list[str]:
    needed = described.get("required", ())
    rows = [
        f"| `{name}`{' (needed)' if name in needed else ''} | {_type(field)} | {_manual(field, name in needed)} |"
        for name, field in described["properties"].items()
    ]
    head = ["| field | what to write | what it says |", "| --- | --- | --- |"]
    return [f"{level} {title}", "", *([about, ""] if about else []), *head, *rows, ""]


def _manual(field: Node, needed: bool) -> str:
    default = field.get("default")
    said = [field.get("description", "")]
    if default not in (None, "", [], {}, False) and not needed and not isinstance(default, dict):
        shown = ", ".join(default) if isinstance(default, list) else str(default)
        said.append(f"(left out: `{'true' if default is True else shown}`)")
    return " ".join(part for part in said if part)


def _type(field: Node) -> str:
    return " or ".join(dict.fromkeys(_types(field)))


def _types(field: Node) -> Iterator[str]:
    if _group(field):
        yield f"[{_name(field)}](#{_name(field)})"
    elif "$ref" in field:
        yield from _types(DEFINITIONS[_referenced(field)])
    elif "anyOf" in field:
        for option in field["anyOf"]:
            yield from _types(option)
    elif "enum" in field or "const" in field:
        yield ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    elif field.get("type") != "null":
        yield _plain(field)


def _plain(field: Node) -> str:
    if str(field.get("examples")).startswith("['20"):
        return "a time"
    if field.get("format") == "date":
        return "a day"
    if field.get("type") == "array":
        each = _type(field.get("items", {}))
        return f"a list of {_PLURAL.get(each, each)}"
    if field.get("type") == "object":
        each = _type(next(iter(field.get("patternProperties", {}).values()), {}))
        return f"names, each with one of {each}" if "`" in each else "names and values"
    return _WORDS.get(field.get("type", ""), "text")


def _groups(pages: Iterable[Node]) -> list[str]:
    """Return a section with a table for each group of fields that fields of these consist of."""
    found: dict[str, Node] = {}
    waiting = [field for described in pages for field in described["properties"].values()]
    while waiting:
        field = waiting.pop(0)
        waiting += [*field.get("anyOf", ()), *([field["items"]] if "items" in field else [])]
        group = _group(field)
        if group and _name(field) not in found:
            found[_name(field)] = group
            waiting += group["properties"].values()
    lines = ["## Groups of fields", "", "Written below the name of the field, indented.", ""] if found else []
    for name, group in sorted(found.items()):
        lines += _table(name, group, "###", about=_sentence(group) + ".")
    return lines


def _group(field: Node) -> Node | None:
    described = DEFINITIONS[_referenced(field)] if "$ref" in field else {}
    return described if "properties" in described else None


def _referenced(field: Node) -> str:
    return str(field["$ref"]).rpartition("/")[2]


def _name(field: Node) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", _referenced(field)).lower()


def _sentence(described: Node, *, capital: bool = True) -> str:
    said = str(described.get("description", "")).splitlines()[0].rstrip(".")
    return said if capital else said[:1].lower() + said[1:]


PAGES = {
    "verbs.md": verbs,
    "settings.md": settings,
    "entries.md": entries,
    "writing.md": writing,
    "looks.md": looks,
    "faults.md": faults,
    "design/scoreboard.md": scoreboard,
}

if __name__ == "__main__":
    for page, made in PAGES.items():
        (HERE / page).write_text(made(), "utf-8")
        click.echo(f"wrote docs/{page}")
