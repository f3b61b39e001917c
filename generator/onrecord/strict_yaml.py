"""YAML without guessing: text to checked values, with every problem at its line and column.

Scalars stay text and the declared type of a field decides what they mean, so `no`, `12:30` and `1.10` are
never guessed at. Duplicate keys, anchors, aliases and tags are refused; an empty field is an absent field.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from onrecord.errors import OnRecordError, Place, Problem

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a build of PyYAML without the C library reads the same, only slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_ABSENT = frozenset({"", "~", "null", "Null", "NULL"})
_DEPTH = 20  # no field lies half as deep; a hundred thousand "[" would overflow the C library's stack
_UNFIT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTE = 'put the whole value in "quotes"'
_LINE_UP = 'start it under the first letter of the fields above, and close every "quote" where its value ends'
_NO_SIGNS = (
    "anchors (&) and aliases (*) are not used here",
    'write the value out, or put it in "quotes" if the sign belongs to the text',
)
# What the parser says, what that means, what to do; True where the fault lies at the start of what it was reading.
_SAYINGS = (
    (
        "mapping values are not allowed",
        False,
        'a ": " does not fit here',
        f"{_QUOTE}, or start the field under those above",
    ),
    ("tab character", False, "this line starts with a tab", "indent it with spaces"),
    ("cannot start any token", False, "nothing starts with this character", f"{_QUOTE}; write a tab as spaces"),
    ("unexpected end of stream", True, "this quote is never closed", "put the same quote where the value ends"),
    ("',' or ']'", True, "this list is never closed", 'put a "]" where it ends, and a comma between its values'),
    ("',' or '}'", True, "this group is never closed", 'put a "}" where it ends, and a comma between its fields'),
    ("expected ':'", True, "this line is not a field", 'write "name: value"'),
    ("expected key", False, "this does not fit what comes before it", _LINE_UP),
    ("expected '-'", False, "this does not fit the list above it", 'begin it with "- ", or start it further left'),
    ("block sequence entries", False, "a list cannot start here", 'write each "- value" on a line of its own'),
    ("alphabetic or numeric", False, *_NO_SIGNS),
    ("comment or line break", False, "a value cannot start with > or |", _QUOTE),
    ("escape character", False, 'a "\\" means something else in "double quotes"', "use 'single quotes'"),
)

Step = str | int


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML text as plain data, with the way back from a field to its place in the file."""

    plain: dict[str, Any]
    path: str
    root: yaml.Node | None
    first_line: int = 1
    text: str = field(default="", repr=False)

    def rest_of_line(self, steps: Sequence[Step]) -> str:
        """Return what stands on a line after the value of a field."""
        value = self._walk(steps)[2]
        return self.text[value.end_mark.index :].partition("\n")[0] if value and value.end_mark else ""

    def place(self, steps: Sequence[Step], *, of_key: bool = False) -> Place:
        """Return where a field stands; steps that the text lacks, such as a union's tag, are passed over."""
        _, key, value = self._walk(steps)
        spot = key if of_key else value
        return _mark_place(spot.start_mark, self.path, self.first_line) if spot else Place(self.path, self.first_line)

    def name(self, steps: Sequence[Step]) -> str:
        """Return the name of the field at the end of the steps, or nothing at the top."""
        return self._walk(steps)[0]

    def _walk(self, steps: Sequence[Step]) -> tuple[str, yaml.Node | None, yaml.Node | None]:
        name, key, node = "", self.root, self.root
        for step in steps:
            found = _child(node, step)
            if found:
                key, node = found
                name = step if isinstance(step, str) else name
        return name, key, node


def _mark_place(mark: Any, path: str, first_line: int) -> Place:
    return Place(path, mark.line + first_line, mark.column + 1) if mark else Place(path, first_line)


def _child(node: yaml.Node | None, step: Step) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return next(((item, item) for item in _given(node)[step : step + 1]), None)
    return None


def read(text: str, path: str, first_line: int = 1) -> Document:
    """Return a YAML text as a document; raises `OnRecordError` with all that is wrong with its form.

    `first_line` is the line of the file at which the text starts, for front matter.
    """
    unfit = _UNFIT.search(text)
    if unfit:
        line = text.count("\n", 0, unfit.start())
        place = Place(path, line + first_line, unfit.start() - text.rfind("\n", 0, unfit.start()))
        what = f"there is an invisible character here (U+{ord(unfit[0]):04X})"
        raise OnRecordError(Problem(place, what, "delete it and type the line anew"))
    reading = _Reading(path, first_line, [])
    root = reading.compose(text)
    plain = reading.plain(root) if root else {}
    if reading.problems:
        raise OnRecordError(reading.problems)
    if not isinstance(plain, dict | None):
        what = "this is not a group of fields"
        raise OnRecordError(Problem(Place(path, first_line), what, 'write each field as "name: value"'))
    return Document(plain or {}, path, root, first_line, text)


def decoded(data: bytes, path: str) -> str:
    """Return the text of a file; raises `OnRecordError` with the line that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Place(path, data.count(b"\n", 0, error.start) + 1)
        what = "there is a character here that is not UTF-8"
        raise OnRecordError(Problem(place, what, "save the file as UTF-8")) from None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text on its way from events to nodes to plain data, and what was found wrong so far.

    Nodes are made here and not by PyYAML, which would follow aliases, load tags and nest without an end.
    """

    path: str
    first_line: int
    problems: list[Problem]

    def wrong(self, mark: Any, what: str, todo: str) -> None:
        self.problems.append(Problem(_mark_place(mark, self.path, self.first_line), what, todo))

    def compose(self, text: str) -> yaml.Node | None:
        root: yaml.Node | None = None
        events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent) and root:
                    self.wrong(event.start_mark, 'there is a second "---" here', "take it out")
                    break
                if isinstance(event, yaml.NodeEvent):
                    root = self.node(event, events, _DEPTH)
        except yaml.MarkedYAMLError as error:
            self.wrong(*(_no_space(text) or _broken(error)))
        return root

    def node(self, event: Any, events: Iterator[Any], depth: int) -> yaml.Node:
        start, end = event.start_mark, event.end_mark
        if depth == 0:
            self.wrong(start, "this is nested too deeply", "write it flatter")
            raise OnRecordError(self.problems)
        if event.anchor is not None:
            self.wrong(start, *_NO_SIGNS)
        if getattr(event, "tag", None) is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.wrong(start, f"the tag {tag} is not used here", f"take it out, or {_QUOTE}")
        if isinstance(event, yaml.SequenceStartEvent):
            items = [self.node(inner, events, depth - 1) for inner in _until(yaml.SequenceEndEvent, events)]
            return yaml.SequenceNode("", items, start, end)
        if isinstance(event, yaml.MappingStartEvent):
            parts = [self.node(inner, events, depth - 1) for inner in _until(yaml.MappingEndEvent, events)]
            return yaml.MappingNode("", list(zip(parts[::2], parts[1::2], strict=True)), start, end)
        value = getattr(event, "value", "")
        quoted = isinstance(event, yaml.ScalarEvent) and not event.implicit[0]
        return yaml.ScalarNode("", "" if value in _ABSENT and not quoted else value, start, end)

    def plain(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item) for item in _given(node)]
        return node.value or None

    def mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        seen: set[str] = set()
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.wrong(key.start_mark, "the name of a field is one word", 'write "name: value"')
            elif key.value in seen:
                todo = "keep one of them; two values for one field cannot both be meant"
                self.wrong(key.start_mark, f'"{key.value}" is given twice', todo)
            else:
                seen.add(key.value)
                value = self.plain(child)
                if value is not None:
                    plain[key.value] = value
        return plain


def _until(end: type[yaml.Event], events: Iterator[Any]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, end):
            return
        yield event


def _given(node: yaml.SequenceNode) -> list[yaml.Node]:
    return [item for item in node.value if item.value != ""]


def _no_space(text: str) -> tuple[Any, str, str] | None:
    """Return that a field lacks the space after its colon, which YAML notices only lines later."""
    found = re.search(r"^[a-z_]+:(?=[^\s/])", text, re.MULTILINE)
    if found is None:
        return None
    line = text.count("\n", 0, found.start())
    mark = yaml.Mark("", found.start(), line, 0, None, 0)
    return mark, f'"{found[0]}" is no field yet', "put a space after the colon"


def _broken(error: yaml.MarkedYAMLError) -> tuple[Any, str, str]:
    said = f"{error.problem or error.context}"
    for part, at_start, what, todo in _SAYINGS:
        if part in said:
            return (error.context_mark if at_start else None) or error.problem_mark, what, todo
    return error.problem_mark or error.context_mark, f"this YAML cannot be read: {said}", _LINE_UP
