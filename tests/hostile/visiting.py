"""A reader who looks at a page, touches everything on it, searches, and notes what is not as it should be."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser, Dialog, Page, ProxySettings, expect
from playwright.sync_api import Error as BrowserError
from tests.browsing import watch
from tests.hostile.harmless import ATTRIBUTES, TAGS

_TOUCH = """async () => {
  const touches = ["pointerover", "pointerenter", "mouseover", "mouseenter", "mousemove", "focus", "focusin",
    "beforetoggle", "toggle", "animationstart", "transitionend", "wheel", "load"];
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const element of document.querySelectorAll("body *"))
    for (const name of touches) element.dispatchEvent(new Event(name, { bubbles: name.endsWith("over") }));
  for (const element of document.querySelectorAll("a, [tabindex], input, select, button, summary")) element.focus();
  await new Promise((done) => setTimeout(done, 0));
}"""

_WALK = """(whole, [tags, attributes]) => {
  const found = new Set();
  const { getAttribute, getAttributeNames } = Element.prototype; // a form may have fields of these names
  const lives = "base embed frame frameset iframe math object portal video audio source textarea marquee dialog";
  const plain = ["http:", "https:", "mailto:"];
  const roots = [whole, ...[...whole.querySelectorAll("template")].map(({ content }) => content)];
  for (const root of roots) for (const element of root.querySelectorAll("*")) {
    const name = element.localName;
    if (lives.split(" ").includes(name)) found.add(`a live <${name}>`);
    const ours = element.matches("head > script[data-stale]:not([src]), [src$='assets/search.js'], [type$=json]");
    if (name === "script" && !ours) found.add(`a live <script>: ${element.textContent.slice(0, 60)}`);
    for (const attribute of getAttributeNames.call(element)) {
      const value = getAttribute.call(element, attribute);
      if (/^on|^style$|^srcdoc$|^autofocus$|^popover$/.test(attribute)) found.add(`a live ${attribute} on <${name}>`);
      if (!/^(href|src|action|formaction|data|poster|xlink:href|ping|background)$/.test(attribute)) continue;
      const { protocol } = new URL(value, location);
      const picture = ["img", "link"].includes(name) && value.startsWith("data:image/svg+xml,");
      if (!plain.includes(protocol) && !picture) found.add(`a live address on <${name}>: ${value.slice(0, 60)}`);
    }
    if (!element.parentElement?.closest(".words")) continue;
    if (!tags.includes(name)) found.add(`<${name}> among words`);
    for (const attribute of getAttributeNames.call(element))
      if (!(attributes[name] ?? []).includes(attribute)) found.add(`${attribute} of <${name}> among words`);
  }
  for (const own of ["body", "documentElement", "forms", "currentScript", "querySelector", "getElementById"])
    if (Object.hasOwn(whole, own) || whole[own] instanceof HTMLFormElement) found.add(`${own} is another`);
  return [...found];
}"""
_LOOK = f"(allowed) => ({_WALK})(document, allowed)"
_READ = f"""async ([paths, allowed]) => {{
  const walk = {_WALK};
  const found = [];
  for (const path of paths) {{
    const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
    found.push(...walk(page, allowed).map((what) => `${{path}}: ${{what}}`));
  }}
  return found;
}}"""
_ALLOWED = [sorted(TAGS), {tag: sorted(names) for tag, names in ATTRIBUTES.items()} | {"details": ["open"]}]


@contextmanager
def reader(browser: Browser, host: str) -> Iterator[tuple[Page, list[str]]]:
    """Yield a page of a new browser, and the list that fills with what runs, asks elsewhere, or complains.

    What is asked of others is noted, and sent to nobody.
    """
    nobody: ProxySettings = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", proxy=nobody)
    page = context.new_page()
    noted = watch(page, host)

    def answered(dialog: Dialog) -> None:
        noted.append(f"{page.url}: a {dialog.type} says {dialog.message!r}")
        with suppress(BrowserError):  # it went with its page
            dialog.dismiss()

    page.on("dialog", answered)
    page.on("popup", lambda other: noted.append(f"{page.url} opens {other.url}"))
    try:
        yield page, noted
    finally:
        context.close()


@contextmanager
def _breaking(address: str, noted: list[str]) -> Iterator[None]:
    """Note a page that breaks under the reader, as one does that leads away by itself."""
    try:
        yield
    except BrowserError as error:
        noted.append(f"{address} breaks: {error.message.partition(chr(10))[0]}")


def look(page: Page, address: str, noted: list[str]) -> None:
    """Go to a page, touch everything on it, and note what lives there that should not."""
    with _breaking(address, noted):
        page.goto(address)
        _touch(page, noted)


def read(page: Page, host: str, paths: Sequence[str], noted: list[str]) -> None:
    """Note what lives in the trees that the browser makes of pages, which it does not show."""
    with _breaking(host, noted):
        page.goto(host)
        noted += page.evaluate(_READ, [[host + path for path in paths], _ALLOWED])


def search(page: Page, host: str, question: str, noted: list[str]) -> int:
    """Ask the search page, look at what it shows, and return how many results that are."""
    _go(page, f"{host}search/?q={question}", noted)
    expect(page.locator(".found [role=status]")).not_to_have_text(re.compile("^$|Searching"))
    _touch(page, noted)
    return page.locator(".found .result").count()


def _go(page: Page, address: str, noted: list[str]) -> None:
    """Go to a page that breaks nothing, although the one before it may still be leading elsewhere."""
    for _ in range(5):
        with _breaking(address, noted):
            page.goto(address)
            return
        page.wait_for_timeout(300)


def _touch(page: Page, noted: list[str]) -> None:
    page.evaluate(_TOUCH)
    page.mouse.move(300, 300)
    page.mouse.move(640, 500)
    noted += [f"{page.url}: {what}" for what in page.evaluate(_LOOK, _ALLOWED)]
