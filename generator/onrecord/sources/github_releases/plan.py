"""What to read and what of it belongs on record: every decision about releases, without hands."""

from collections.abc import Sequence

from onrecord.contracts import Known
from onrecord.sources.github import standing
from onrecord.sources.github.settings import fingerprint
from onrecord.sources.github_releases.rows import ReleaseRow
from onrecord.sources.github_releases.settings import ReleasesSettings


def marks(settings: ReleasesSettings, known: Known) -> dict[str, str]:
    """Return the marks of a repository that was read to its end."""
    return {"settings": fingerprint(settings, known.voices)}


def anew(settings: ReleasesSettings, known: Known) -> bool:
    """Tell whether every release is to be read, so that afterwards what was not seen may be gone."""
    return known.full or known.marks.get("settings") != marks(settings, known)["settings"]


def reaches_the_known(rows: Sequence[ReleaseRow], known: Known) -> bool:
    """Tell whether a page, newest first, goes back to what is on record: the older ones are there already."""
    return any(standing.entry_id(known.name, row.id) in known.entries for row in rows)


def objection(settings: ReleasesSettings, row: ReleaseRow) -> str | None:
    """Return why a release may not be on record, as readers are told, or nothing."""
    if row.draft:
        return "Withdrawn: it was made a draft again."
    if row.prerelease and not settings.prereleases:
        return "Withdrawn: it is a pre-release."
    return None


def nothing_found(settings: ReleasesSettings, rows: Sequence[ReleaseRow]) -> str:
    """Return the line about a repository that puts nothing on record."""
    early = sum(row.prerelease and not row.draft for row in rows)
    if not early:
        return f"{settings.repo} has no release yet, so nothing goes on record."
    those = "one pre-release" if early == 1 else f"{early} pre-releases"
    return f"{settings.repo} has {those} and no release yet, so nothing goes on record without `prereleases: true`."


def refuse_to_lose_all(settings: ReleasesSettings, known: Known) -> None:
    """Raise `SourceFailed` when there is no release at all but something is on record."""
    todo = "check `repo`; if all is to go, take the source out and delete its folder"
    standing.refuse_to_lose_all(known, settings.web_url, todo)
