"""Where everything stands on the site: the one place that spells paths, relative to the site's root."""

from datetime import date

from onrecord.model.entry import Entry
from onrecord.model.folded import whole

HOME = ""
LOG = "log/"
KNOWN = "known/"
NEWS = "news/"
MAINTENANCE = "maintenance/"
VOICES = "voices/"
SCOREBOARD = "scoreboard/"
SCOREBOARD_CSV = "scoreboard/data.csv"
SCOREBOARD_JSON = "scoreboard/data.json"
SEARCH = "search/"
FEED = "feed.xml"
BUILD = "build.json"
WELL_KNOWN = ".well-known/"
NOT_FOUND = "404.html"
HOME_CARD = "card.png"
BRAND_CARD = "cards/brand.png"


def entry_page(entry_id: str) -> str:
    """Return the address of an entry's page, the same for every kind, for ever."""
    return f"{LOG}{entry_id}/"


def entry_json(entry_id: str) -> str:
    """Return the address of an entry for programs."""
    return f"{LOG}{entry_id}/index.json"


def entry_card(entry_id: str) -> str:
    """Return the address of the card of an entry."""
    return f"{LOG}{entry_id}/card.png"


def shared_card(name: str) -> str:
    """Return the address of a card that several entries share."""
    return f"cards/{name}.png"


def year_page(year: int) -> str:
    """Return the address of a year of the archive."""
    return f"{LOG}{year}/"


def month_page(year: int, month: int) -> str:
    """Return the address of a month of the archive."""
    return f"{LOG}{year}-{month:02}/"


def scoreboard_page(month: date) -> str:
    """Return the address of how fast we answered what was raised in the month of a day."""
    return f"{SCOREBOARD}{month:%Y-%m}/"


def component_page(name: str) -> str:
    """Return the address of a component's page."""
    return f"component/{name}/"


def topic_page(name: str) -> str:
    """Return the address of a topic's page."""
    return f"topic/{name}/"


def feed_of(page: str) -> str:
    """Return the address of the feed of what a page is about."""
    return f"{page}{FEED}"


def search_shard(name: str) -> str:
    """Return the folder of a shard of the search index."""
    return f"{SEARCH}index/{name}/"


def file_of(address: str) -> str:
    """Return the file that serves an address."""
    return f"{address}index.html" if address == HOME or address.endswith("/") else address


def update_anchor(entry: Entry, number: int) -> str:
    """Return the fragment of the update with this number on its entry's page; it stays as others join later."""
    updates = whole(entry.updates)
    at = updates[number].at
    twins = sum(update.at == at for update in updates[:number])
    moment = f"u{at.year}{at.month:02}{at.day:02}{at.hour:02}{at.minute:02}{at.second:02}"
    return moment + (f"-{twins}" if twins else "")
