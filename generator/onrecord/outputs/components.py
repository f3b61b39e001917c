"""A page for each component: how it is doing, how it has been, and everything about it."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import ClassVar

from onrecord.file import AnyFile, File
from onrecord.model.entry import Entry
from onrecord.model.people import Component
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.health import DAYS, concerning, has_known_issue, history, recorded_downtime, state_now
from onrecord.record.record import Record
from onrecord.states import State, component_state

SHOWN = 50


class Components:
    """The pages of the components."""

    name: ClassVar[str] = "components"

    def files(self, record: Record, press: Press) -> Iterator[AnyFile]:
        """Yield a page for each component of `content/components.yml`."""
        for name, component in record.components.items():
            state = component_state(state_now(record, name), flawed=has_known_issue(record, name))
            # Besides with its entries, it moves with a hold, at midnight, and when work that was called off is past.
            ahead = [entry.id for entry in record.planned if name in entry.components]
            key = press.key_of(record, concerning(record, name), state.words, record.today, ahead)
            make = partial(_page, name, component, state, record, press)
            yield press.plan(addresses.component_page(name), key, make)


def _page(name: str, component: Component, state: State, record: Record, press: Press) -> File:
    def here(entries: Iterable[Entry]) -> list[Entry]:
        return [entry for entry in entries if name in entry.components]

    return press.page(
        addresses.component_page(name),
        "component.html",
        title=component.name,
        description=f"{press.language.say(state.words)}. {component.description or component.name}",
        feed_title=component.name,
        component=component,
        state=state,
        open=here(record.open_now),
        under_way=here(record.under_way),
        planned=here(record.planned),
        over=[entry for entry in concerning(record, name) if not entry.is_open][:SHOWN],
        days=history(record, name),
        downtime=recorded_downtime(record, name),
        period=DAYS,
    )
