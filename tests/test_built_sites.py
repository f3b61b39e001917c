"""Laws that hold for every built site: the same bytes, no dead link, no half-built site, no page without a reason."""

import random
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import fromstring

import html5lib
import pytest
from tests.own_site import NOW, FrameCache, Site

ROOT = Path(__file__).parents[1]
STORY = ROOT / "tests/sites/one-of-each/site"


@pytest.fixture
def seven(site: Site) -> Site:
    """A site with an entry of each kind, and a hand-written page that links into the record."""
    shutil.copytree(STORY, site.root, dirs_exist_ok=True)
    site.write("content/pages/about.md", "# About\n\nSee the [log](../log/) and [one](../log/charged-twice/).\n")
    return site


@pytest.fixture
def demo(tmp_path: Path, frame_cache: FrameCache) -> Site:
    """The repository's own site, which stands below a path of its host."""
    site = Site(tmp_path / "demo", frame_cache)
    shutil.copytree(ROOT / "content", site.root / "content")
    shutil.copy(ROOT / "site_config.yml", site.root)
    return site


def pages(files: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in files.items() if path.endswith(".html")}


def test_the_same_words_give_the_same_bytes_in_another_folder_and_whatever_was_written_first(
    seven: Site, tmp_path: Path, frame_cache: FrameCache
) -> None:
    other = Site(tmp_path / "elsewhere/deep", frame_cache)
    for path in sorted(seven.root.rglob("*"), reverse=True):
        if path.is_file():
            other.write(path.relative_to(seven.root).as_posix(), path.read_text("utf-8"))
    assert other.build() == seven.build()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_warm_build_gives_what_a_cold_one_gives(seven: Site, seed: int) -> None:
    dice, clock = random.Random(seed), random.Random(seed)
    seven.build()
    for step in range(12):
        entries = sorted((seven.root / "content/entries").glob("*.md"))
        match dice.choice(["add", "edit", "edit", "remove"]):
            case "add":
                opened = f"20{dice.choice('56')}5-0{dice.randint(1, 9)}-11"
                seven.entry(f"new-{step}", f"kind: incident\ntitle: New {step}\nopened: {opened}", f"Words {step}.\n")
            case "edit":
                with dice.choice(entries).open("a") as file:
                    file.write(f"\n## 2026-11-{20 - step:02}, by ana\n\nNews {step}.\n")
            case _:
                dice.choice(entries).unlink()
        if step % 4 == 3:
            seven.run("build", "--now", f"2026-11-{clock.randint(19, 24)} 09:12")
    seven.run("build", "--now", NOW)
    warm = seven.files
    shutil.rmtree(seven.out)
    shutil.rmtree(seven.root / "build")
    assert seven.run("build", "--now", NOW, "--clean").code == 0
    assert seven.files == warm


def test_a_second_build_writes_nothing(seven: Site) -> None:
    seven.build()
    before = {path: path.stat().st_mtime_ns for path in seven.out.rglob("*")}
    assert "(0 written, 0 deleted)" in seven.run("build", "--now", NOW).out
    assert {path: path.stat().st_mtime_ns for path in seven.out.rglob("*")} == before


def test_a_broken_template_leaves_the_old_site_as_it_is_and_is_named_with_its_line(seven: Site) -> None:
    before = seven.build()
    template = seven.write("templates/pages/known.html", "<h1>{{ title }}</h1>\n{{ nobody }}\n")
    (seven.root / "content/entries/blank-receipt.md").unlink()
    ran = seven.run("build", "--now", NOW)
    assert ran.code == 1
    assert "error: templates/pages/known.html:2: this template cannot be used: 'nobody' is undefined" in ran.err
    assert seven.files == before
    template.write_text("<h1>{% if %}</h1>", "utf-8")
    ran = seven.run("build", "--now", NOW)
    assert (ran.code, seven.files) == (1, before)
    assert "templates/pages/known.html:1: this template cannot be used: Expected" in ran.err
    template.unlink()
    seven.run("build", "--now", NOW)
    assert "log/blank-receipt/index.html" not in seven.files


def test_a_template_of_the_site_that_names_one_that_is_nowhere_is_told_so(seven: Site) -> None:
    seven.write("templates/pages/known.html", '\n{% extends "onrecord/pages/knwon.html" %}')
    ran = seven.run("build", "--now", NOW)
    assert ran.code == 1
    assert "templates/pages/known.html:2: this template cannot be used: " in ran.err
    assert not seven.out.exists()


@pytest.mark.parametrize("name", ["seven", "demo"])
def test_the_sitemap_has_each_page_that_exists_and_no_other(name: str, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue(name)
    files = site.build()
    home = base(files)
    tree = fromstring(files["sitemap.xml"])  # noqa: S314 - we wrote it
    listed = [url.text or "" for url in tree.iter() if url.tag.endswith("}loc")]
    expected = {urljoin(home, path.removesuffix("index.html")) for path in pages(files) if path != "404.html"}
    assert sorted(listed) == sorted(expected)
    assert f"Sitemap: {home}sitemap.xml\n" in files["robots.txt"].decode()


@pytest.mark.parametrize("name", ["seven", "demo"])
def test_every_link_within_the_site_leads_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue(name)
    files = site.build()
    home = base(files)
    found = {path: html5lib.parse(page, namespaceHTMLElements=False) for path, page in pages(files).items()}
    anchors = {path: {node.get("id") for node in tree.iter()} for path, tree in found.items()}
    dead = [
        f"{path} → {link}"
        for path, tree in found.items()
        for link in links(tree)
        if not leads_somewhere(urljoin(home + path, link), home, files, anchors)
    ]
    assert dead == []
    assert sum(len(list(links(tree))) for tree in found.values()) > 100


def links(tree: object) -> Iterator[str]:
    for node in tree.iter():  # type: ignore[attr-defined]
        for name in ("href", "src"):
            if node.get(name) is not None:
                yield node.get(name)


def leads_somewhere(url: str, home: str, files: dict[str, bytes], anchors: dict[str, set[str | None]]) -> bool:
    address, fragment = urldefrag(url)
    if urlsplit(address).netloc != urlsplit(home).netloc or address.endswith("/tell-us"):
        return True
    if not address.startswith(home):
        return False
    path = address.removeprefix(home)
    path = f"{path}index.html" if path == "" or path.endswith("/") else path
    return path in files and (not fragment or fragment in anchors.get(path, set()))


def base(files: dict[str, bytes]) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]+)">', files["index.html"].decode())
    assert found
    return found[1]


def test_every_page_says_its_own_address_its_policy_first_and_one_heading(demo: Site) -> None:
    files = demo.build()
    for path, page in pages(files).items():
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        first = tree.find("head")[0]
        assert first.get("http-equiv") == "Content-Security-Policy", path
        assert len(list(tree.iter("h1"))) == 1, path
        assert len(list(tree.iter("title"))) == 1, path
        canonical = [node.get("href") for node in tree.iter("link") if node.get("rel") == "canonical"]
        own = [base(files) + path.removesuffix("index.html")]
        assert canonical == ([] if path == "404.html" else own)


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """Return what differs, but for the scoreboard: how long somebody has waited is told by the hour."""
    return {path for path in after if after[path] != before[path] and not path.startswith("scoreboard/")}


def test_without_news_only_the_home_page_and_the_build_facts_know_the_hour(seven: Site) -> None:
    before = seven.build("2026-11-21 09:20")
    after = seven.build("2026-11-21 10:20")
    assert changed(before, after) == {"index.html", "build.json"}


def test_the_hour_in_which_a_promise_is_broken_changes_the_page_that_made_it(seven: Site) -> None:
    before = seven.build("2026-11-21 10:20")
    after = seven.build("2026-11-21 11:20")
    assert changed(before, after) == {"index.html", "build.json", "log/cards-declined/index.html"}


def test_what_is_held_back_appears_at_its_time_and_not_before(site: Site) -> None:
    site.entry("unfinished", "kind: announcement\ntitle: Zebras\nopened: 2026-11-20\ndraft: true", "Zebras.\n")
    facts = "kind: announcement\ntitle: Giraffes\nopened: 2026-11-21 09:30\npublish_at: 2026-11-21 09:30"
    site.entry("half-past-nine", facts, "Giraffes come later.\n")
    before = site.build("2026-11-21 09:29:59")
    assert not any(word in content for content in before.values() for word in (b"Zebra", b"Giraffe", b"half-past"))
    after = site.build("2026-11-21 09:30")
    assert b"Giraffes come later." in after["log/half-past-nine/index.html"]
    assert b"Giraffes" in after["feed.xml"]
    assert not any(b"Zebra" in content or b"unfinished" in content for content in after.values())
    assert site.build("2026-11-21 09:29:59") == before


def test_an_entry_that_is_gone_from_disk_is_gone_from_the_site(seven: Site) -> None:
    seven.build()
    (seven.root / "content/entries/open-on-sundays.md").unlink()
    files = seven.build()
    assert not any("open-on-sundays" in path or b"Sundays" in content for path, content in files.items())
    assert not (seven.out / "log/open-on-sundays").exists()


def test_a_folder_with_other_files_is_never_written_to(seven: Site, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    ran = seven.run("build", "--now", NOW, "--out", str(mine))
    assert ran.code == 1
    assert "this folder holds files that On Record did not write" in ran.err
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]


def test_a_page_that_someone_changed_by_hand_is_put_right_and_what_is_not_ours_is_left_alone(seven: Site) -> None:
    before = seven.build()
    (seven.out / "index.html").write_text("<p>by hand")
    (seven.out / "stray.html").write_text("<p>by hand")
    assert seven.build() == before | {"stray.html": b"<p>by hand"}


def test_a_title_of_which_nothing_can_be_seen_stops_no_build(site: Site) -> None:
    site.entry("odd", 'kind: incident\ntitle: "\\u202e\\u200b"\nopened: 2026-11-20')
    assert b'<h1 dir="auto">\xe2\x80\xa6</h1>' in site.build()["log/odd/index.html"]
