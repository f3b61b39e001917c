"""The press: turns values and a template into a page in the site's frame."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from jinja2 import TemplateError
from markupsafe import Markup, escape

from onrecord import metrics, times, words
from onrecord.cards import Card, Cards
from onrecord.errors import OnRecordError
from onrecord.file import AnyFile, File, Planned
from onrecord.frames import Frames
from onrecord.language import Language
from onrecord.model.entry import Entry, Maintenance
from onrecord.model.people import Site
from onrecord.model.scalars import write_moment
from onrecord.our_code import OURS
from onrecord.record import addresses
from onrecord.record.record import Record
from onrecord.shelf import Shelf
from onrecord.states import COMPONENT_STATES, FAULT_WORDS, IMPACT_WORDS, KIND_WORDS, STATES, advice, no_way_round
from onrecord.templating import environment, explain

_WORDS, _END_OF_WORDS = Markup('<div class="words" dir="auto">'), Markup("</div>")

Index = Callable[[str, Sequence[AnyFile], bool, str], Iterable[AnyFile]]
"""Makes a shard of a search index: its name, its documents, whether it has the program that searches, its folder."""


class Render(Protocol):
    """Makes safe HTML of a text, as `words.render` does."""

    def __call__(self, text: str, *, show_hosts: bool = False) -> words.Rendered:
        """Return the safe HTML of a text, whatever the text."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A card on the site: its file, the address that changes with what it shows, and what it says in words."""

    file: Planned
    url: str
    alt: str


class Press:
    """Renders the templates of one site in one language; `folders` are looked through for templates in order.

    Without `cards` no page has a picture for those who share its link; without `index` there is no search.
    """

    def __init__(
        self,
        site: Site,
        language: Language,
        frames: Frames,
        folders: list[Path],
        cards: Cards | None = None,
        index: Index | None = None,
        render: Render = words.render,
        edition: str = "",
        compiled: Path | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """Compile nothing yet: a template is read when it is first used, and kept in `compiled` for the next build.

        `edition` is a digest of everything that is the same for all pages, whatever the record says. Pieces of files
        are kept on the `shelf`.
        """
        self.site = site
        self.language = language
        self.frames = frames
        self.cards = cards
        self.index = index
        self._render = render
        self._edition = edition
        self._shelf = shelf or Shelf()
        self._own = [folder for folder in folders if folder != OURS]
        self._jinja = environment(
            folders,
            language,
            {**_filters(language), **self._setting},
            {**_values(site, language), "search": index is not None},
            compiled,
        )

    def page(
        self, address: str, template: str, *, title: str, description: str, active: str | None = None, **values: Any
    ) -> File:
        """Return a page at an address of the site, rendered by `templates/pages/<template>`.

        `title` and `description` are plain text; `active` is the address of the link of the navigation that is lit.
        A `picture` among the values is shown where its link is shared; left out, it is the brand's.
        """
        depth = address.count("/")
        root = "../" * depth or "./"
        if address == addresses.NOT_FOUND:
            frame, root = self.frames.not_found, self.base_path
        else:
            frame = self.frames.frame(depth, active)
        given = {"root": root, "address": address, "title": title, "description": description}
        common = {**given, "picture": self.brand_picture, **values}
        head = self.text("pages/head.html", **common)
        return File(addresses.file_of(address), frame.fill(head, self.text(f"pages/{template}", **common)))

    def text(self, template: str, **values: Any) -> str:
        """Return what a template makes of values; raises `OnRecordError` when the site's own is wrong."""
        try:
            return self._jinja.get_template(template).render(values)
        except TemplateError as error:
            problem = explain(error, self._own)
            if problem is None:
                raise
            raise OnRecordError(problem) from None

    def key(self, *depends: object) -> str:
        """Return the key of a file that depends on these values, told whole by their `repr`, and on the edition."""
        return blake2b(repr((self._edition, depends)).encode(errors="surrogatepass"), digest_size=16).hexdigest()

    def key_of(self, record: Record, entries: Iterable[Entry], *more: object) -> str:
        """Return the key of a file that shows entries as they stand: of the clock, which promises are overdue."""
        standing = [(record.digests[entry.id], metrics.promise(entry, record.now)) for entry in entries]
        return self.key(record.cast, standing, *more)

    def plan(self, address: str, key: str, make: Callable[[], File]) -> Planned:
        """Return a page that is only made if its key is another one than when it was made last."""
        return Planned(addresses.file_of(address), key, make)

    def piece(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return a piece of a file; it is only made if its key is another one than before."""
        return self._shelf.take(key, make)

    def plain(self, text: str, limit: int | None = None) -> str:
        """Return the words of a Markdown text on one line; see `words.line_of`."""
        return words.line_of(self._render(text), limit)

    def card(self, **said: str) -> Card:
        """Return a card of this brand that says so, see `Card`; texts are plain and clean."""
        return Card(words.clean(self.site.title), urlsplit(self.site.url).hostname or "", **said)

    def picture(self, address: str, card: Card) -> Picture | None:
        """Return a card as a file of the site; nothing on a site that wants none."""
        if self.cards is None:
            return None
        url = f"{self.url(address)}?v={self.cards.version(card)}"
        return Picture(Planned(address, self.cards.key(card), partial(self.cards.png, card)), url, card.alt)

    @cached_property
    def brand_picture(self) -> Picture | None:
        """Return the picture of every page that has none of its own: it says what the site is, and no state."""
        return self.picture(addresses.BRAND_CARD, self.card(title=words.clean(self.site.description)))

    def url(self, address: str) -> str:
        """Return the full address of a page of the site."""
        return self.site.url.rstrip("/") + "/" + address

    @property
    def base_path(self) -> str:
        """Return the path below which the site stands on its host: `/` or `/status/`."""
        return base_path(self.site)

    @property
    def _setting(self) -> Mapping[str, Callable[..., str]]:
        def in_words(text: str, *, show_hosts: bool = False) -> Markup:
            rendered = self._render(text, show_hosts=show_hosts)
            shown = rendered.between(_WORDS, _END_OF_WORDS)
            return shown if rendered.displayed else shown + _not_displayed(self.language)

        return {"words": in_words, "plain": self.plain}


def base_path(site: Site) -> str:
    """Return the path below which a site stands on its host."""
    return urlsplit(site.url).path.rstrip("/") + "/"


def _values(site: Site, language: Language) -> Mapping[str, Any]:
    return {
        "site": site,
        "language": language,
        "states": STATES,
        "advice": advice,
        "no_way_round": no_way_round,
        "component_states": COMPONENT_STATES,
        "kind_words": KIND_WORDS,
        "impact_words": IMPACT_WORDS,
        "fault_words": FAULT_WORDS,
        "addresses": addresses,
        "pace": metrics.pace,
        "promise": metrics.promise,
        "waited": metrics.waited,
        "was_raised": metrics.was_raised,
    }


def _filters(language: Language) -> Mapping[str, Callable[..., Any]]:
    @lru_cache(maxsize=4096)  # a page says the same moment several times, and lists say it again
    def when(moment: datetime) -> Markup:
        return times.stamped(moment, language.moment(moment))

    def here(moment: datetime) -> Markup:
        return times.here(language.moment(moment), moment, moment, language.zone)

    def window(plan: Maintenance) -> Markup:
        said = language.stretch(plan.scheduled_for, plan.scheduled_until)
        if plan.is_open:
            return times.here(said, plan.scheduled_for, plan.scheduled_until, language.zone)
        return times.stamped(plan.scheduled_for, said)

    def day(moment: datetime) -> Markup:
        return times.stamped(moment, language.day(moment))

    def until(end: datetime) -> Markup:
        return when(language.last_day(end))

    def duration(span: timedelta) -> str:
        return language.length(span)

    def state(entry: Entry) -> Any:
        return STATES[entry.status]

    return {
        "when": when,
        "here": here,
        "window": window,
        "stamp": write_moment,
        "day": day,
        "until": until,
        "duration": duration,
        "state": state,
    }


def _not_displayed(language: Language) -> Markup:
    said = language.say("This text could not be displayed as it was written, so it is shown as plain text.")
    return Markup('<p class="fine">{}</p>').format(escape(said))
