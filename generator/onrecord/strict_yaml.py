"""YAML without guessing: text to checked values, with every problem at its line and column.

Scalars stay text and the declared type of a field decides what they mean, so `no`, `12:30` and `1.10` are
never guessed at. Duplicate keys, anchors, aliases and tags are refused; an empty field is an absent field.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from onrecord.errors import OnRecordError, Place, Problem

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a build of PyYAML without the C library reads the same, only slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_OWN_TAGS = "tag:yaml.org,2002:"

Step = str | int


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML text as plain data, with the way back from a field to its place in the file."""

    plain: dict[str, Any]
    path: str
    root: yaml.Node | None
    first_line: int = 1

    def place(self, steps: Sequence[Step], *, of_key: bool = False) -> Place:
        """Return where a field stands; steps that the text lacks, such as a union's tag, are passed over."""
        _, key, value = self._walk(steps)
        spot = key if of_key else value
        return _at(spot, self) if spot else Place(self.path, self.first_line)

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


def _at(node: yaml.Node, document: Document) -> Place:
    return _mark_place(node.start_mark, document.path, document.first_line)


def _mark_place(mark: Any, path: str, first_line: int) -> Place:
    return Place(path, mark.line + first_line, mark.column + 1) if mark else Place(path, first_line)


def _child(node: yaml.Node | None, step: Step) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item, item
    return None


def read(text: str, path: str, first_line: int = 1) -> Document:
    """Return a YAML text as a document; raises `OnRecordError` with all that is wrong with its form.

    `first_line` is the line of the file at which the text starts, for front matter.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise OnRecordError(_broken(error, path, first_line)) from None
    except yaml.YAMLError as error:
        what = f"there is a character here that YAML does not allow: {error}".splitlines()[0]
        raise OnRecordError(Problem(Place(path, first_line), what, "delete it and type it anew")) from None
    except RecursionError:
        what = "the YAML is nested too deeply"
        raise OnRecordError(Problem(Place(path, first_line), what, "write it flatter")) from None
    problems: list[Problem] = []
    aliases = list(_aliases(text, path, first_line))
    plain = {} if root is None or aliases else _plain(root, Document({}, path, root, first_line), problems)
    if aliases or problems:
        raise OnRecordError([*aliases, *problems])
    if isinstance(plain, str | list):
        what = "this is not a list of fields"
        raise OnRecordError(Problem(Place(path, first_line), what, 'write each field as "name: value"'))
    return Document(plain or {}, path, root, first_line)


def _broken(error: yaml.MarkedYAMLError, path: str, first_line: int) -> Problem:
    place = _mark_place(error.problem_mark or error.context_mark, path, first_line)
    what = f"this YAML cannot be read: {error.problem or error.context}"
    return Problem(place, what, 'check the line above too; text with ": " or "#" in it needs "quotes" around it')


def _aliases(text: str, path: str, first_line: int) -> Iterator[Problem]:
    # Composing resolves aliases, so they are looked for in the events; a cheap look saves most texts from it.
    if "&" not in text and "*" not in text:
        return
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Problem(
                _mark_place(event.start_mark, path, first_line),
                "anchors (&) and aliases (*) are not used here",
                'write the value out, or put it in "quotes" if the sign belongs to the text',
            )


def _plain(node: yaml.Node, document: Document, problems: list[Problem]) -> Any:
    if not node.tag.startswith(_OWN_TAGS):
        problems.append(Problem(_at(node, document), f"the tag {node.tag} is not used here", "write plain text"))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, document, problems)
    if isinstance(node, yaml.SequenceNode):
        values = (_plain(child, document, problems) for child in node.value)
        return [value for value in values if value is not None]
    if node.value == "" or (node.tag == f"{_OWN_TAGS}null" and node.value in _NULLS):
        return None
    return node.value


def _mapping(node: yaml.MappingNode, document: Document, problems: list[Problem]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    seen: set[str] = set()
    for key, child in node.value:
        place = _at(key, document)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(place, "the name of a field is one word", 'write "name: value"'))
        elif key.value in seen:
            todo = "keep one of them; two values for one field cannot both be meant"
            problems.append(Problem(place, f'"{key.value}" is given twice', todo))
        else:
            seen.add(key.value)
            value = _plain(child, document, problems)
            if value is not None:
                plain[key.value] = value
    return plain
