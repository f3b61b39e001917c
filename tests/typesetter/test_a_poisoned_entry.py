"""One entry whose words no program can set: its page says so, and every other page is as it would have been."""

from datetime import UTC, datetime
from pathlib import Path

from tests.own_site import FrameCache, Site

from onrecord.cli.terminal import Terminal
from onrecord.errors import Level
from onrecord.stages.build import Built, Options, build
from onrecord.stages.gather import open_folder
from onrecord.typesetter import Limits

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
POISON = "* a\n" * 16_000
HASTY = Limits(processor=0.03)  # a tenth of a second is for ever


def built(site: Site, limits: Limits) -> Built:
    return build(open_folder(site.root, {}), site.out, NOW, Options(limits=limits), Terminal(quiet=True))


def test_its_page_says_so_the_build_warns_of_it_and_all_else_stands(tmp_path: Path, frame_cache: FrameCache) -> None:
    site = Site(tmp_path / "acme", frame_cache)
    site.write("site_config.yml", "site:\n  title: Acme\n  url: https://acme.example/\n")
    for name, words in ("good", "All is *well*."), ("poisoned", POISON):
        facts = f"kind: announcement\ntitle: It is {name}\nopened: 2026-11-20 09:00"
        site.entry(name, facts, words)
    site.frames.lend(site.root)
    done = built(site, HASTY)
    page = (site.out / "log/poisoned/index.html").read_text("utf-8")
    assert "This text could not be displayed as it was written" in page
    assert "<p>* a<br>\n* a" in page
    assert "<em>well</em>" in (site.out / "log/good/index.html").read_text("utf-8")
    (warning,) = done.problems
    assert (warning.level, warning.place.path) == (Level.WARNING, "log/poisoned/")
    assert "poisoned" in warning.what
    assert "* a" not in warning.what
    again = built(site, HASTY)
    assert [path for path in again.published.changed if path.startswith("log/")] == []
    assert built(site, Limits()).problems == (warning,), "what was kept is shown, and blamed as long as it stands"
