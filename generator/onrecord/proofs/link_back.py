"""The account's own page links to us and says `rel="me"`: Mastodon and its kin, forges, personal sites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from onrecord.proofs.values import YES, Heard, Ours, Outcome, Page, Question, Said, cannot_tell, no

# What parsers take for text is passed over. Each part eats all that it looked at, so that no page takes long;
# a link whose attributes hold angle brackets is none, which errs on the safe side.
_PART = re.compile(
    r"<!--(?:.*?-->|.*)"
    r"|<(?P<text>script|style|title|textarea|template|noscript|noframes|iframe|xmp)\b(?:.*?</(?P=text)\b|.*)"
    r"|<(?:a|link)\s(?P<attributes>[^<>]{1,4000})>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=`]+))""")


@dataclass(frozen=True, slots=True)
class LinkBack:
    """The page at an address links back."""

    url: str

    def questions(self) -> tuple[Question, ...]:
        """Return the one page."""
        return (Page(self.url),)

    def decide(self, heard: tuple[Heard, ...], ours: Ours) -> Outcome:
        """Return yes for a link with `rel="me"` to the site, its page of voices or a proved website of ours."""
        (page,) = heard
        if not isinstance(page, Said):
            return cannot_tell(page)
        if not page.texts:
            return no("its page is not there any more", "correct the account, or take it out")
        todo = f"put this link into its profile: {ours.voices}"
        links = list(me_links(page.texts[0]))
        if any(ours.links_here(link) for link in links):
            return YES
        return no('its page has no link with rel="me" to this site', todo)


def me_links(html: str) -> Iterator[str]:
    """Yield the addresses of the links of a page that say `rel="me"`."""
    for part in _PART.finditer(html):
        if part["attributes"]:
            found: dict[str, str] = {}
            for name, *values in _ATTRIBUTE.findall(part["attributes"]):
                found.setdefault(name.lower(), unescape("".join(values)))
            if "me" in found.get("rel", "").lower().split() and "href" in found:
                yield found["href"].strip()
