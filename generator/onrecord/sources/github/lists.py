"""Reading GitHub's lists, page by page."""

from collections.abc import Iterator, Mapping

from onrecord.errors import Place, Problem, SourceFailed
from onrecord.web import Reply, Web

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
PAGE = 100

Params = Mapping[str, str | int]


class Lists:
    """The lists of one repository."""

    def __init__(self, web: Web, address: str) -> None:
        """Read below an address of the API."""
        self._web = web
        self._address = address

    def first(self, path: str, params: Params) -> Reply:
        """Return the first page of a list, or the one thing that is at a path."""
        return self.get(f"{self._address}/{path}", params)

    def by_link(self, path: str) -> Iterator[Reply]:
        """Return the pages of a short list, each where the one before says it is."""
        return onward(self._by_link(path))

    def _by_link(self, path: str) -> Iterator[Reply]:
        reply = self.first(path, {"per_page": PAGE})
        yield reply
        while reply.next_url:
            reply = self.get(reply.next_url)
            yield reply

    def get(self, url: str, params: Params | None = None) -> Reply:
        """Return what is at an address of the API."""
        return self._web.get(url, params=params, headers=HEADERS)


def onward(pages: Iterator[Reply]) -> Iterator[Reply]:
    """Yield the pages of a list; raises `SourceFailed` when one comes again, since then there is no end."""
    been: set[str] = set()
    for page in pages:
        if page.url in been:
            todo = "try again later; if it stays so, tell whoever runs the host"
            raise SourceFailed(Problem(Place(page.url.partition("?")[0]), "its pages lead in a circle", todo))
        been.add(page.url)
        yield page
