"""What networks show of a page when somebody shares its link: which card it has, and what stands on it."""

from collections.abc import Mapping
from datetime import datetime
from heapq import nsmallest

from onrecord import words
from onrecord.cards import Card
from onrecord.model.entry import Entry, Maintenance
from onrecord.model.kinds import Kind, Status
from onrecord.press import Picture, Press
from onrecord.record import addresses
from onrecord.record.record import Record
from onrecord.states import IMPACT_WORDS, KIND_WORDS, STATES

OWN = 100
"""How many entries have a card of their own: what is open first, then what changed last."""


def pictures_of_entries(record: Record, press: Press) -> Mapping[str, Picture]:
    """Return the picture of each entry by its id: none where a site wants none.

    A card costs more than all the rest of its page, so older entries share one for each state and year.
    """
    if press.cards is None:
        return {}
    changed = record.changed
    newest = nsmallest(
        OWN, record.entries, lambda entry: (not entry.is_open, -changed[entry.id].timestamp(), entry.id)
    )
    found = {entry.id: _own(entry, press) for entry in newest}
    shared: dict[tuple[Kind, Status, int], Picture | None] = {}
    for entry in record.entries:
        if entry.id not in found:
            alike = (entry.kind, entry.status, changed[entry.id].astimezone(press.language.zone).year)
            if alike not in shared:
                shared[alike] = _shared(entry, str(alike[-1]), press)
            found[entry.id] = shared[alike]
    return {entry_id: picture for entry_id, picture in found.items() if picture}


def picture_of_home(headline: str, tone: str, record: Record, press: Press) -> Picture | None:
    """Return the picture of the home page: its headline in its tone, and the day on which it was so."""
    icon = STATES[record.open_now[0].status].icon if record.open_now else "check" if tone == "ok" else "minus"
    card = press.card(
        state=press.language.say("Now"),
        tone=tone,
        icon=icon,
        title=words.clean(headline),
        date=press.language.say("As of %(moment)s.", moment=press.language.day(record.now)),
    )
    return press.picture(addresses.HOME_CARD, card)


def _shared(entry: Entry, year: str, press: Press) -> Picture | None:
    address = addresses.shared_card(f"{entry.kind}-{entry.status}-{year}")
    return press.picture(address, _card(entry, press, "", year))


def _own(entry: Entry, press: Press) -> Picture | None:
    date = press.language.say("As of %(moment)s.", moment=press.language.moment(_since(entry)))
    return press.picture(addresses.entry_card(entry.id), _card(entry, press, words.clean(entry.title), date))


def _since(entry: Entry) -> datetime:
    """Return since when an entry says what it says, whether a person or the clock made it so."""
    by_clock = None
    if isinstance(entry, Maintenance) and entry.status is Status.IN_PROGRESS:
        by_clock = entry.scheduled_for
    elif entry.status is Status.EXPIRED:
        by_clock = entry.expires_at
    return max(entry.published, entry.changed, by_clock or entry.published)


def _card(entry: Entry, press: Press, title: str, date: str) -> Card:
    state = STATES[entry.status]
    said = [state.words or KIND_WORDS[entry.kind]]
    if title and entry.is_open and entry.impact:
        said.append(IMPACT_WORDS[entry.impact])
    spoken = " · ".join(press.language.say(word) for word in said if word)
    return press.card(state=spoken, tone=state.tone, icon=state.icon, title=title, date=date)
