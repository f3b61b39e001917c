"""A website or domain of the brand names the site: by a link, or by a text in its DNS."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord.proofs.link_back import LinkBack
from onrecord.proofs.values import YES, Heard, Ours, Outcome, Page, Question, Said, Txt, cannot_tell, no


@dataclass(frozen=True, slots=True)
class Website:
    """The home page at an address links back, or the domain has our text."""

    url: str

    @property
    def name(self) -> str:
        """Return where in the DNS the text stands."""
        return f"_onrecord.{urlsplit(self.url).hostname}"

    def questions(self) -> tuple[Question, ...]:
        """Return the page and the texts of the domain."""
        return Page(self.url), Txt(self.name)

    def decide(self, heard: tuple[Heard, ...], ours: Ours) -> Outcome:
        """Return yes when either of the two says so, and no only when both could be asked."""
        page, texts = heard
        if isinstance(texts, Said) and text_for(ours.site) in (text.strip() for text in texts.texts):
            return YES
        by_link = LinkBack(self.url).decide((page,), ours)
        if by_link == YES:
            return YES
        if not (isinstance(page, Said) and isinstance(texts, Said)):
            return cannot_tell(page, texts)
        todo = f'add to its DNS a TXT record {self.name} with "{text_for(ours.site)}", or {by_link.todo}'
        return no("neither its page nor its DNS names this site", todo)


def text_for(site: str) -> str:
    """Return the text by which a domain names a site: it holds no secret, so there is nothing to copy."""
    return f"onrecord-verify={site.rstrip('/')}/"
