"""`onrecord build`: the record becomes a site."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from onrecord import plugins
from onrecord.errors import Level, OnRecordError, Place, Problem
from onrecord.file import File
from onrecord.frames import Frames
from onrecord.language import Language
from onrecord.press import Press
from onrecord.record.record import Record
from onrecord.site_folder import Published, files_below, publish
from onrecord.sitemap import sitemap
from onrecord.stages.check import check
from onrecord.stages.framing import PAGES, WORK, frames_of
from onrecord.stages.gather import Folder, record_of
from onrecord.talk import Talk
from onrecord.templating import OURS


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote, and the problems of entries that it had to leave out."""

    published: Published
    entries: int
    left_out: int
    out: Path
    problems: tuple[Problem, ...]

    @property
    def summary(self) -> str:
        """Return one line for people."""
        site = self.published
        changed = f"{site.written} written, {site.deleted} deleted"
        entries = "1 entry" if self.entries == 1 else f"{self.entries} entries"
        if self.left_out:
            entries += f", {self.left_out} left out"
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
    frames = frames_of(folder, record, language)
    own = [path for path in [folder.root / "templates"] if path.is_dir()]
    press = Press(record.site, language, frames, [*own, OURS])
    talk.say("Building the site …")
    files = talk.track(_files(record, press, frames), "pages")
    published = publish(files, out, folder.root / WORK)
    problems = (*check(folder), *frames.problems, *_other_address(folder, deploy_url))
    left_out = {problem.place.path for problem in folder.log.problems}
    return Built(published, len(record.entries), len(left_out), out, problems)


def _files(record: Record, press: Press, frames: Frames) -> Iterator[File]:
    by_hand = {file.path: file for file in files_below(frames.static)}
    made = list(by_hand)
    for output in plugins.outputs().values():
        for file in output().files(record, press):
            if file.path in by_hand:
                raise OnRecordError(_two_pages(file.path))
            made.append(file.path)
            yield file
    yield from by_hand.values()
    yield from sitemap(made, record, press)


def _two_pages(path: str) -> Problem:
    address = path.removesuffix("index.html")
    page = f"{PAGES}/{address.rstrip('/') or 'index'}.md"
    return Problem(Place(page), f"the record has a page at /{address} already", "rename or move this file")


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
