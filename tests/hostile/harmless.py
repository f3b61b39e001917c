"""What no HTML of a site may hold, whoever wrote its words: looked for in the tree that a browser makes of it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import html5lib

from onrecord.frames.policy import policy

TAGS = {
    *("p", "br", "hr", "div", "blockquote", "pre", "details", "summary", "h3", "h4", "h5", "h6"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "q"),
    *("code", "kbd", "samp", "var", "a"),
}
"""The elements that people's words may have."""

ATTRIBUTES = {
    "a": {"href", "rel"},
    "th": {"align"},
    "td": {"align"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "table": {"tabindex"},
}
"""And their attributes."""

ADDRESS = re.compile(r"https?://[a-z0-9._-]+(:[0-9]{1,5})?([/?#][!-~]*)?|mailto:[\w.+-]+@[a-z0-9.-]+", re.I)
SILENT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]")

_WITHIN = re.compile(r"(?![\\/]{2}|[^/?#]*:)[^\\\x00-\x20]*")
_PICTURE = re.compile(r"data:image/svg\+xml,[!-~]*")
_LOADS = {"src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest", "codebase"}
_NEVER = {
    *("base", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "math", "foreignobject", "use"),
    *("animate", "video", "audio", "source", "textarea", "xmp", "plaintext", "dialog", "slot", "marquee"),
}
_OURS = "document.currentScript;"
_FORGIVEN = ("unexpected-end-tag", {"name": "p"})  # of words: where an element went, its paragraph may lie in another
_STYLE = re.compile(r":root\{--or-accent:#[0-9a-f]{6}\}@media[^<>]*")


def words(element: Any) -> Iterator[str]:
    """Yield what is wrong below an element that holds people's words."""
    for node in element.iter():
        if node is element:
            continue
        if not isinstance(node.tag, str) or node.tag not in TAGS:
            yield f"<{node.tag}> among words"
        elif odd := set(node.attrib) - ATTRIBUTES.get(node.tag, set()):
            yield f"<{node.tag}> has {sorted(odd)} among words"
        elif node.tag == "a":
            if not ADDRESS.fullmatch(node.get("href", "")):
                yield f"words lead to {node.get('href')!r}"
            if node.get("rel") != "nofollow ugc noopener noreferrer":
                yield "a link among words vouches for where it leads"


def page(html: str) -> Iterator[str]:
    """Yield what is wrong with a whole page."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(html)
    yield from (f"is no valid HTML: {what} {about}" for _, what, about in parser.errors if (what, about) != _FORGIVEN)
    policies = [node for node in tree.iter("meta") if node.get("http-equiv") == "Content-Security-Policy"]
    if len(policies) != 1 or policies[0] is not tree.find("head")[0]:
        yield "does not begin with its one policy"
    inline = [script for script in tree.iter("script") if not script.get("src") and not script.get("type")]
    if [policy([script.text or ""]) for script in inline] != [node.get("content") for node in policies]:
        yield f"has a script that its policy does not know: {[script.text[-60:] for script in inline]}"
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    yield from (f"has the id {name} twice" for name in sorted({name for name in ids if ids.count(name) > 1}))
    yield from anything(tree)


def parsed(html: str) -> Any:
    """Return the tree of a whole page."""
    return html5lib.parse(html, namespaceHTMLElements=False)


def fragment(html: str) -> Iterator[str]:
    """Yield what is wrong with HTML that others put into their pages, like an entry in a feed."""
    yield from anything(html5lib.parseFragment(html, namespaceHTMLElements=False))


def anything(tree: Any) -> Iterator[str]:
    """Yield what is wrong in a tree, people's words among it."""
    for node in tree.iter():
        if not isinstance(node.tag, str):
            yield f"has a comment or the like: {node.text!r}"
            continue
        if node.get("class") == "words":
            yield from words(node)
        yield from _element(node)
        said = [node.text or "", node.tail or "", *node.attrib.values()]
        yield from (f"says {hidden[0]!r} in <{node.tag}>" for hidden in map(SILENT.search, said) if hidden)


def _element(node: Any) -> Iterator[str]:
    if node.tag in _NEVER:
        yield f"has <{node.tag}>"
    if node.tag == "script":
        yield from _script(node)
    if node.tag == "style" and not _STYLE.fullmatch(node.text or ""):
        yield f"has a style of its own: {node.text!r}"
    if node.get("http-equiv") == "refresh" and not _WITHIN.fullmatch(node.get("content").removeprefix("0; url=")):
        yield f"leads on to {node.get('content')!r}"
    for name, value in node.attrib.items():
        yield from (f"<{node.tag}> {what}" for what in _attribute(node.tag, str(name), value))


def _attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in ("style", "srcdoc", "autofocus", "contenteditable", "is", "popover"):
        yield f"has {name}={value!r}"
    elif not re.fullmatch(r"[A-Za-z][\w:-]*", name):
        yield f"has an attribute called {name!r}"
    elif name in _LOADS and not _WITHIN.fullmatch(value) and not _PICTURE.fullmatch(value):
        yield f"asks for {value!r}"
    elif name.endswith("href") and not _leads_well(tag, value):
        yield f"leads to {value!r}"


def _leads_well(tag: str, value: str) -> bool:
    within = _WITHIN.fullmatch(value) or (tag == "link" and _PICTURE.fullmatch(value))
    return bool(within or re.fullmatch(r"(https?://|mailto:)[^\s\\<>\"]+", value, re.IGNORECASE))


def _script(node: Any) -> Iterator[str]:
    if node.get("type") == "application/ld+json":
        json.loads(node.text)
    elif not node.get("src"):
        if set(node.attrib) != {"data-root", "data-here", "data-stale"} or _OURS not in (node.text or ""):
            yield f"has a script that is none of ours: {node.text!r}"
    elif not re.fullmatch(r"(/|(\.\./)*|\./)assets/search\.js", node.get("src")) or node.text:
        yield f"has a script that is none of ours: {node.get('src')} {node.text!r}"
