"""Frames are built by the real builders; what is asserted is what a browser would get."""

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import urljoin

import html5lib
import pytest
from playwright.sync_api import Browser

from onrecord.errors import Level, OnRecordError, Place
from onrecord.frames import Frames, FrameSettings, FrameWords, NavItem, hand_written, make
from onrecord.frames.builders import Builder, versions
from onrecord.frames.frame import BODY, HEAD, POLICY, cut
from onrecord.frames.policy import inline_scripts, policy
from onrecord.our_code import OURS

SETTINGS = FrameSettings(
    title="Acme & <Sons>",
    url="https://status.example/acme/",
    description='What you "told" us',
    nav=(NavItem("Now", ""), NavItem("Known issues", "known/"), NavItem("Log", "log/")),
    footer=(NavItem("How we answer", "policy/"), NavItem("Acme", "https://acme.example/")),
    words=FrameWords(menu="Menu", footer="More", demo="This brand is made up"),
    demo=True,
)

PLAN = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'

PAGE = """---
title: How we answer
description: The rules we keep
---
# How we answer

!!! note "Good to know"
    An admonition.

??? tip "Open me"
    Details.

=== "Person"
    You.
=== "Business"
    We.

- [x] Done

```python
answer = 42
```

A note.[^1] :material-check: ==marked== H~2~O ++ctrl+c++ HTML

| A | B |
|---|---|
| 1 | 2 |

Term
:   Definition.

<div markdown>*inside*</div>

[button](/known/){ .md-button } ![plan](/files/plan.svg)

[^1]: The footnote.
*[HTML]: a language

<script>alert("a script of the page's own")</script>
"""


def write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pages")
    return write(root, **{"policy.md": PAGE, "legal/imprint.md": "# Imprint\n", "files/plan.svg": PLAN})


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def frames(request: pytest.FixtureRequest, pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Frames:
    work = tmp_path_factory.mktemp("work") / request.param
    return make(replace(SETTINGS, builder=request.param), pages, (OURS,), work)


def page_of(frames: Frames, address: str) -> str:
    return (frames.static / address / "index.html").read_text("utf-8")


def parsed(html: str) -> object:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def links(html: str) -> dict[str, str]:
    """Return the address behind each link's words, as a browser would read it."""
    found = html5lib.parse(html, namespaceHTMLElements=False).iter("a")
    return {"".join(a.itertext()).strip(): a.get("href", "") for a in found}


def problem_of(*args: object) -> tuple[Place, str, str]:
    with pytest.raises(OnRecordError) as caught:
        make(*args)  # type: ignore[arg-type]
    (problem,) = caught.value.problems
    return problem.place, problem.what, problem.todo


def test_a_filled_page_is_well_formed_and_holds_what_was_put_in(frames: Frames) -> None:
    page = frames.frame(2, "log/").fill("<title>Cards</title>", "<h1>Cards</h1>").decode()
    tree = parsed(page)
    assert [title.text for title in tree.iter("title")] == ["Cards"]  # type: ignore[attr-defined]
    assert [h1.text for h1 in tree.iter("h1")] == ["Cards"]  # type: ignore[attr-defined]
    assert "onrecord:" not in page


def test_a_body_that_holds_the_slots_own_marks_changes_nothing(frames: Frames) -> None:
    hostile = f'{HEAD}{BODY}{POLICY}<p data-nav="log/">'
    page = frames.frame(1, "log/").fill(hostile, hostile).decode()
    assert page.count(hostile) == 2
    assert page.replace(hostile, "") == frames.frame(1, "log/").fill("", "").decode()


def test_links_lead_to_the_site_from_every_depth(frames: Frames) -> None:
    for depth, path in enumerate(("", "log/", "log/x/")):
        found = links(frames.frame(depth).fill("", "").decode())
        whole = {words: urljoin(SETTINGS.url + path, address) for words, address in found.items()}
        assert whole["Now"] == whole["Acme & <Sons>"] == SETTINGS.url
        assert whole["Known issues"] == SETTINGS.url + "known/"
        assert whole["How we answer"] == SETTINGS.url + "policy/"
        assert whole["Acme"] == "https://acme.example/"
        assert not any(address.startswith("/") for address in found.values())


def test_links_of_the_404_page_start_at_the_sub_path(frames: Frames) -> None:
    page = frames.not_found.fill("", "").decode()
    found = links(page)
    assert found["Now"] == "/acme/"
    assert found["Log"] == "/acme/log/"
    assert 'href="/acme/assets/record.css"' in page


def test_the_current_page_is_marked_once_in_each_menu(frames: Frames) -> None:
    assert frames.frame(1, "log/").between.count('aria-current="page">Log') == 2
    assert frames.frame(0, "").between.count('aria-current="page">Now') == 2
    assert frames.frame(2, "log/").between.count('aria-current="true">Log') == 2
    for nothing in (frames.frame(1), frames.not_found):
        assert "aria-current" not in nothing.between
        assert "data-nav" not in nothing.between


def test_frames_run_our_script_alone_and_their_policy_comes_before_anything(frames: Frames) -> None:
    for frame in (*(frames.frame(depth) for depth in (0, 1, 2)), frames.not_found):
        page = frame.fill("", "").decode()
        assert re.search(r"<head>\s*<meta http-equiv=\"Content-Security-Policy\" content=\"(.*?)\">", page)
        (script,) = inline_scripts(page)
        assert script == (frames.static / "assets/onrecord.js").read_text("utf-8")
        assert policy([script]) in page
        assert page.count("<script") == 1
        assert not re.search(r'<(?:link|img)[^>]*(?:href|src)="(?:https?:)?//', page)


def test_the_skip_link_leads_to_the_content(frames: Frames) -> None:
    page = frames.frame(1).fill("", "").decode()
    assert 'href="#__skip" class="md-skip"' in page
    assert page.count('id="__skip"') == 1


def test_the_demo_says_so_on_every_page(frames: Frames) -> None:
    every = [frames.frame(0).fill("", "").decode(), frames.not_found.fill("", "").decode()]
    every += [page_of(frames, address) for address in frames.pages]
    assert all(page.count('<aside class="demo">This brand is made up</aside>') == 1 for page in every)


def test_the_owners_words_are_escaped(frames: Frames) -> None:
    for page in (frames.frame(1).fill("", "").decode(), page_of(frames, "policy/")):
        assert "<Sons>" not in page
        assert escape("Acme & <Sons>") in page


def test_hand_written_pages_have_all_of_the_themes_features(frames: Frames) -> None:
    page = page_of(frames, "policy/")
    for feature in (
        'class="admonition note"',
        '<details class="tip">',
        'class="tabbed-set tabbed-alternate"',
        'class="task-list-item"',
        'class="language-python highlight"',
        'class="footnote-ref"',
        'class="twemoji"><svg',
        "<mark>marked</mark>",
        "<sub>2</sub>",
        'class="keys"',
        "<table>",
        "<dd>",
        "<em>inside</em>",
        '<abbr title="a language">',
        'class="headerlink"',
        "content.code.copy",
    ):
        assert feature in page, feature
    assert re.search(r'<a (?=[^>]*class="md-button")[^>]*href="../known/"', page)
    assert 'src="../files/plan.svg"' in page
    assert re.search(r'<script src="\.\./assets/javascripts/bundle\.\w+\.min\.js">', page)


def test_hand_written_pages_say_where_and_what_they_are(frames: Frames) -> None:
    page = page_of(frames, "policy/")
    assert dict(frames.pages) == {"legal/imprint/": "Imprint", "policy/": "How we answer"}
    assert '<link rel="canonical" href="https://status.example/acme/policy/">' in page
    assert '<meta name="description" content="The rules we keep">' in page
    assert '<meta name="description" content="What you &#34;told&#34; us">' in page_of(
        frames, "legal/imprint/"
    ).replace("&quot;", "&#34;")
    assert 'rel="prev"' not in page
    assert 'rel="next"' not in page
    assert "_frame" not in page


def test_a_hand_written_page_may_run_the_themes_inline_scripts_and_not_its_own(frames: Frames) -> None:
    for address in frames.pages:
        page = page_of(frames, address)
        allowed = re.findall(r"'sha256-[^']+'", page)
        themes = [script for script in inline_scripts(page) if "of the page's own" not in script]
        assert allowed
        assert policy(themes) in page
    assert "of the page's own" in page_of(frames, "policy/")


def test_nothing_that_no_page_names_is_shipped(frames: Frames) -> None:
    names = {path.relative_to(frames.static).as_posix() for path in frames.static.rglob("*") if path.is_file()}
    assert {name for name in names if "/stylesheets/" not in name and "/javascripts/" not in name} == {
        "assets/favicon.svg",
        "assets/onrecord.css",
        "assets/onrecord.js",
        "assets/record.css",
        "files/plan.svg",
        "legal/imprint/index.html",
        "policy/index.html",
    }
    assert len(names) == 9  # and the theme's one style sheet and one script


def test_a_site_without_hand_written_pages_ships_no_script_but_ours(tmp_path: Path) -> None:
    frames = make(SETTINGS, None, (OURS,), tmp_path / "work")
    assert not list(frames.static.rglob("javascripts"))
    assert frames.pages == {}


def test_building_again_elsewhere_gives_the_same_bytes_and_no_path_of_this_machine(
    pages: Path, tmp_path: Path
) -> None:
    def everything(work: Path) -> dict[str, bytes]:
        made = make(SETTINGS, pages, (OURS,), work)
        files = {p.relative_to(work).as_posix(): p.read_bytes() for p in made.static.rglob("*") if p.is_file()}
        return files | {str(depth): made.frame(depth).fill("", "") for depth in range(3)}

    first = everything(tmp_path / "one")
    assert first == everything(tmp_path / "elsewhere/two")
    assert not any(str(tmp_path.parent).encode() in content for content in first.values())


def test_what_has_not_changed_is_not_built_again(pages: Path, tmp_path: Path) -> None:
    work, copy = tmp_path / "work", tmp_path / "pages"
    shutil.copytree(pages, copy)
    make(SETTINGS, copy, (OURS,), work)
    (work / "project/mkdocs.yml").write_text("broken: [", "utf-8")
    make(SETTINGS, copy, (OURS,), work)
    assert (work / "project/mkdocs.yml").read_text("utf-8") == "broken: ["
    write(copy, **{"legal/imprint.md": "# Imprint\n\nNew.\n"})
    assert "New." in page_of(make(SETTINGS, copy, (OURS,), work), "legal/imprint/")


def test_a_link_to_a_page_that_is_not_there_is_a_warning_every_time(tmp_path: Path) -> None:
    pages = write(tmp_path / "pages", **{"policy.md": "# P\n\n[gone](gone.md) [record](/known/)\n"})
    for _ in range(2):
        (problem,) = make(SETTINGS, pages, (OURS,), tmp_path / "work").problems
        assert problem.level is Level.WARNING
        assert problem.place == Place("content/pages/policy.md")
        assert "'gone.md'" in problem.what


def test_a_page_that_cannot_be_built_is_named_in_the_builders_words(tmp_path: Path) -> None:
    pages = write(tmp_path / "pages", **{"good.md": "# G\n", "bad.md": "# B\n\n[x](http://[)\n"})
    place, what, todo = problem_of(SETTINGS, pages, (OURS,), tmp_path / "work")
    assert place == Place("content/pages/bad.md")
    assert what == "mkdocs stopped: Error reading page 'bad.md': Invalid IPv6 URL"
    assert todo


def test_a_failed_build_is_tried_again(tmp_path: Path) -> None:
    pages = write(tmp_path / "pages", **{"bad.md": "[x](http://[)\n"})
    problem_of(SETTINGS, pages, (OURS,), tmp_path / "work")
    write(pages, **{"bad.md": "# Mended\n"})
    assert make(SETTINGS, pages, (OURS,), tmp_path / "work").pages == {"bad/": "Mended"}


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_broken_template_of_a_site_is_named_with_its_line(tmp_path: Path, builder: str) -> None:
    site = write(tmp_path / "templates", **{"frame/partials/footer.html": "<footer>\n{% if %}\n</footer>\n"})
    place, what, _ = problem_of(replace(SETTINGS, builder=builder), None, (OURS, site), tmp_path / "work")
    assert place == Place("templates/frame/partials/footer.html", 2)
    assert "stopped" in what


def test_a_template_that_lost_a_slot_is_told_how_to_get_it_back(tmp_path: Path) -> None:
    site = write(tmp_path / "templates", **{"frame/frame.html": '{% extends "base.html" %}\n'})
    place, what, todo = problem_of(SETTINGS, None, (OURS, site), tmp_path / "work")
    assert place.path == "templates/frame/frame.html"
    assert "0 times" in what
    assert '{% extends "onrecord/frame.html" %}' in todo


def test_a_file_of_the_site_wins_and_may_build_on_ours(tmp_path: Path) -> None:
    site = write(
        tmp_path / "templates",
        **{
            "frame/partials/footer.html": "<footer>Ours alone</footer>",
            "frame/main.html": '{% extends "onrecord/main.html" %}{% block extrahead %}<!-- more -->{% endblock %}',
            "frame/mkdocs.yml": "INHERIT: onrecord.yml\nextra:\n  generator: true\n",
            "assets/brand.css": "/* kept */ a { color: red }",
        },
    )
    pages = write(tmp_path / "pages", **{"policy.md": "# P\n\n!!! note\n    Still here.\n", "logo.svg": "<svg/>"})
    settings = replace(SETTINGS, css=("assets/brand.css",), logo="logo.svg", accent="#7a1fd1")
    frames = make(settings, pages, (OURS, site), tmp_path / "work")
    page = frames.frame(1).fill("", "").decode()
    assert "<footer>Ours alone</footer>" in page
    assert '<img src="data:image/svg+xml,%3Csvg/%3E" alt="">' in page
    assert "--or-accent:#7a1fd1" in page
    assert page.index("record.css") < page.index('href="../assets/brand.css"')
    assert "<!-- more -->" in page_of(frames, "policy/")
    assert "Still here." in page_of(frames, "policy/")
    assert (frames.static / "assets/brand.css").read_text("utf-8") == "/* kept */ a { color: red }"


def test_a_setting_that_names_no_file_says_where_to_put_it(tmp_path: Path) -> None:
    place, what, todo = problem_of(replace(SETTINGS, logo="assets/logo.svg"), None, (OURS,), tmp_path)
    assert place == Place("site_config.yml")
    assert '"assets/logo.svg"' in what
    assert "content/pages/assets/logo.svg" in todo


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_language_that_the_theme_does_not_know_is_named(tmp_path: Path, builder: str) -> None:
    place, what, todo = problem_of(replace(SETTINGS, builder=builder, language="tlh"), None, (OURS,), tmp_path / "w")
    assert place == Place("site_config.yml")
    assert '"tlh"' in what
    assert "partials/languages/tlh.html" in todo


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_language_written_from_right_to_left_turns_the_page_round(tmp_path: Path, builder: str) -> None:
    page = (
        make(replace(SETTINGS, builder=builder, language="ar"), None, (OURS,), tmp_path / "w").frame(0).fill("", "")
    )
    assert b'<html lang="ar" dir="rtl"' in page
    assert b'<body dir="rtl"' in page


def test_our_style_sheet_says_start_and_end_never_left_and_right() -> None:
    rules = re.sub(r"/\*.*?\*/", "", (OURS / "assets/onrecord.css").read_text("utf-8"), flags=re.DOTALL)
    physical = (
        r"(?:margin|padding|border)-(?:left|right)|[{;\s](?:left|right)\s*:|(?:align|float|clear):\s*(?:left|right)"
    )
    assert re.findall(physical, rules) == []


def test_an_unknown_builder_is_guessed_at(tmp_path: Path) -> None:
    _, what, _ = problem_of(replace(SETTINGS, builder="zensicle"), None, (OURS,), tmp_path)
    assert 'Did you mean "zensical"?' in what


def test_a_missing_builder_says_how_to_install_it() -> None:
    with pytest.raises(OnRecordError, match=r'pip install "onrecord\[zensical\]"'):
        versions(Builder("zensical", ("no-such-package",), 'pip install "onrecord[zensical]"'))


@pytest.mark.parametrize("name", ["index.md", "README.md", "404.md", "_frame/x.md"])
def test_a_page_may_not_claim_an_address_of_the_record(tmp_path: Path, name: str) -> None:
    place, what, _ = problem_of(SETTINGS, write(tmp_path / "pages", **{name: "# X\n"}), (OURS,), tmp_path / "w")
    assert place == Place(f"content/pages/{name}")
    assert "made of the record" in what


def test_front_matter_that_is_not_yaml_is_shown_where_it_breaks(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError) as caught:
        hand_written(write(tmp_path, **{"policy.md": "---\ntitle: a\nx: [b\n---\n# P\n"}))
    (problem,) = caught.value.problems
    assert problem.place.path == "content/pages/policy.md"
    assert problem.place.line == 4


@pytest.mark.parametrize("value", ["2026-02-30", "!!int x", "!!timestamp x", "a\x01b", "[" * 2000])
def test_front_matter_at_which_the_reader_of_yaml_stumbles_is_named_too(tmp_path: Path, value: str) -> None:
    with pytest.raises(OnRecordError, match=r"content/pages/policy\.md:1: The front matter is not YAML: "):
        hand_written(write(tmp_path, **{"policy.md": f"---\ndate: {value}\n---\n# P\n"}))


def test_titles_and_addresses_are_known_before_anything_is_built(tmp_path: Path) -> None:
    pages = write(
        tmp_path,
        **{
            "b.md": "# The `B` *page* { #b }\n",
            "a/index.md": "---\ntitle: 'A: first'\n---\n# Other\n",
            "c.md": "no heading",
            ".hidden/x.md": "# X\n",
        },
    )
    assert hand_written(pages) == {"a/": "A: first", "b/": "The B page", "c/": "c"}


def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside", **{"secret.txt": "secret"}) / "secret.txt"
    pages = write(tmp_path / "pages", **{"policy.md": "# P\n"})
    (pages / "leak.txt").symlink_to(secret)
    frames = make(SETTINGS, pages, (OURS,), tmp_path / "work")
    assert not (frames.static / "leak.txt").exists()


def test_a_title_or_a_text_that_is_called_like_the_policys_slot_stays_what_it_is() -> None:
    page = f'<meta content="{POLICY}">{HEAD}<title>{POLICY}</title>{BODY}<p>{POLICY}</p>'
    made = cut(page, "ours()").fill("", "").decode()
    assert made.startswith('<meta content="default-src')
    assert made.count(POLICY) == 2


def test_a_script_with_an_address_survives_the_cut_and_an_inline_one_does_not() -> None:
    page = f'<script src="a.js"></script>{POLICY}{HEAD}<script>x</script><script type="m">y</script>{BODY}'
    frame = cut(page, "ours()")
    assert '<script src="a.js">' in frame.before
    assert "<script" not in frame.between


OUR_TAG = '<script src="../assets/onrecord.js" data-root="../"></script>'


def test_our_script_travels_in_the_page_and_its_policy_knows_it() -> None:
    page = cut(f"{POLICY}{OUR_TAG}{HEAD}{BODY}", "ours()").fill("", "").decode()
    assert page == f'{policy(["ours()"])}<script data-root="../">ours()</script>\n'


@pytest.mark.parametrize("script", ["'</script>'", "'<!--'"])
def test_a_script_of_a_sites_own_that_would_end_the_page_stays_a_file(script: str) -> None:
    page = cut(f"{POLICY}{OUR_TAG}{HEAD}{BODY}", script).fill("", "").decode()
    assert page == f"{policy()}{OUR_TAG}\n"


def tokens(css: str, dark: bool) -> dict[str, str]:
    light, _, rest = css.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--or-([\w-]+):\s*(#[0-9a-f]{6})", light))
    return found | (dict(re.findall(r"--or-([\w-]+):\s*(#[0-9a-f]{6})", rest.split("\n}\n")[0])) if dark else {})


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2.2, 1.4.3."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_colour_can_be_read_on_every_ground_it_stands_on(dark: bool) -> None:
    found = tokens((OURS / "assets/onrecord.css").read_text("utf-8"), dark)
    tones = ("ok", "watch", "warn", "bad", "mute")
    pairs = [(word, ground) for word in ("ink", "soft", "accent", *tones) for ground in ("ground", "sunk")]
    pairs += [(tone, f"{tone}-tint") for tone in tones] + [("ink", f"{tone}-tint") for tone in tones]
    pairs += [("accent", f"{tone}-tint") for tone in tones]
    low = {pair: round(contrast(found[pair[0]], found[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.fixture
def address(frames: Frames, tmp_path: Path) -> Iterator[str]:
    """Serve a filled frame and the hand-written pages at the site's sub-path."""
    root = tmp_path / "acme"
    shutil.copytree(frames.static, root)
    (root / "build.json").write_text("{}", "utf-8")  # which our script asks for
    for path, depth in (("", 0), ("log/", 1), ("log/x/", 2)):
        (root / path).mkdir(exist_ok=True)
        (root / path / "index.html").write_bytes(frames.frame(depth, "log/").fill("<title>T</title>", "<h1>T</h1>"))
    serve = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/acme/"
        server.shutdown()


@pytest.mark.web
def test_in_a_browser_nothing_is_blocked_or_missing_and_the_menu_opens_without_a_script(
    address: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    for path in ("", "log/", "log/x/", "legal/imprint/"):
        page.goto(address + path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert said == []
    page.goto(address + "policy/", wait_until="networkidle")
    assert page.locator(".md-code__button").count() == 1
    assert len(said) == 1 and "Content Security Policy" in said[0], "only the page's own script is blocked"

    plain = browser.new_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    plain.goto(address + "log/")
    for _ in range(3):  # skip link, brand, menu
        plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    menu = plain.locator(".menu nav")
    assert menu.is_visible()
    assert all(box["height"] >= 44 for a in menu.locator("a").all() if (box := a.bounding_box()))
    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    plain.wait_for_url(address)
    page.close()
    plain.close()
