"""Every kind of file that a site has, read by its own format's parser: what is wrong with it, in a list of lines."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from defusedxml.ElementTree import fromstring
from PIL import Image
from tests.hostile import harmless

_ATOM = "{http://www.w3.org/2005/Atom}"
_FORMULA = tuple("=+-@\t\r＝＋－＠")
Reader = Callable[[bytes], Iterator[str]]


def wrong_with(path: str, content: bytes) -> list[str]:
    """Return what is wrong with a file; one of a kind that nobody can read is a failure of its own."""
    suffix = PurePosixPath(path).suffix
    assert suffix in READERS, f'say in {__name__} how a file "{suffix}" is read, and what is wrong in it: {path}'
    try:
        return [f"{path} {what}" for what in READERS[suffix](content)]
    except (ValueError, SyntaxError, OSError) as error:
        return [f"{path} cannot be read: {error}"]


def _html(content: bytes) -> Iterator[str]:
    yield from harmless.page(content.decode())


def _xml(content: bytes) -> Iterator[str]:
    root = fromstring(content)
    if harmless.SILENT.search(content.decode()):
        yield "holds a character that nobody sees"
    for node in root.iter():
        if node.tag == f"{_ATOM}content":
            yield from (f"holds an entry that {what}" for what in harmless.fragment(node.text or ""))
        elif node.get("href", "https://").partition("://")[0] not in ("http", "https"):
            yield f"leads to {node.get('href')}"


def _svg(content: bytes) -> Iterator[str]:
    for node in fromstring(content).iter():
        if node.tag.rpartition("}")[2] in ("script", "foreignObject", "use") or any(
            name.startswith("on") or name.endswith("href") for name in node.attrib
        ):
            yield f"has {node.tag} {node.attrib}"


def _json(content: bytes) -> Iterator[str]:
    json.loads(content)
    yield from ()


def _csv(content: bytes) -> Iterator[str]:
    names, *rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    for row in rows:
        if len(row) != len(names):
            yield f"has a row of another length: {row}"
        yield from (f"has a formula: {cell!r}" for cell in row if cell.startswith(_FORMULA))


def _text(content: bytes) -> Iterator[str]:
    lines = content.decode().splitlines()
    yield from (f"says {line!r}" for line in lines if not re.fullmatch(r"[A-Za-z-]+(: |=)\S.*|did:[\w:.-]+", line))
    yield from (f"hides something: {line!r}" for line in lines if harmless.SILENT.search(line))


def _png(content: bytes) -> Iterator[str]:
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        if picture.format != "PNG" or picture.size != (1200, 630) or picture.info:
            yield f"is {picture.format} {picture.size} with {picture.info}"


def _ours(content: bytes) -> Iterator[str]:
    """A style sheet or a script: no word of anyone is ever put into one."""
    if b"alert(1)" in content or b"evil" in content:
        yield "holds somebody's words"


def _packed(content: bytes) -> Iterator[str]:
    """A piece of the search index: text, of which the script makes nothing but text."""
    head, _, data = gzip.decompress(content).partition(b"{")
    if not head.startswith(b"pagefind_dcd"):
        yield "is no piece of an index"
    elif data and head == b"pagefind_dcd":
        json.loads(b"{" + data)


READERS: Mapping[str, Reader] = {
    ".html": _html,
    ".xml": _xml,
    ".svg": _svg,
    ".json": _json,
    ".csv": _csv,
    ".txt": _text,
    "": _text,
    ".png": _png,
    ".css": _ours,
    ".js": _ours,
    ".pf_fragment": _packed,
    ".pf_meta": _packed,
    ".pf_index": _packed,
    ".pf_filter": _packed,
    ".pagefind": _packed,
}
"""How a file is read, by the end of its name."""
