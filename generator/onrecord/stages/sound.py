"""What must hold before a run writes: we can read all that the machine wrote, where it is, and the clock is right."""

from datetime import datetime, timedelta

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.links import unfollowed
from onrecord.log.pulled import FOLDER, state_file
from onrecord.stages.gather import Folder

_APART = timedelta(minutes=10)
"""Clocks of two machines may differ by so much."""
_NAMED = 10  # of many files


def refuse_newer(folder: Folder) -> None:
    """Raise when a newer On Record wrote the record: what we cannot read would be taken off the site, or lost."""
    if folder.log.newer:
        raise OnRecordError(folder.log.newer[:_NAMED])


def refuse_links(folder: Folder) -> None:
    """Raise when the machine would write through a link."""
    links = [problem for shown, problem in unfollowed(folder.root).items() if f"{shown}/".startswith(f"{FOLDER}/")]
    if links:
        raise OnRecordError(links)


def refuse_set_back(folder: Folder, now: datetime) -> None:
    """Raise when the record was read later than it is now: a clock that is behind hides what is on record."""
    read = {name: state.read_at for name, state in folder.log.states.items() if state.read_at}
    last = max(read, key=lambda name: read[name], default=None)
    if last and read[last] > now + _APART:
        zone = folder.settings.zone
        here, there = (f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (now, read[last]))
        what = f"this was read at {there}, and this machine's clock says {here}"
        todo = "set the clock; if it was wrong when this was read, run "
        raise OnRecordError(Problem(Place(state_file(last)), what, f'{todo}"onrecord pull --full"'))
