"""Reading GitHub's lists, page by page."""

from collections.abc import Iterator, Mapping

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
        """Yield the pages of a short list, each where the one before says it is."""
        reply = self.first(path, {"per_page": PAGE})
        yield reply
        while reply.next_url:
            reply = self.get(reply.next_url)
            yield reply

    def get(self, url: str, params: Params | None = None) -> Reply:
        """Return what is at an address of the API."""
        return self._web.get(url, params=params, headers=HEADERS)
