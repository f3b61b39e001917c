"""A page for each component: how it is doing, how it has been, and everything about it."""

from collections.abc import Iterator
from typing import ClassVar

from onrecord.file import File
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.health import DAYS, concerning, has_known_issue, history, recorded_downtime, state_now
from onrecord.record.record import Record
from onrecord.states import component_state

SHOWN = 50


class Components:
    """The pages of the components."""

    name: ClassVar[str] = "components"

    def files(self, record: Record, press: Press) -> Iterator[File]:
        """Yield a page for each component of `content/components.yml`."""
        for name, component in record.components.items():
            entries = concerning(record, name)
            state = component_state(state_now(record, name), flawed=has_known_issue(record, name))
            yield press.page(
                addresses.component_page(name),
                "component.html",
                title=component.name,
                description=f"{press.language.say(state.words)}. {component.description or component.name}",
                feed_title=component.name,
                component=component,
                state=state,
                open=[entry for entry in record.open_now if name in entry.components],
                under_way=[entry for entry in record.under_way if name in entry.components],
                planned=[entry for entry in record.planned if name in entry.components],
                over=[entry for entry in entries if not entry.is_open][:SHOWN],
                days=history(record, name),
                downtime=recorded_downtime(record, name),
                period=DAYS,
            )
