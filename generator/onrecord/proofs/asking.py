"""The hand of all proofs: asks the web politely and the name service, each question once, and never waits long."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import dns.exception
import dns.nameserver
import dns.rdatatype
import dns.resolver
from pydantic import SecretStr

from onrecord.proofs.values import Heard, Page, Question, Said, Silence, Txt
from onrecord.web import Access, SystemClock, Web, WebError

DEADLINE = 10.0  # seconds for one answer
LARGEST = 2**20  # bytes of a page
_GONE = (404, 410)


@dataclass(frozen=True)
class Way:
    """How to ask: a token for GitHub, what the web client may do, and a name server other than the machine's own."""

    token: SecretStr | None = None
    allow_private: bool = False
    ca_file: Path | None = None
    proxy: str | None = field(default=None, repr=False)
    resolver: tuple[str, int] | None = None
    deadline: float = DEADLINE


class Asker:
    """Asks questions, to be used in a `with` block; a host that did not answer is not asked again."""

    def __init__(self, way: Way) -> None:
        """Ask nothing yet."""
        self._way = way
        self._heard: dict[Question, Heard] = {}
        self._webs: dict[tuple[str, bool], Web] = {}
        self._dead: dict[str, Silence] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Return the asker."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what is open."""
        self._open.close()

    def __call__(self, question: Question) -> Heard:
        """Return the answer, or why there is none."""
        if question not in self._heard:
            self._heard[question] = self._texts(question) if isinstance(question, Txt) else self._page(question)
        return self._heard[question]

    def _page(self, page: Page) -> Heard:
        host = urlsplit(page.url).netloc
        if host in self._dead:
            return self._dead[host]
        try:
            return Said((self._web(host, token=page.token).get(page.url, headers={"Accept": page.accept}).text,))
        except WebError as error:
            if error.status in _GONE:
                return Said()
            problem = error.problems[0]
            silence = Silence(f"{problem.place.path} {problem.what}")
            if error.status is None:
                self._dead[host] = silence
            return silence

    def _web(self, host: str, *, token: bool) -> Web:
        if (host, token) not in self._webs:
            way = self._way
            access = Access(
                hosts=(host,),
                token=way.token if token else None,
                allow_private=way.allow_private,
                ca_file=way.ca_file,
                proxy=way.proxy,
            )
            web = Web(access, SystemClock(), 0, _unheard, deadline=way.deadline, largest=LARGEST)
            self._webs[host, token] = self._open.enter_context(web)
        return self._webs[host, token]

    def _texts(self, txt: Txt) -> Heard:
        try:
            resolver = self._resolver()
            answer = resolver.resolve(txt.name, dns.rdatatype.TXT, lifetime=self._way.deadline, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return Said()
        except (dns.exception.DNSException, OSError):
            return Silence(f"the name service gave no answer about {txt.name}")
        return Said(tuple(b"".join(row.strings).decode("utf-8", "replace") for row in answer))

    def _resolver(self) -> dns.resolver.Resolver:
        if self._way.resolver is None:
            return dns.resolver.Resolver()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers = [dns.nameserver.Do53Nameserver(*self._way.resolver)]
        return resolver


def _unheard(line: str) -> None:
    """Take what the client says of waits and moved addresses: the outcome says what matters."""
