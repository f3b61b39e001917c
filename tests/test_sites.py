"""Golden sites: each folder of `tests/sites` is a story, from what people wrote to what readers get.

`docs/design/golden-sites.md` says how they are made and changed.
"""

import shlex
import shutil
from difflib import unified_diff
from pathlib import Path

import pytest
from tests.own_site import FrameCache, Ran, Site, read_all

from onrecord import strict_yaml
from onrecord.frames.frame import cut
from onrecord.our_code import VERSION
from onrecord.record import addresses

SITES = Path(__file__).parent / "sites"
INDEX = f"{addresses.SEARCH}index/"
STORIES = sorted(path.parent.name for path in SITES.glob("*/story.yml"))


@pytest.mark.parametrize("story", STORIES)
def test_the_story_comes_out_as_told(
    story: str, tmp_path: Path, frame_cache: FrameCache, request: pytest.FixtureRequest
) -> None:
    told = SITES / story
    plan = strict_yaml.read((told / "story.yml").read_text("utf-8"), "story.yml").plain
    site = Site(tmp_path / "SITE", frame_cache)
    shutil.copytree(SITES / plan.get("of", story) / "site", site.root)
    ran = site.run(*shlex.split(plan["command"]))
    found = shown(site, ran)
    if request.config.getoption("--update-golden"):
        keep(told, found)
    assert ran.code == int(plan["exit"]), ran.said
    wrong = difference(kept(told), found)
    assert not wrong, f"{wrong}\nIf this is meant: make golden, and look at the difference in git."


@pytest.mark.parametrize("story", STORIES)
def test_a_story_says_in_a_paragraph_what_it_shows(story: str) -> None:
    text = (SITES / story / "story.md").read_text("utf-8")
    assert text.startswith("# ")
    assert len([block for block in text.split("\n\n") if block.strip()]) == 2


def shown(site: Site, ran: Ran) -> dict[str, str]:
    """Return what the story is compared by: messages, and each file that is made of the record.

    A page is shown without its frame: the theme's HTML is not ours, and changes with each of its versions.
    A picture is said by the head of its page, and the search index is Pagefind's: neither is text.
    """
    files = read_all(site.out) if site.out.is_dir() else {}
    static = read_all(site.root / "build/frames/static") if files else {}
    texts = {
        f"expected/{path}": slots(path, content.decode(), site) if path.endswith(".html") else content.decode()
        for path, content in files.items()
        if path not in static and not path.endswith(".png") and not path.startswith(INDEX)
    }
    texts["messages.txt"] = ran.said
    here = str(site.root.resolve())
    return {
        path: text.replace(here, "SITE").replace(f"onrecord {VERSION}", "onrecord VERSION")
        for path, text in texts.items()
    }


def slots(path: str, page: str, site: Site) -> str:
    """Return what our templates put into a page's head and body."""
    name = path if path == "404.html" else f"{path.count('/')}.html"
    frame = cut((site.root / f"build/frames/frames/{name}").read_text("utf-8"), "")
    # The navigation, in which the current page is marked, lies within: both ends of it are enough to cut at.
    start, end = frame.between[:30], frame.between[-30:]
    head, rest = page[page.index("<title>") :].split(start, 1)
    body = rest.split(end, 1)[1].removesuffix(frame.after)
    return f"<!-- head -->\n{head.strip()}\n\n<!-- body -->\n{body.strip()}\n"


def keep(told: Path, found: dict[str, str]) -> None:
    shutil.rmtree(told / "expected", ignore_errors=True)
    for path, text in found.items():
        (told / path).parent.mkdir(parents=True, exist_ok=True)
        (told / path).write_text(text, "utf-8")


def kept(told: Path) -> dict[str, str]:
    expected = {f"expected/{path}": content.decode() for path, content in read_all(told / "expected").items()}
    messages = told / "messages.txt"
    return expected | ({"messages.txt": messages.read_text("utf-8")} if messages.is_file() else {})


def difference(expected: dict[str, str], found: dict[str, str]) -> str:
    """Return the difference between two sets of files as a patch."""
    return "".join(
        line
        for path in sorted({*expected, *found})
        for line in unified_diff(
            expected.get(path, "").splitlines(keepends=True),
            found.get(path, "").splitlines(keepends=True),
            f"expected: {path}",
            f"found: {path}",
        )
    )
