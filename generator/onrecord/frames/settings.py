"""What a site says about its pages: the words and links of the frame, all of it by the site's owner."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the header or the footer: its words, and its path from the site's root, like `known/`."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class FrameWords:
    """The interface text of a frame, already in the reader's language; `%s` is where our script puts a time."""

    menu: str = "Menu"
    search: str = "Search"
    footer: str = "About this record"
    demo: str = "Made up: there is no such brand."
    dark: str = "Dark colours"
    light: str = "Light colours"
    here: str = "(%s where you are)"
    stale: str = "This record was last checked %s."


@dataclass(frozen=True, slots=True)
class FrameSettings:
    """All that a frame says and shows; files (`logo`, `favicon`, `css`) are addresses from the site's root.

    `url` is where the site will be read, a sub-path included. `accent` is a CSS colour, `accent_dark` the one for
    dark pages. `search` is the path of the search page, if there is one. `me` are addresses of
    the brand's own accounts. `demo` puts a notice on every page,
    hand-written ones and the 404 page included. `builder` is `mkdocs` or `zensical`.
    """

    title: str
    url: str
    description: str = ""
    language: str = "en"
    nav: tuple[NavItem, ...] = ()
    footer: tuple[NavItem, ...] = ()
    words: FrameWords = FrameWords()
    logo: str | None = None
    favicon: str | None = None
    accent: str | None = None
    accent_dark: str | None = None
    css: tuple[str, ...] = ()
    search: str | None = None
    me: tuple[str, ...] = ()
    demo: bool = False
    builder: str = "mkdocs"
