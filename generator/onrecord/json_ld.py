"""What a page says to search engines in schema.org's words: an entry, and the brand that answers.

The values say what the page shows and nothing more. The press writes them as data, which no browser runs.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from onrecord import words
from onrecord.model.entry import Apology, Entry, Incident, KnownIssue, Maintenance
from onrecord.model.kinds import Status
from onrecord.model.parts import Correction
from onrecord.model.people import Voice
from onrecord.model.scalars import write_moment
from onrecord.press import Picture, Press
from onrecord.record import addresses
from onrecord.record.record import Record
from onrecord.states import STATES

Thing = Mapping[str, object]
"""One thing of schema.org: its `@type`, and what is known of it."""

_CONTEXT = {"@context": "https://schema.org"}
_LONGEST = 500  # characters of one update


def of_brand(record: Record, press: Press) -> Thing:
    """Return the organization that answers, with its own accounts and where customers reach it."""
    accounts = [account.url for voice in record.voices.values() if voice.brand for account in voice.accounts]
    contact = _thing("ContactPoint", contactType="customer support", url=record.site.tell_us)
    return {
        **_CONTEXT,
        **_brand(record, press),
        **_known(
            sameAs=[url for url in accounts if url],
            contactPoint=contact if record.site.tell_us else None,
        ),
    }


def of_entry(entry: Entry, record: Record, press: Press, description: str, picture: Picture | None = None) -> Thing:
    """Return an entry as an article, a live blog while it is an open incident, or an event if it is planned work."""
    image = picture.url if picture else None
    article = {**_article(entry, record, press, description), **_known(image=image)}
    if not isinstance(entry, Maintenance):
        return {**_CONTEXT, **article}
    off = entry.status in (Status.CANCELLED, Status.WITHDRAWN)
    event = _thing(
        "Event",
        name=words.clean(entry.title),
        description=words.clean(description),
        startDate=write_moment(entry.scheduled_for),
        endDate=write_moment(entry.scheduled_until),
        eventStatus=f"https://schema.org/Event{'Cancelled' if off else 'Scheduled'}",
        eventAttendanceMode="https://schema.org/OnlineEventAttendanceMode",
        location=_thing("VirtualLocation", url=press.url(addresses.HOME)),
        organizer=_brand(record, press),
        image=image,
        subjectOf=article,
    )
    return {**_CONTEXT, **event}


def of_figures(name: str, description: str, months: Sequence[date], record: Record, press: Press) -> Thing:
    """Return the scoreboard as a data set, with the files that it can be had as; `months` are the first and last."""
    files = ((addresses.SCOREBOARD_CSV, "text/csv"), (addresses.SCOREBOARD_JSON, "application/json"))
    return {
        **_CONTEXT,
        **_thing(
            "Dataset",
            name=words.clean(name),
            description=words.clean(description),
            url=press.url(addresses.SCOREBOARD),
            creator=_brand(record, press),
            dateModified=write_moment(record.now),
            temporalCoverage="/".join(f"{month:%Y-%m}" for month in months),
            isAccessibleForFree=True,
            distribution=[
                _thing("DataDownload", contentUrl=press.url(address), encodingFormat=form) for address, form in files
            ],
        ),
    }


def _article(entry: Entry, record: Record, press: Press, description: str) -> Thing:
    live = isinstance(entry, Incident) and entry.is_open
    kind = "LiveBlogPosting" if live else "TechArticle" if isinstance(entry, KnownIssue) else "Article"
    state = STATES[entry.status].words
    signer = entry.signed_by if isinstance(entry, Apology) else None
    return _thing(
        kind,
        headline=words.clean(entry.title),
        description=words.clean(description),
        url=press.url(addresses.entry_page(entry.id)),
        inLanguage=entry.lang,
        datePublished=write_moment(entry.published),
        dateModified=write_moment(max(entry.published, entry.changed)),
        creativeWorkStatus=press.language.say(state) if state else None,
        author=_author(signer or entry.author, record, press),
        publisher=_brand(record, press),
        about=[
            _thing(
                "Thing", name=words.clean(record.components[name].name), url=press.url(addresses.component_page(name))
            )
            for name in entry.components
            if name in record.components
        ],
        keywords=list(entry.topics),
        correction=[_correction(part, record, press) for part in entry.corrections],
        **(_coverage(entry, record, press) if isinstance(entry, Incident) and live else {}),
    )


def _coverage(entry: Incident, record: Record, press: Press) -> Thing:
    updates = [
        _thing(
            "BlogPosting",
            headline=press.language.say(STATES[update.status].words) if update.status else None,
            articleBody=press.plain(update.body, _LONGEST),
            datePublished=write_moment(update.at),
            url=f"{press.url(addresses.entry_page(entry.id))}#{addresses.update_anchor(entry, number)}",
            author=_author(update.by, record, press),
        )
        for number, update in enumerate(entry.updates)
        if update.official and (update.body or update.status)
    ]
    return _known(coverageStartTime=write_moment(entry.started_at or entry.opened), liveBlogUpdate=updates)


def _correction(part: Correction, record: Record, press: Press) -> Thing:
    was, now = (press.plain(text, 300).rstrip(".") for text in (part.was, part.now))
    said = press.language.say("we first wrote “%(was)s”; it is “%(now)s”.", was=was, now=now)
    return _thing(
        "CorrectionComment",
        text=f"{said} {press.plain(part.why, 300)}".strip(),
        datePublished=write_moment(part.at),
        author=_author(part.by, record, press),
    )


def _author(by: str | None, record: Record, press: Press) -> Thing:
    if not by:
        return _brand(record, press)
    voice = record.who(by)
    kind = "Organization" if voice.brand else "Person"
    role = words.clean(voice.role) if voice.role and not voice.brand else None
    return _thing(kind, name=words.clean(voice.name), jobTitle=role)


def _brand(record: Record, press: Press) -> Thing:
    itself: Voice | None = next((voice for voice in record.voices.values() if voice.brand), None)
    name = itself.name if itself else record.site.title
    return _thing("Organization", name=words.clean(name), url=press.url(addresses.HOME))


def _thing(kind: str, **facts: object) -> Thing:
    return {"@type": kind, **_known(**facts)}


def _known(**facts: object) -> Thing:
    return {name: value for name, value in facts.items() if value}
