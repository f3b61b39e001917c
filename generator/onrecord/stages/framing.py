"""What the frames of a site say: its name, its navigation, and the pages that people wrote by hand."""

from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

from onrecord import metrics
from onrecord.contrast import readable_on_dark
from onrecord.frames import Frames, FrameSettings, FrameWords, NavItem, hand_written, make
from onrecord.frames.builders import Program
from onrecord.language import Language
from onrecord.our_code import OURS
from onrecord.record import addresses
from onrecord.record.record import Record
from onrecord.stages.gather import Folder

PAGES = "content/pages"
WORK = "build"


def frames_of(
    folder: Folder,
    record: Record,
    language: Language,
    kept: Path,
    aside: Executor | None = None,
    started: Program | None = None,
) -> Frames:
    """Return the frames of a site, made by the builder that its settings name and kept in a folder; see `make`."""
    pages = folder.root / PAGES
    by_hand = pages if pages.is_dir() else None
    settings, say = folder.settings, language.say
    accent = settings.theme.accent
    words = FrameWords(
        menu=say("Menu"),
        search=say("Search"),
        footer=say("About this record"),
        demo=say("Made up: there is no such brand."),
        dark=say("Dark colours"),
        light=say("Light colours"),
        here=say("(%(moment)s where you are)", moment="%s"),
        stale=say("This record was last checked %(ago)s.", ago="%s"),
    )
    frame_settings = FrameSettings(
        title=record.site.title,
        url=record.site.url,
        description=record.site.description,
        language=language.code,
        nav=(*_nav(record, language), *(NavItem(link.title, _from_here(link.to)) for link in settings.theme.nav)),
        footer=(*_foot(record, language), *(NavItem(title, to) for to, title in hand_written(by_hand).items())),
        words=words,
        logo=settings.theme.logo,
        favicon=settings.theme.favicon,
        accent=accent,
        accent_dark=accent and readable_on_dark(accent),
        css=settings.theme.css,
        search=addresses.SEARCH if settings.search else None,
        me=tuple(account.url for account in record.own_accounts if account.url),
        demo=record.demo,
        builder=settings.builder,
    )
    return make(frame_settings, by_hand, [OURS, folder.root / "templates"], kept, aside, started)


def _from_here(to: str) -> str:
    """Return a link of the site's own so that `/help/` means the site, not its host, as in hand-written pages."""
    return to.removeprefix("/") if not to.startswith("//") else to


def _nav(record: Record, language: Language) -> Iterator[NavItem]:
    """Yield the site's own links: only to pages that exist."""
    yield NavItem(language.say("Now"), addresses.HOME)
    yield NavItem(language.say("Known issues"), addresses.KNOWN)
    if record.news:
        yield NavItem(language.say("News"), addresses.NEWS)
    if record.maintenance:
        yield NavItem(language.say("Planned work"), addresses.MAINTENANCE)
    yield NavItem(language.say("Log"), addresses.LOG)


def _foot(record: Record, language: Language) -> Iterator[NavItem]:
    """Yield what stands in the footer before the pages that people wrote: the header has no room for it."""
    if any(metrics.is_trouble(entry) for entry in record.entries):
        yield NavItem(language.say("How fast we answer"), addresses.SCOREBOARD)
    if record.has_voices:
        yield NavItem(language.say("Who speaks for us"), addresses.VOICES)
