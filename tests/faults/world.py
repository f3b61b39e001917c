"""A site with a source that meets faults and a healthy one beside it, pulled as `onrecord pull` does it."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import trustme
import yaml
from tests.bare_press import ACME, bare_press
from tests.faults.served import SERVED, TOKEN, Json, Served
from tests.faults.table import DEADLINE, PATIENCE, READ, Trouble
from tests.local_host import Asked, HandClock
from tests.own_site import read_all
from tests.sources.feeds import LocalFeed, rss

from onrecord.cli.terminal import Terminal
from onrecord.cli.verbs import OLDER_DATA
from onrecord.outputs.home import Home
from onrecord.stages.gather import open_folder, record_of
from onrecord.stages.pull import Options, SourcePull, failed, pull
from onrecord.web import Access, Closed, Web

HERE = "127.0.0.1"
BEGIN = HandClock().now()
LATER = BEGIN + timedelta(days=1)
CALM = Trouble("nothing", READ)


@dataclass(frozen=True)
class Run:
    """One pull: how it ended, what it told, and what the two hosts saw of it."""

    exit_code: int
    app: SourcePull
    beside: SourcePull
    told: str
    asked: list[Asked]
    asked_beside: list[Asked]
    slept: list[float]

    @property
    def paused(self) -> list[float]:
        """Return the seconds between requests, as the host saw them, where there were any."""
        moments = [asked.at for asked in self.asked]
        gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(moments)]
        return [gap for gap in gaps if gap]


@dataclass(frozen=True)
class World:
    """A site in `root`, its source `app`, which meets faults, and its source `beside`, which does not."""

    root: Path
    served: Served
    beside: LocalFeed
    certificates: str = ""

    @property
    def record(self) -> dict[str, bytes]:
        """Return every file of `app`."""
        return read_all(self.root / "content/record/pulled/app")

    @property
    def entries(self) -> dict[str, bytes]:
        """Return every entry of `app`."""
        return {path: content for path, content in self.record.items() if path != "state.json"}

    def twin(self) -> "World":
        """Return a copy of the site, which reads the same hosts."""
        there = self.root.with_name(f"{self.root.name}-calm")
        shutil.copytree(self.root, there)
        return replace(self, root=there)

    def news(self) -> None:
        """Let things happen at both sources, an hour after the beginning."""
        self.clock.move(3600)
        self.served.news()
        self.beside.feed = _feed("News", "More news").encode()

    @property
    def clock(self) -> HandClock:
        """Return the clock by which the client sleeps and the host counts."""
        assert isinstance(self.served.host.clock, HandClock)
        return self.served.host.clock

    def pull(self, trouble: Trouble = CALM, *, nth: int = 1, first: bool = False, full: bool = False) -> Run:
        """Pull while something is wrong, from the nth request on."""
        host, said = self.served.host, list[str]()
        before = len(host.log), len(self.beside.log), len(self.clock.slept)
        self._settings(trouble)
        if trouble.wire:
            host.fault(trouble.wire, nth=nth, times=trouble.times)
        closed = Closed()

        def connect(access: Access) -> Web:
            hurried = trouble.slow and access.token is not None
            deadline = DEADLINE if hurried else 30.0
            return Web(access, self.clock, PATIENCE, said.append, deadline=deadline, closed=closed)

        folder, now = open_folder(self.root, {"APP_TOKEN": TOKEN}), HandClock(BEGIN if first else LATER)
        with host.away() if trouble.away else nullcontext():
            app, beside = pull(folder, connect, now, Options(full=full), Terminal(quiet=True))
        if trouble.wire:
            host.mend()
        return Run(
            OLDER_DATA if failed((app, beside)) else 0,
            app,
            beside,
            "\n".join([*said, *(str(problem) for problem in (*app.problems, *beside.problems))]),
            host.log[before[0] :],
            self.beside.log[before[1] :],
            self.clock.slept[before[2] :],
        )

    def home(self) -> str:
        """Return the text of the home page, built after the last pull."""
        record = record_of(open_folder(self.root, {}), LATER)
        pages = {file.path: file.content for file in Home().files(record, bare_press())}
        return re.sub("<[^>]*>", "", pages["index.html"].decode())

    def _settings(self, trouble: Trouble) -> None:
        app: Json = {"token": "$APP_TOKEN", "allow_private": True, "ca_file": self.certificates or None}
        app |= {name: value for name, value in trouble.settings.items() if name != "host"}
        url = self.served.host.url.replace(HERE, trouble.settings.get("host", HERE))
        app = {name: value for name, value in app.items() if value is not None} | self.served.settings(url)
        beside = {"type": "feed", "url": self.beside.news, "allow_private": True}
        site = {"title": ACME.title, "url": ACME.url}
        whole = {"site": site, "sources": {"app": app, "beside": beside}}
        (self.root / "site_config.yml").write_text(yaml.safe_dump(whole, sort_keys=False), "utf-8")


@contextmanager
def world(root: Path, name: str, *, tls: bool = False) -> Iterator[World]:
    """Serve a source of some type and one beside it, and make a site that has read both once."""
    assert name in SERVED, f"say in SERVED of tests/faults/served.py how the server of the source {name} is set up"
    root.mkdir()
    context = _certified(root / "acme.pem") if tls else None
    served = SERVED[name](tls=context)
    with served.host, LocalFeed(_feed("News")) as beside:
        made = World(root, served, beside, "acme.pem" if tls else "")
        assert made.pull(first=True).exit_code == 0
        yield made


def _certified(ca_file: Path) -> SSLContext:
    authority, context = trustme.CA(), SSLContext(PROTOCOL_TLS_SERVER)
    authority.cert_pem.write_to_path(str(ca_file))
    authority.issue_cert(HERE).configure_cert(context)
    return context


def _feed(*titles: str) -> str:
    date = "<pubDate>Fri, 20 Nov 2026 12:00:00 GMT</pubDate>"
    return rss(*(f"<title>{title}</title><guid>{title}</guid>{date}" for title in titles))
