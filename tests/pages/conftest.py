"""Every site that is looked at, its pages, and a host for each."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from tests.own_site import FrameCache
from tests.pages.cover import Place, cover, places
from tests.pages.looking import turned_round
from tests.pages.sites import Shown, built
from tests.serving import served

Address = Callable[..., str]


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, frame_cache: FrameCache) -> Mapping[str, Shown]:
    """Every site by its name."""
    return {site.name: site for site in built(tmp_path_factory.mktemp("pages"), frame_cache)}


@pytest.fixture(scope="session")
def looked_at(sites: Mapping[str, Shown]) -> list[Place]:
    """The pages that together show all there is."""
    return cover(place for site in sites.values() for place in places(site))


@pytest.fixture(scope="session")
def address(sites: Mapping[str, Shown]) -> Iterator[Address]:
    """Tells where a site is served; `direction="rtl"` for the one that is read from the right."""
    with ExitStack() as hosts:

        @cache
        def address(name: str, direction: str = "ltr") -> str:
            site = sites[name]
            return hosts.enter_context(served(site.out, site.base, turned_round if direction == "rtl" else bytes))

        yield address


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Address]:
    """Serves whatever HTML a test thinks up, to see that a check sees what is wrong with it."""
    with served(tmp_path) as host:

        def broken(html: str) -> str:
            (tmp_path / "index.html").write_text(html, "utf-8")
            return host

        yield broken
