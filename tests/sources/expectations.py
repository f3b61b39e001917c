"""What the files of the feed corpora say about themselves: their headers, and the facts to be found in them."""

import ast
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from onrecord.sources.feed.encoding import Document
from onrecord.sources.feed.item import Item
from onrecord.sources.feed.text import body_of, line_of
from onrecord.words import plain, render

WHERE = "http://127.0.0.1:8097/news.xml"
_FACTS = {
    "title": "title",
    "title_detail.value": "title",
    "link": "link",
    "links.0.href": "link",
    "published_parsed": "published",
    "created_parsed": "published",
    "updated_parsed": "updated",
    "content.0.value": "words",
    "description": "words",
    "summary": "words",
    "summary_detail.value": "words",
}
"""The facts that we read, by the names that the files have for them."""


@dataclass(frozen=True)
class Expectation:
    """That a fact of an item has a value; `number` is the item's, or nothing for the feed itself."""

    number: int | None
    fact: str
    value: str | datetime

    def found(self, item: Item) -> str | datetime | None:
        """Return what we read, in the form of the value."""
        if self.fact == "updated":
            return item.updated or item.published
        if self.fact == "published":
            return item.published
        if self.fact == "words":
            return item.summary if item.summary == self.value else _words(item.body)
        return item.title if self.fact == "title" else item.link


def document(path: Path) -> Document:
    """Return a file as its comment says that it is served."""
    content = path.read_bytes()
    told = re.search(r"Header:\s*Content-[Tt]ype:\s*(.*)", _text(content))
    return Document(content, told[1].strip() if told else "")


def expectations(path: Path) -> Iterator[Expectation]:
    """Yield what feedparser's comment says about the facts that we read.

    The first of its `links` is the link of an item unless it leads elsewhere: to a licence, to the feed itself.
    """
    text = _text(path.read_bytes())
    elsewhere = re.search(r'<link\s[^>]*\brel="(?!alternate")', text)
    told = re.search(r"Expect:\s*(.*)", text)
    if not told:
        return
    try:
        tree = ast.parse(told[1].removesuffix("-->").strip(), mode="eval").body
    except SyntaxError:
        return
    for part in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Eq):
            place = ast.unparse(part.left)
            if not (elsewhere and "links" in place):
                yield from _expectation(place, part.comparators[-1])


def _expectation(place: str, value: ast.expr) -> Iterator[Expectation]:
    steps = re.findall(r"\w+", place)
    number = int(steps.pop(1)) if steps[0] == "entries" and len(steps) > 1 else None
    fact = _FACTS.get(".".join(steps[1:]))
    if steps[0] not in ("entries", "feed") or fact is None or (fact == "words" and number is None):
        return
    plain_value = ast.literal_eval(value)
    if isinstance(plain_value, tuple):
        yield Expectation(number, fact, datetime(*plain_value[:6], tzinfo=UTC))
    elif isinstance(plain_value, str):
        yield Expectation(number, fact, _read(fact, plain_value))


def _read(fact: str, html: str) -> str:
    """Return a value in the form that we give: it is HTML there, a line of text or words here."""
    if fact == "title":
        return line_of(html)
    return _words(body_of(html, lambda _: None)) if fact == "words" else html


def _words(body: str) -> str:
    """Return the words that readers see, and where links in them lead."""
    return " ".join([plain(body), *re.findall('href="([^"]*)"', render(body).html)])


def _text(content: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")):
        if content.startswith(mark):
            return content.decode(encoding)
    # The comments are ASCII, in whatever encoding the rest is.
    return content.replace(b"\0", b"").decode("utf-8", "replace")
