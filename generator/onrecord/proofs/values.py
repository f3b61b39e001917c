"""What goes to and fro in a proof: questions, what was heard, what counts as ours, and what it means."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from onrecord.model.proof import Answer


@dataclass(frozen=True, slots=True)
class Page:
    """A question over HTTP; `token` where it may be asked as somebody."""

    url: str
    accept: str = "text/html"
    token: bool = False


@dataclass(frozen=True, slots=True)
class Txt:
    """A question to the name service: the texts at a name."""

    name: str


Question = Page | Txt


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: the page, or the texts at a name. Nothing in it means that nothing is there."""

    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer, and why; it means nothing at all."""

    why: str


Heard = Said | Silence
Ask = Callable[[Question], Heard]
"""Asks one question."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking an account came to; `todo` is for whoever wants another answer."""

    answer: Answer
    why: str = ""
    todo: str = ""


YES = Outcome(Answer.YES)


def no(why: str, todo: str) -> Outcome:
    """Return a clean no."""
    return Outcome(Answer.NO, why, todo)


def cannot_tell(*heard: Heard) -> Outcome:
    """Return that those who were asked did not answer."""
    why = next((one.why for one in heard if isinstance(one, Silence)), "the answer makes no sense")
    return Outcome(Answer.CANNOT_TELL, why, "nothing was decided: what was known before stays")


@dataclass(frozen=True, slots=True)
class Ours:
    """What counts as ours: the site, its page of voices, and websites of the brand that have proved to be."""

    site: str
    voices: str
    websites: tuple[str, ...] = ()

    def links_here(self, url: str) -> bool:
        """Tell whether an address leads to us; scheme, port 443, a final slash and what follows `#` do not matter."""
        return _plain(url) in {_plain(own) for own in (self.site, self.voices, *self.websites)}

    def holds(self, host: str) -> bool:
        """Tell whether a name is one of ours, or below one, or one that ours are below."""
        name = host.casefold()
        own = [_host(url) for url in (self.site, *self.websites)]
        return any(name == host or name.endswith(f".{host}") or host.endswith(f".{name}") for host in own)


def _plain(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = parts.port
    except ValueError:
        return "", "", url
    host = (parts.hostname or "").casefold().removesuffix(".")
    return host if port in (None, 80, 443) else f"{host}:{port}", parts.path.rstrip("/"), parts.query


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").casefold()


class Kind(Protocol):
    """One kind of proof for one account."""

    def questions(self) -> tuple[Question, ...]:
        """Return what to ask, all of it at once."""

    def decide(self, heard: tuple[Heard, ...], ours: Ours) -> Outcome:
        """Return what the answers mean, in the order of the questions; pure."""
