"""What a row of the table is made of: patterns of addresses, and the one spelling that they all mean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args
from urllib.parse import quote

Shape = Literal["any", "digits", "hex", "slug", "path", "base", "repo", "video", "urn", "comment"]

_SHAPES: dict[Shape, str] = {
    "any": r"[\w.~:=-]+?",
    "digits": r"[0-9]{1,20}",
    "hex": r"[0-9a-fA-F]{7,64}",
    "slug": r"(?![0-9]+/)[^/]+",
    "path": r"[\w.-]+(?:/[\w.-]+)*?",
    "base": r"(?:/[\w.-]+)?",
    "repo": r"[\w.-]+/[\w.-]+",
    "video": r"(?!videoseries|live_stream)[\w-]{11}",
    "urn": r"activity|share|ugcPost",
    "comment": r"(?:(?:issue|discussion|commit|gist)comment-|discussion_r|pullrequestreview-)[0-9]+",
}
"""What a name in braces may stand for: `{post:digits}`; `any` where nothing is said."""

_FOLDED = ("account", "where")
"""What is the same in small and in capital letters: accounts and places, unlike the ids of most posts."""

_NAME = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `path` decoded and without a slash at its end, `query` by name."""

    host: str
    path: str
    query: Mapping[str, str]
    fragment: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name a post: the spelling to keep, and every spelling that means the same.

    In a spelling, `{post}` is a part with a name and `{_}` one that does not matter, `[a|b]` is one of two, `[a|]` is
    a or nothing, and `/*` at the end of a path is any rest. It may begin with a host, and end with the parts of a
    query and the fragment that it needs.
    """

    kept: str
    spelled: tuple[str, ...]

    def found(self, target: Target) -> dict[str, str] | None:
        """Return the named parts of an address, or nothing when this is another form."""
        found = (_spelling(pattern).match(target) for pattern in self.spelled)
        return next((parts for parts in found if parts is not None), None)

    def written(self, parts: Mapping[str, str]) -> str:
        """Return the spelling to keep, with the named parts of an address in it."""
        folded = {name: part.lower() if name in _FOLDED else part for name, part in parts.items()}
        return self.kept.format_map({name: quote(part, safe="/~:@") for name, part in folded.items()})


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform. `slug` is the word for it in `voices.yml`, `name` the word for readers.

    `hosts` are its own, with everything below them; `anywhere` says that its forms are known on any other host too.
    `venue` and `account` say what readers call the place and whose post it is, if the address has all they need.
    `posts` name one post each, and `comments` are what an address of one goes on with to name a comment below it.
    `shared` addresses are all that many posts have together. `leads_on` only lead to another address, which
    nobody knows without asking. `pages` name no post on whichever host they are.
    """

    slug: str
    name: str
    hosts: tuple[str, ...]
    posts: tuple[Form, ...]
    venue: str = ""
    account: str = "{account}"
    comments: tuple[Form, ...] = ()
    shared: tuple[Form, ...] = ()
    leads_on: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    anywhere: bool = False


def one_of(spelled: Iterable[str], target: Target) -> bool:
    """Tell whether an address is spelled in one of these ways."""
    return any(_spelling(pattern).match(target) is not None for pattern in spelled)


@dataclass(frozen=True, slots=True)
class _Spelling:
    host: str
    path: re.Pattern[str]
    query: tuple[tuple[str, re.Pattern[str]], ...]
    fragment: re.Pattern[str] | None

    def match(self, target: Target) -> dict[str, str] | None:
        if self.host not in ("", target.host):
            return None
        wanted = [(self.path, target.path), *((pattern, target.query.get(name)) for name, pattern in self.query)]
        if self.fragment:
            wanted.append((self.fragment, target.fragment))
        found = [None if text is None else pattern.fullmatch(text) for pattern, text in wanted]
        if not all(found):
            return None
        return {
            name: part for match in found if match for name, part in match.groupdict().items() if part is not None
        }


@cache
def _spelling(pattern: str) -> _Spelling:
    address, _, fragment = pattern.partition("#")
    place, _, query = address.partition("?")
    host, slash, path = ("", "", place) if place.startswith("{") else place.partition("/")
    needed = (part.partition("=") for part in query.split("&") if part)
    return _Spelling(
        host=host,
        path=_compiled(slash + path),
        query=tuple((name, _compiled(value)) for name, _, value in needed),
        fragment=_compiled(fragment) if fragment else None,
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    rest = pattern.endswith("/*")
    pattern, expression, end = pattern.removesuffix("/*").rstrip("/"), "", 0
    for found in _NAME.finditer(pattern):
        expression += _literal(pattern[end : found.start()]) + _part(found[1], found[2])
        end = found.end()
    return re.compile(expression + _literal(pattern[end:]) + ("(?:/.*)?" if rest else ""), re.IGNORECASE | re.DOTALL)


def _literal(text: str) -> str:
    return re.escape(text).replace(r"\[", "(?:").replace(r"\]", ")").replace(r"\|", "|")


def _part(name: str, shape: str | None) -> str:
    if name == "_":
        return _SHAPES[_shape(shape)] if shape else "[^/]*?"
    return f"(?P<{name}>{_SHAPES[_shape(shape or 'any')]})"


def _shape(name: str) -> Shape:
    return next(shape for shape in get_args(Shape) if shape == name)
