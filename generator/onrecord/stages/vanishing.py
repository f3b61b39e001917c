"""When much of a source is gone at once: more likely a slip than the truth, so a person is asked."""

from collections.abc import Collection

from onrecord.contracts import Known
from onrecord.errors import Place, Problem
from onrecord.log.pulled import FOLDER
from onrecord.model.kinds import Status

_FEW = 2  # may vanish of any source, however small
_SHARE = 10  # per cent of a source
_NAMED = 20


def too_many(known: Known, vanished: Collection[str]) -> Problem | None:
    """Return what to ask a person before so many entries of a source are withdrawn, or nothing if they are few."""
    if len(vanished) <= _FEW:
        return None
    living = sum(entry.status is not Status.WITHDRAWN for entry in known.entries.values())
    if len(vanished) * 100 <= living * _SHARE:
        return None
    what = f"{len(vanished)} of {living} entries are no longer to be found at the source, so none was withdrawn"
    names = sorted(vanished, key=lambda name: (len(name), name))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    todo = (
        f"look for {', '.join(names[:_NAMED])}{more}; "
        f'if they are gone, run "onrecord pull {known.name} --full --allow-vanishing"'
    )
    return Problem(Place(f"{FOLDER}/{known.name}"), what, todo)
