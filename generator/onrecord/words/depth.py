"""How deeply an HTML text nests, known before a parser meets it."""

import re

# A comment, or a tag without stray quotes or angle brackets; what else begins like markup ends the trust.
_TOKEN = re.compile(
    r"""<!--(?!-?>).*?(?:--!?>|\Z)"""
    r"""|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>"']*)[^<>"']*+(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*+)*>"""
    r"""|<(?P<odd>[a-zA-Z]?)""",
    re.DOTALL,
)
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
# Inside these, parsers read by other rules: an end tag may be text, or close nothing.
_FOREIGN = frozenset({"frameset", "math", "noscript", "select", "svg", "template"})


def depth(html: str) -> int:
    """Return how deeply a parser may nest this text, not counting what it adds by itself (`tbody`, `tr`).

    An end tag counts only where every parser agrees that it closes the element opened last, so that crafted
    markup is over-counted, never under-counted. Expects GFM's tag filter (no `script`, `style`, `title` …).
    """
    open_names: list[str] = []
    deepest = unclosed = 0
    trusted = True
    for token in _TOKEN.finditer(html):
        name = (token["name"] or token["odd"] or "").lower()
        if token["odd"] is not None or name in _FOREIGN:
            trusted = False
        if not name or name in _VOID:
            # Void elements hold nothing in HTML; where the rules are other ones, count them.
            unclosed += bool(name) and not trusted
        elif not token["end"]:
            open_names.append(name)
        elif trusted and open_names and open_names[-1] == name:
            open_names.pop()
        deepest = max(deepest, len(open_names) + unclosed)
    return deepest
