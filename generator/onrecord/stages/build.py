"""`onrecord build`: the record becomes a site."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord import our_code, plugins
from onrecord.cards import Cards
from onrecord.errors import Level, OnRecordError, Place, Problem
from onrecord.file import AnyFile, Planned
from onrecord.frames import Frames
from onrecord.frames.builders import Program
from onrecord.language import Language
from onrecord.model.entry import Entry
from onrecord.our_code import OURS
from onrecord.press import Index as MakesShards
from onrecord.press import Press
from onrecord.record import addresses
from onrecord.record.record import Record
from onrecord.search import Index
from onrecord.shelf import Shelf
from onrecord.site_folder import files_below, publish
from onrecord.sitemap import sitemap
from onrecord.stages.built import Built, Options
from onrecord.stages.check import check
from onrecord.stages.edition import edition
from onrecord.stages.framing import PAGES, WORK, frames_of
from onrecord.stages.gather import Folder, record_of, write_pack
from onrecord.stages.rest import forget, keep
from onrecord.stages.scan import Leaks
from onrecord.talk import Talk
from onrecord.typesetter import Typesetter


def build(
    folder: Folder, out: Path, now: datetime, options: Options, talk: Talk, builder: Program | None = None
) -> Built:
    """Write the site to `out`; bad entries are left out and named, everything else is published.

    `builder` is what makes frames, if it was started ahead. Raises `OnRecordError`, and leaves the old site as it is,
    when there can be no new one.
    """
    work = _begun(folder, options, talk)
    language = Language(folder.settings.site.languages[0], folder.settings.zone)
    with TemporaryDirectory() as passing:
        # Frames, indexes and the like are kept from build to build, but for a dry run and a clean one.
        kept = Path(passing) if options.dry_run or options.clean else work
        record = record_of(folder, now)
        templates = [path for path in (folder.root / "templates", OURS) if path.is_dir()]
        with Typesetter(kept, options.limits) as typesetter:
            with ThreadPoolExecutor(1) as aside:  # MkDocs is a program of its own, and so are those that set words
                frames = frames_of(folder, record, language, kept / "frames", aside, builder)
                typesetter.ahead({record.digests[entry.id]: entry for entry in record.entries}, _long_texts)
                shelf = Shelf(kept / "shelf")
                cards = Cards(shelf, theme.accent) if (theme := folder.settings.theme).cards else None
                press = Press(
                    record.site,
                    language,
                    frames,
                    templates,
                    cards=cards,
                    index=_index(kept, language, typesetter) if folder.settings.search else None,
                    render=typesetter.render,
                    edition=edition(folder.settings, frames, templates),
                    compiled=kept / "templates",
                    shelf=shelf,
                )
            files = _resting_after(_files(record, press, frames), typesetter)
            leaks, how = Leaks(options.secrets), {"afresh": options.clean, "dry_run": options.dry_run}
            published = publish(files, out, work, leaks, partial(_watched, talk), looker=our_code.digest(), **how)
            killed = tuple(_killed(record, typesetter))
        shelf.forget_others()
    left_out = len({problem.place.path for problem in folder.log.problems})
    problems = (*check(folder, record.now), *frames.problems, *killed, *_other_address(folder, options.deploy_url))
    built = Built(published, len(record.entries), left_out, out, problems, options.dry_run)
    if not options.dry_run:
        write_pack(folder)
        keep(folder, options, record, built)
    return built


def _begun(folder: Folder, options: Options, talk: Talk) -> Path:
    """Return the folder of what is kept, in which nothing is left any more that is only true of the old site."""
    _refuse_demo_elsewhere(folder, options.deploy_url)
    talk.say("Building the site …")
    if not options.dry_run:
        forget(folder.root)
    return folder.root / WORK


def _files(record: Record, press: Press, frames: Frames) -> Iterator[AnyFile]:
    by_hand = {file.path: file for file in files_below(frames.static)}
    made = list(by_hand)
    for output in plugins.outputs().values():
        for file in output().files(record, press):
            if file.path in by_hand:
                raise OnRecordError(_two_pages(file.path))
            made.append(file.path)
            yield file
    yield from by_hand.values()
    for file in sitemap(made, record, press):
        if file.path not in by_hand:  # a robots.txt of the site's own is meant
            yield file


def _long_texts(entry: Entry) -> Iterator[str]:
    """Yield the texts that are most of what there is to set, to be set ahead on every processor."""
    return (text for text in (entry.body, *(update.body for update in entry.updates)) if text)


def _watched(talk: Talk, files: Sequence[Planned], hands: int) -> Iterable[Planned]:
    return talk.track(files, "pages" if hands == 1 else f"pages, one hand of {hands}", lambda: len(files))


def _index(kept: Path, language: Language, typesetter: Typesetter) -> MakesShards:
    """Return what makes a shard of the search index, whose documents are made by many hands."""
    index = Index(kept / "search", language.code)

    def shard(name: str, documents: Sequence[AnyFile], leading: bool, below: str) -> Iterable[AnyFile]:
        typesetter.rest()
        return index.shard(name, documents, leading, below)

    return shard


def _resting_after(files: Iterator[AnyFile], typesetter: Typesetter) -> Iterator[AnyFile]:
    """Yield the files; when all are known, those that are planned are made by many hands."""
    yield from files
    typesetter.rest()


def _killed(record: Record, typesetter: Typesetter) -> Iterator[Problem]:
    for entry in record.entries if typesetter.has_killed else ():
        if typesetter.killed(_texts(entry.model_dump())):
            what = f'a text of "{entry.id}" took too long to display, and its page says so'
            todo = "read it where it was written: if it is an attack, withdraw the entry; if not, tell us of it"
            yield Problem(Place(addresses.entry_page(entry.id)), what, todo, Level.WARNING)


def _texts(value: object) -> Iterator[str]:
    """Yield every text in plain data."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else ()
    for part in parts:
        yield from _texts(part)


def _two_pages(path: str) -> Problem:
    address = path.removesuffix("index.html")
    written = f"{address.rstrip('/') or 'index'}.md" if address != path else path
    what = f"the record has a page at /{address} already"
    return Problem(Place(f"{PAGES}/{written}"), what, "rename or move this file")


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
