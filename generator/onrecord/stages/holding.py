"""What is held for review: said by the pull that holds it, and by every check until it is mended."""

from collections.abc import Iterator

from onrecord.errors import Level, Place, Problem
from onrecord.log.pulled import SourceState, state_file


def held(source: str, state: SourceState) -> Iterator[Problem]:
    """Yield a warning about each entry of a source that is held; it tells kinds and numbers, and no words."""
    todo = (
        "have it taken out at the source, or list what is your own in site_config.yml under privacy, keep; "
        f'then run "onrecord pull {source} --full"'
    )
    for entry_id, why in state.held.items():
        what = f'"{entry_id}" is held for review: {why}'
        yield Problem(Place(state_file(source)), what, todo, Level.WARNING)
