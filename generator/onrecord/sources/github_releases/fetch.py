"""Talking to GitHub: the list of releases, as far back as it may hold news."""

from collections.abc import Iterator

from onrecord.contracts import Answer, Batch, Known, Say
from onrecord.sources.github import standing
from onrecord.sources.github.lists import Lists
from onrecord.sources.github_releases import plan
from onrecord.sources.github_releases.rows import ReleaseRow
from onrecord.sources.github_releases.settings import ReleasesSettings
from onrecord.sources.rows import read
from onrecord.web import Web, WebError


def fetch(settings: ReleasesSettings, web: Web, known: Known, say: Say) -> Iterator[Batch]:
    """Yield the pages of releases, newest first; after all of them, what is no longer there."""
    lists = Lists(web, settings.api)
    anew = plan.anew(settings, known)
    seen: list[ReleaseRow] = []
    odd = False
    for reply in lists.by_link("releases"):
        yield (Answer("releases", reply.url, reply.json()),)
        rows = read(ReleaseRow, reply.json(), reply.url)
        seen += rows.read
        odd |= bool(rows.odd)
        if not anew and plan.reaches_the_known(rows.read, known):
            return
    if not anew:
        return
    if not seen and not odd:
        plan.refuse_to_lose_all(settings, known)
    # All in one batch, so that how many are gone is known before any is.
    missing = tuple(_missing(settings, lists, known, {row.id for row in seen}))
    if odd or any(plan.objection(settings, row) is None for row in seen):
        yield (*missing, Answer("read", settings.api, plan.marks(settings, known)))
    else:
        say(plan.nothing_found(settings, seen))
        yield (*missing, Answer("read", settings.api, {"settings": ""}))  # so that the next pull says it again


def _missing(settings: ReleasesSettings, lists: Lists, known: Known, seen: set[int]) -> Iterator[Answer]:
    """Ask for each release on record that the list did not have: one deleted meanwhile moves others off a page."""
    for name, entry in known.entries.items():
        number = standing.number(known.name, name)
        if number is None or number in seen or not standing.lives(entry):
            continue
        try:
            reply = lists.first(f"releases/{number}", {})
        except WebError as error:
            if error.status not in (404, 410):
                raise
            yield Answer("gone", settings.api, number)
        else:
            yield Answer("releases", reply.url, [reply.json()])
