"""The one style sheet of generated pages: of the theme's what such a page can show, then ours."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[{}();,]')
_NAME = re.compile(r"[.#]((?:[\w-]|\\.)+)")
_NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
_WORD = re.compile(r"[\w-]+")
_PROPERTY = re.compile(r"(?<=[{;])(--[\w-]+):(?:[^;{}\"']|\"[^\"]*\"|'[^']*')*;?")
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_EMPTY = re.compile(r"(?:(?<=[{};])|\A)[^{};]++\{\}")  # tried once in each stretch, however long a picture is in it

_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{\s*:root\s*\{([^{}]*)\}\s*\}")
_OR_CHOSEN = (
    r"@media(prefers-color-scheme:dark){:root:where(:not([data-scheme=light])){\1}}"
    r"@media screen{:root:where([data-scheme=dark]){\1}}"
)


def by_choice(css: str) -> str:
    """Return the style sheet, or page, with what it says of `:root` in the dark also said for who chooses the dark.

    So the tokens of the dark stand once, as a plain media query, in our style sheet and in a site's own.
    `data-scheme` is written by our script; paper is never dark.
    """
    return _DARK.sub(_OR_CHOSEN, css)


def sheet(theme: str, ours: str, named: str) -> str:
    """Return the theme's style sheet without what no page can show, followed by ours as it is.

    `named` is every text that can name a class, an id or a custom property: templates, frames, the site's own style
    sheets. A rule stays when each name of one of its selectors stands there as a word, so what is kept is rather too
    much than too little; a rule in whose selectors no name stands always stays.
    """
    words = frozenset(_WORD.findall(named))
    kept = _without_unused(_kept(_COMMENT.sub("", theme), words), ours + named)
    return f"{kept}\n{ours}"


def _kept(css: str, words: frozenset[str]) -> str:
    return "".join(_rule(head, body, words) for head, body in _rules(css))


def _rule(head: str, body: str | None, words: frozenset[str]) -> str:
    if body is None:
        return head
    if head.startswith(("@media", "@supports", "@layer", "@container")):
        inside = _kept(body, words)
        return f"{head}{{{inside}}}" if inside else ""
    if head.startswith("@"):
        return f"{head}{{{body}}}"
    shown = [selector for selector in _split(head) if words.issuperset(_NAME.findall(_NOT.sub("", selector)))]
    return f"{','.join(shown)}{{{body}}}" if shown else ""


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Yield each rule's head and what stands in its braces; a statement like `@charset` has no braces."""
    start = opened = depth = 0
    for token in _TOKEN.finditer(css):
        if token[0] == "{":
            depth += 1
            opened = opened or token.end()
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield css[start : opened - 1].strip(), css[opened : token.start()]
                start, opened = token.end(), 0
        elif token[0] == ";" and depth == 0:
            yield css[start : token.end()].strip(), None
            start = token.end()


def _split(selectors: str) -> Iterator[str]:
    start = depth = 0
    for token in _TOKEN.finditer(selectors):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if token[0] == "," and depth == 0:
            yield selectors[start : token.start()]
            start = token.end()
    yield selectors[start:]


def _without_unused(css: str, besides: str) -> str:
    """Return the style sheet without the custom properties that nothing reads, above all the pictures of icons."""
    while True:
        used = {*_USED.findall(css), *_USED.findall(besides)}
        slim = _PROPERTY.sub(lambda found, used=used: found[0] if found[1] in used else "", css)  # type: ignore[misc]
        slim = _EMPTY.sub("", slim)
        if slim == css:
            return css
        css = slim
