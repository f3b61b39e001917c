"""An entry as one page of Markdown, for builders that know nothing of entries."""

from collections.abc import Iterator

from onrecord.model.entry import Entry


def story(entry: Entry) -> str:
    """Return the words of an entry and of everything that was said on it, under dated headings."""
    return "\n\n".join(_parts(entry))


def _parts(entry: Entry) -> Iterator[str]:
    if entry.body:
        yield entry.body
    for update in entry.updates:
        said = update.by or update.status or "closed"
        yield f"## {update.at:%Y-%m-%d %H:%M}: {said}"
        if update.body:
            yield update.body
        if update.url:
            yield f"[{update.venue}]({update.url})"
