"""From text to a tree or to plain data, and the refusal of everything that is not safe to open."""

import json
import re
from html.entities import html5
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser

from onrecord.errors import Place, Problem, SourceFailed
from onrecord.words import clean

_DEEPEST = 200  # levels; a feed has seven, the rest are elements of its words
_MENDABLE = re.compile(
    r"(?P<kept><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?:lt|gt|amp|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)"
    r"|&(?:(?P<name>[A-Za-z][A-Za-z0-9]*;))?",
    re.DOTALL,
)
_LATER = "have its maker look at it with a feed validator, or take it out of the settings"


class _Parser(DefusedXMLParser):
    """A DOCTYPE that only names itself is passed over, as old RSS has one; one that declares anything is refused."""

    def __init__(self) -> None:
        super().__init__(forbid_dtd=True)

    def defused_start_doctype_decl(
        self, name: str, sysid: str | None, pubid: str | None, has_internal_subset: int
    ) -> None:
        if has_internal_subset:
            raise DTDForbidden(name, sysid, pubid)


def parsed_xml(text: str, where: str) -> Element:
    """Return the root of an XML document; raises `SourceFailed` when it is ill-formed or hostile.

    What HTML allows and XML does not is mended: `&nbsp;`, a bare `&`, control characters.
    """
    text = text.lstrip()
    try:
        try:
            root = _tree(text)
        except ParseError:
            root = _tree(_mended(text))
    except DefusedXmlException:
        raise refused(where, "this XML declares entities or a grammar of its own, which may be an attack") from None
    except ParseError as error:
        raise refused(where, f"this is not well-formed XML ({error})") from None
    if _is_deep(root):
        raise refused(where, f"this XML nests more than {_DEEPEST} levels deep")
    return root


def parsed_json(text: str, where: str) -> Any:
    """Return the plain data of a JSON document; raises `SourceFailed` when it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise refused(where, "this begins like JSON and is none") from None


def refused(where: str, what: str, todo: str = _LATER) -> SourceFailed:
    """Return the error for a feed that cannot be read."""
    return SourceFailed(Problem(Place(where), what, todo))


def _tree(text: str) -> Element:
    parser = _Parser()
    parser.feed(text)
    root: Element = parser.close()
    return root


def _mended(text: str) -> str:
    def mend(found: re.Match[str]) -> str:
        if found["kept"]:
            return found["kept"]
        name = found["name"] or ""
        if name in html5:
            return "".join(f"&#{ord(letter)};" for letter in html5[name])
        return f"&amp;{name}"

    return _MENDABLE.sub(mend, clean(text))


def _is_deep(root: Element) -> bool:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)
