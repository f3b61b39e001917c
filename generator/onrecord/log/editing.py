"""Edits a file that a person wrote: one field of its facts or one dated section, and no other byte.

All of it is text to text. What is written goes where the reader found the field, is quoted by the dumper, and is
read again: a file that would not say exactly what was meant is refused, never returned.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

import yaml

from onrecord.errors import OnRecordError, Problem
from onrecord.log.written import front_matter
from onrecord.strict_yaml import Document

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What a field may be set to: every scalar is a text, and an empty one is an absent field."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_REST_OF_FLOW = re.compile(r"(?:[\s,]|#[^\n]*)*[\]}]")
_INNER_PLACES = r"(?:#  +(?:- )?\w+:[ \t]*\n)*"
_BLANK = re.compile(r":[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"(?:^ *# .*\n)+\Z", re.MULTILINE)


def with_field(text: str, path: str, name: str, value: Value) -> str:
    """Return a file in which one field of its facts has this value: where it stood, or where a place is kept for it.

    A place is a comment that is nothing but the field's name, `# name:`. Without one, the field becomes the last.
    """
    page = _page(text, path)
    node = page.node(name)
    if node is not None:
        edited = page.with_value(node, value, in_flow=page.in_flow)
    elif page.in_flow:
        inside = page.first[0] + 1
        edited = page.replaced(inside, inside, f"{_in_line({name: value}, in_flow=True)[1:-1]}, ")
    else:
        edited = page.replaced(*page.place_for(name), _block(name, value, " " * page.first[1]))
    return _sure(page, edited, name, value)


def with_parts(text: str, path: str, name: str, parts: Mapping[str, Value]) -> str:
    """Return a file in which a group of its facts has these parts, beside those that it has already."""
    for part, value in parts.items():
        page = _page(text, path)
        group = page.node(name)
        if not isinstance(group, yaml.MappingNode) or not group.value:
            return with_field(text, path, name, parts)
        in_flow = page.facts[group.start_mark.index] == "{"
        written = next((node for key, node in group.value if key.value == part), None)
        if written is not None:
            edited = page.with_value(written, value, in_flow=in_flow)
        elif in_flow:
            inside = group.start_mark.index + 1
            edited = page.replaced(inside, inside, f"{_in_line({part: value}, in_flow=True)[1:-1]}, ")
        else:
            line = page.facts.index("\n", page.end(group))
            added = _block(part, value, " " * group.start_mark.column).removesuffix("\n")
            edited = page.replaced(line, line, f"\n{added}")
        text = _sure(page, edited, name, {**page.document.plain[name], part: value})
    return text


def with_item(text: str, path: str, name: str, item: Value) -> str:
    """Return a file in which a list of its facts has one more item, the last."""
    page = _page(text, path)
    node = page.node(name)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        return with_field(text, path, name, [item])
    end = page.end(node.value[-1])
    if page.facts[node.start_mark.index] == "[":
        edited = page.replaced(end, end, f", {_in_line(item, in_flow=True)}")
    else:
        line = page.facts.index("\n", end)
        edited = page.replaced(line, line, "\n" + _item(item, " " * node.start_mark.column).removesuffix("\n"))
    return _sure(page, edited, name, [*page.document.plain.get(name, []), item])


def with_section(text: str, heading: str, words: str) -> str:
    """Return a file that ends with one more section."""
    newline = _newline(text)
    last = text[len(text.rstrip("\r\n")) :]
    blank = "\n" * max(0, 2 - len(_LINE_END.findall(last)))
    section = f"{blank}## {heading}\n" + (f"\n{words.strip()}\n" if words.strip() else "")
    return text + _LINE_END.sub(newline, section)


def empty_fields(text: str, path: str) -> dict[str, str]:
    """Return the fields that a file names and leaves empty, each with the words of the comment above it.

    A part of a group is called as it is set: `raised.paraphrase`.
    """
    page = _page(text, path)
    root = page.document.root
    return dict(_empty(page, root)) if isinstance(root, yaml.MappingNode) else {}


def _empty(page: "_Page", group: yaml.MappingNode, of: str = "") -> Iterator[tuple[str, str]]:
    for key, value in group.value:
        if isinstance(value, yaml.MappingNode) and value.value:
            yield from _empty(page, value, f"{of}{key.value}.")
        elif value.value == "" and _BLANK.match(page.facts, key.end_mark.index):
            above = _COMMENT.search(page.facts, 0, page.facts.rfind("\n", 0, key.start_mark.index) + 1)
            yield f"{of}{key.value}", " ".join(re.findall(r"^ *# (.*)$", above[0], re.MULTILINE)) if above else ""


def written_time(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as people write it in the site's zone, to the minute; with its offset where clocks change."""
    local = moment.astimezone(zone).replace(second=0, microsecond=0)
    unclear = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return (local if unclear else local.replace(tzinfo=None)).isoformat(" ", "minutes")


@dataclass(frozen=True, slots=True)
class _Page:
    """A file with its facts as the parser saw them: `kept` leads from there back to the file's own characters."""

    text: str
    path: str
    document: Document
    facts: str
    kept: tuple[int, ...]

    @property
    def first(self) -> tuple[int, int]:
        """Return where the first field stands, and its column; an overlay may have none yet."""
        root = self.document.root
        return (root.start_mark.index, root.start_mark.column) if root else (0, 0)

    @property
    def in_flow(self) -> bool:
        return self.facts.startswith("{", self.first[0])

    def node(self, name: str) -> yaml.Node | None:
        root = self.document.root
        return next((value for key, value in root.value if key.value == name), None) if root else None

    def end(self, node: yaml.Node) -> int:
        """Return where a node ends; the parser's own mark of a collection is where it starts."""
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode):
            return start + len(self.facts[start:end].rstrip())
        if node.value:
            last = node.value[-1]
            end = self.end(last[1] if isinstance(last, tuple) else last)
        rest = _REST_OF_FLOW.match(self.facts, end) if self.facts[start] in "[{" else None
        return rest.end() if rest else end

    def with_value(self, node: yaml.Node, value: Value, *, in_flow: bool) -> str:
        """Return the file with another value where a node stands."""
        start, end = node.start_mark.index, self.end(node)
        start = start if value else len(self.facts[:start].rstrip(" "))
        gap = " " if value and self.facts[start - 1] == ":" else ""
        return self.replaced(start, end, gap + _in_line(value, in_flow=in_flow))

    def place_for(self, name: str) -> tuple[int, int]:
        place = re.search(rf"^# {re.escape(name)}:[ \t]*\n{_INNER_PLACES}", self.facts, re.MULTILINE)
        return place.span() if place else (len(self.facts), len(self.facts))

    def replaced(self, start: int, end: int, new: str) -> str:
        new = new.replace("\n", _newline(self.text))
        return self.text[: self.kept[start]] + new + self.text[self.kept[end] :]


def _page(text: str, path: str) -> _Page:
    document, words, _ = front_matter(text, path)
    # The reader drops a mark at the start of the file, and half of a Windows line end.
    dropped = {0} if text.startswith("\ufeff") else set()
    kept = [at for at in range(len(text)) if at not in dropped and text[at - 1 : at + 1] != "\r\n"]
    seen = "".join(text[at] for at in kept).replace("\r", "\n")
    first = seen.index("\n") + 1
    last = seen[: len(seen) - len(words)].rstrip("\n").rindex("\n") + 1
    return _Page(text, path, document, seen[first:last], tuple(kept[first : last + 1]))


def _newline(text: str) -> str:
    found = _LINE_END.search(text)
    return found[0] if found else "\n"


def _sure(page: _Page, edited: str, name: str, value: Value) -> str:
    """Return an edited file that reads as it did but for one field, or say that a person has to edit it."""
    meant = {**page.document.plain, name: value}
    try:
        read = front_matter(edited, page.path)[0].plain
    except OnRecordError:
        read = {}
    if read != {field: part for field, part in meant.items() if part != ""}:
        todo = f"open the file and write it yourself: {_block(name, value, '').rstrip()}"
        raise OnRecordError(Problem(page.document.place([name]), f'"{name}" cannot be set here by a program', todo))
    return edited


class _Dumper(yaml.SafeDumper):
    """Quotes what the strict reader would misread, and nothing else: to it, a number and a time are texts."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        sign: [rule for rule in rules if rule[0] == "tag:yaml.org,2002:null"]
        for sign, rules in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if any(sign in text for sign in "\n\x85\u2028\u2029") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_multi_representer(str, _represent_text)  # a status is a text too


def _in_line(value: Value, *, in_flow: bool = False) -> str:
    """Return a value as one line of YAML, for a place inside or outside of brackets."""
    if value == "":
        return ""
    flow = in_flow or not isinstance(value, str)
    dumped = yaml.dump(
        [value], Dumper=_Dumper, allow_unicode=True, width=10**9, sort_keys=False, default_flow_style=flow
    )
    return dumped[1:-2] if flow else dumped[2:-1]


def _block(name: str, value: Value, margin: str) -> str:
    """Return a field as the lines that a person would write: groups below their name, lists of words in one line."""
    if isinstance(value, Mapping) and value:
        return f"{margin}{_in_line(name)}:\n" + "".join(_block(key, value[key], f"{margin}  ") for key in value)
    if isinstance(value, Sequence) and any(isinstance(item, Mapping) and item for item in value):
        return f"{margin}{_in_line(name)}:\n" + "".join(_item(item, f"{margin}  ") for item in value)
    return f"{margin}{_in_line(name)}: {_in_line(value)}".rstrip(" ") + "\n"


def _item(value: Value, margin: str) -> str:
    if isinstance(value, Mapping) and value:
        lines = "".join(_block(key, value[key], f"{margin}  ") for key in value)
        return f"{margin}- {lines[len(margin) + 2 :]}"
    return f"{margin}- {_in_line(value)}\n"
