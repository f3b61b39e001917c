"""What the rules decide about one entry, and why: the first rule from the top that matches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.model.entry import Entry, Incident, KnownIssue, Note, Raisable
from onrecord.model.kinds import Impact
from onrecord.model.triage import Route, Rule, Rules, When
from onrecord.triage.phrases import first_found, folded
from onrecord.venues import Address, recognise

_NO_RULE = "no rule matches"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who says something next about an entry, how much it hurts, and why; `rule` counts from 1.

    The impact that a person wrote into the entry stands; a rule only gives one where nobody did.
    """

    impact: Impact | None
    route: Route
    team: str | None
    owner: str | None
    rule: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """Whether one thing that a rule looks for holds, in words."""

    held: bool
    words: str


@dataclass(frozen=True, slots=True)
class Trial:
    """How one rule fared with an entry."""

    number: int
    rule: Rule
    found: tuple[Found, ...]

    @property
    def matches(self) -> bool:
        """Tell whether everything that the rule looks for holds."""
        return all(part.held for part in self.found)

    @property
    def why(self) -> str:
        """Return why it matches, or what is missing: `rule 3: “refund” and 5 people`."""
        told = [part.words for part in self.found if part.held is self.matches] or ["it matches everything"]
        return f"rule {self.number}: {_listed(told, 'and')}"


def triage(entry: Entry, rules: Rules) -> Decision:
    """Return what the first rule that matches decides; where none does, it is answered where it was raised."""
    trial = next((trial for trial in trials(entry, rules) if trial.matches), None)
    if trial is None:
        return Decision(entry.impact, Route.ANSWER, None, None, None, _NO_RULE)
    then = trial.rule.then
    return Decision(entry.impact or then.impact, then.route, then.team, then.owner, trial.number, trial.why)


def trials(entry: Entry, rules: Rules) -> Iterator[Trial]:
    """Yield how each rule fares with an entry, from the top."""
    seen = _seen(entry)
    for number, rule in enumerate(rules.rules, 1):
        yield Trial(number, rule, tuple(_found(rule.when, seen)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """An entry as rules see it."""

    entry: Entry
    text: str
    venues: tuple[tuple[str, str], ...]
    people: int


def _seen(entry: Entry) -> _Seen:
    # A mark of its own between the texts: no phrase runs from the end of one into the next.
    text = "\n".join(folded(part) for part in _texts(entry))
    venues = tuple((name, folded(name)) for name in dict.fromkeys(_venues(entry)))
    return _Seen(entry, text, venues, _people(entry))


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.title, entry.summary or "", entry.body)
    if isinstance(entry, KnownIssue):
        yield entry.symptom or ""
    if isinstance(entry, Raisable) and entry.raised:
        yield from (entry.raised.paraphrase or "", entry.raised.quote or "")


def _venues(entry: Entry) -> Iterator[str]:
    """Yield what people call the places where an entry was raised or answered: by their names, then by addresses."""
    raised = entry.raised if isinstance(entry, Raisable) else None
    urls = [raised.url if raised else None, *(venue.url for venue in entry.venues)]
    yield from (name for name in (raised.venue if raised else None, *(venue.name for venue in entry.venues)) if name)
    for url in (*urls, entry.source.url if entry.source else None):
        address = recognise(url) if url else None
        if isinstance(address, Address):
            yield address.venue


def _people(entry: Entry) -> int:
    """Return how many people raised it, or are affected, whichever is more."""
    raised = entry.raised.count if isinstance(entry, Raisable) and entry.raised else 0
    affected = entry.affected.count if isinstance(entry, Incident | Note) and entry.affected else 0
    return max(raised, affected if isinstance(affected, int) else 0)


def _found(when: When, seen: _Seen) -> Iterator[Found]:
    if when.words:
        phrase = first_found(when.words, seen.text)
        yield Found(bool(phrase), f"“{phrase}”" if phrase else f"not a word of {_quoted(when.words)}")
    if when.venues:
        names = (name for name, words in seen.venues if first_found(when.venues, words))
        name = next(names, None)
        yield Found(bool(name), f"raised on {name}" if name else f"not on {_listed(when.venues, 'or')}")
    entry = seen.entry
    carried = [label.casefold() for label in entry.source.labels] if entry.source else ()
    for what, wanted, has in (
        ("kind", when.kinds, (entry.kind,)),
        ("component", when.components, entry.components),
        ("topic", when.topics, entry.topics),
        ("label", when.labels, carried),
    ):
        if wanted:
            same = next((one for one in wanted if one.casefold() in has), None)
            yield Found(same is not None, f"{what} {same}" if same else f"not {what} {_listed(wanted, 'or')}")
    if when.people:
        people = "1 person" if seen.people == 1 else f"{seen.people} people"
        enough = seen.people >= when.people
        yield Found(enough, people if enough else f"{people}, not {when.people}")


def _quoted(phrases: Iterable[str]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)


def _listed(names: Iterable[str], word: str) -> str:
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last
