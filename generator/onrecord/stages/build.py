"""`onrecord build`: the record becomes a site."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from onrecord import plugins
from onrecord.errors import Level, OnRecordError, Place, Problem
from onrecord.file import File
from onrecord.frames import Frames, FrameSettings, FrameWords, NavItem, hand_written, make
from onrecord.language import Language
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.archive import addresses_of
from onrecord.record.record import Record
from onrecord.site_folder import Published, files_below, publish
from onrecord.stages.gather import Folder, record_of
from onrecord.talk import Talk
from onrecord.templating import OURS

PAGES = "content/pages"
WORK = "build"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote, and the problems of entries that it had to leave out."""

    published: Published
    entries: int
    out: Path
    problems: tuple[Problem, ...]

    @property
    def summary(self) -> str:
        """Return one line for people."""
        site = self.published
        changed = f"{site.written} written, {site.deleted} deleted"
        entries = "1 entry" if self.entries == 1 else f"{self.entries} entries"
        return f"{entries}, {site.total} files ({changed}) in {self.out}"


def build(
    folder: Folder,
    out: Path,
    now: datetime,
    talk: Talk,
    *,
    clean: bool = False,
    deploy_url: str | None = None,
) -> Built:
    """Write the site to `out`; bad entries are left out and named, everything else is published.

    `clean` forgets what earlier builds left to save time. `deploy_url` is where the site is about to be published.
    Raises `OnRecordError`, and leaves the old site as it is, when there can be no new one.
    """
    _refuse_demo_elsewhere(folder, deploy_url)
    if clean:
        shutil.rmtree(folder.root / WORK / "frames", ignore_errors=True)
        (folder.root / WORK / "manifest.json").unlink(missing_ok=True)
    record = record_of(folder, now)
    language = Language(record.site.languages[0], folder.settings.zone)
    frames = _frames(folder, record, language)
    own = [path for path in [folder.root / "templates"] if path.is_dir()]
    press = Press(record.site, language, frames, [*own, OURS])
    talk.say("Building the site …")
    files = talk.track(_files(record, press, frames), "pages", total=_expected(record))
    published = publish(files, out, folder.root / WORK)
    problems = (*folder.log.problems, *frames.problems, *_other_address(folder, deploy_url))
    return Built(published, len(record.entries), out, problems)


def _files(record: Record, press: Press, frames: Frames) -> Iterator[File]:
    for output in plugins.outputs().values():
        yield from output().files(record, press)
    yield from files_below(frames.static)


def _expected(record: Record) -> int:
    return sum(2 if entry else 1 for _, entry in addresses_of(record))


def _frames(folder: Folder, record: Record, language: Language) -> Frames:
    pages = folder.root / PAGES
    settings = folder.settings
    titles = hand_written(pages if pages.is_dir() else None)
    _refuse_hidden_pages(titles, record)
    say = language.say
    nav = [
        NavItem(say("Now"), addresses.HOME),
        NavItem(say("Known issues"), addresses.KNOWN),
        *([NavItem(say("News"), addresses.NEWS)] if record.news else []),
        *([NavItem(say("Planned work"), addresses.MAINTENANCE)] if record.maintenance else []),
        NavItem(say("Log"), addresses.LOG),
        *(NavItem(link.title, link.to) for link in settings.theme.nav),
    ]
    words = FrameWords(
        menu=say("Menu"),
        footer=say("About this record"),
        demo=say("Made up, to show how this works: there is no such brand."),
    )
    frame_settings = FrameSettings(
        title=record.site.title,
        url=record.site.url,
        description=record.site.description,
        language=language.code,
        nav=tuple(nav),
        footer=tuple(NavItem(title, address) for address, title in titles.items()),
        words=words,
        logo=settings.theme.logo,
        favicon=settings.theme.favicon,
        accent=settings.theme.accent,
        css=settings.theme.css,
        demo=record.demo,
        builder=settings.builder,
    )
    templates = [OURS, folder.root / "templates"]
    return make(frame_settings, pages if pages.is_dir() else None, templates, folder.root / WORK / "frames")


def _refuse_hidden_pages(titles: Iterable[str], record: Record) -> None:
    taken = {address for address, _ in addresses_of(record)}
    problems = [
        Problem(
            Place(f"{PAGES}/{address}"),
            f"the record has a page at /{address} already",
            "rename or move the file",
        )
        for address in titles
        if address in taken
    ]
    if problems:
        raise OnRecordError(problems)


def _other_address(folder: Folder, deploy_url: str | None) -> Iterator[Problem]:
    here = folder.settings.site.url
    if deploy_url and deploy_url.rstrip("/") != here.rstrip("/"):
        what = f"the site says that it is at {here}, and it is about to be published at {deploy_url}"
        todo = "set site.url to where readers find it: feeds, the sitemap and canonical links are made from it"
        yield Problem(Place("site_config.yml"), what, todo, Level.WARNING)


def _refuse_demo_elsewhere(folder: Folder, deploy_url: str | None) -> None:
    home, here = folder.log.demo and folder.log.demo.url, folder.settings.site.url
    elsewhere = [url for url in (here, deploy_url) if url and home and url.rstrip("/") != home.rstrip("/")]
    if elsewhere:
        what = f"this is the demo's made-up content, and it would be published at {elsewhere[0]}"
        todo = 'take the demo out with "onrecord init --here", then write your own entries'
        raise OnRecordError(Problem(Place("content/demo.yml"), what, todo))
