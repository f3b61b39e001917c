"""Getting a feed: one question, which a server that knows our last answer may answer with "nothing new"."""

from collections.abc import Iterator

from onrecord.contracts import Answer, Batch, Known
from onrecord.sources.feed import marks
from onrecord.sources.feed.encoding import Document
from onrecord.sources.feed.settings import FeedSettings
from onrecord.web import Web

# Not the word JSON: the client would take nothing else.
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"


def fetch(settings: FeedSettings, web: Web, known: Known) -> Iterator[Batch]:
    """Yield the feed and the marks of this answer, or nothing when the server says that it has not changed."""
    if not isinstance(settings.url, str):
        document = Document(settings.url.read())
        yield (
            Answer("feed", settings.url.path, document),
            Answer("read", settings.url.path, marks.of(settings, known)),
        )
        return
    reply = web.get(settings.url, headers={"Accept": _ACCEPT, **marks.conditions(settings, known)})
    if reply.status == 304:
        return
    document = Document(reply.body, reply.headers.get("content-type", ""))
    yield (Answer("feed", reply.url, document), Answer("read", reply.url, marks.of(settings, known, reply.headers)))
