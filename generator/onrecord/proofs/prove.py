"""One round of proofs: who is asked, in which order, and what is known afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onrecord.model.people import Account, Voice
from onrecord.model.proof import Answer, Proof, Standing
from onrecord.proofs.kinds import Places, kind_of
from onrecord.proofs.values import Ask, Kind, Ours, Outcome


@dataclass(frozen=True, slots=True)
class Proved:
    """What is known of one account after a round; without an outcome nobody was asked."""

    voice: str
    proof: Proof
    outcome: Outcome | None = None


def prove(
    voices: Mapping[str, Voice], ours: Ours, known: tuple[Proof, ...], ask: Ask, today: date, places: Places
) -> Iterator[Proved]:
    """Yield what is known of each account, the brand's websites first; who said yes today is not asked again.

    A website of the brand that has proved to be ours counts as ours for the accounts after it, also while it
    cannot be reached.
    """
    before = {proof.account: proof for proof in known}
    websites: list[str] = []
    for name, voice, account in _in_order(voices, today):
        proof = before.get(account, Proof(account=account))
        kind = kind_of(voice, account, voices, places)
        standing_for_us = Ours(ours.site, ours.voices, tuple(websites))
        proved = _prove_one(name, proof, kind, standing_for_us, ask, today)
        if _is_website(voice, account) and account.url and proved.proof.standing is Standing.BOTH_WAYS:
            websites.append(account.url)
        yield proved


def _prove_one(name: str, proof: Proof, kind: Kind | None, ours: Ours, ask: Ask, today: date) -> Proved:
    if kind is None:
        return Proved(name, Proof(account=proof.account))
    if proof.confirmed == today and proof.standing is Standing.BOTH_WAYS:
        return Proved(name, proof)
    outcome = kind.decide(tuple(ask(question) for question in kind.questions()), ours)
    return Proved(name, proof.after(outcome.answer, outcome.why, today), outcome)


def _in_order(voices: Mapping[str, Voice], today: date) -> Iterator[tuple[str, Voice, Account]]:
    """Yield the accounts of those who speak for us today: websites, then the brand's others, then people's."""
    found = [
        (name, voice, account)
        for name, voice in voices.items()
        if voice.speaks_on(today)
        for account in voice.accounts
    ]
    yield from sorted(found, key=lambda one: (not _is_website(one[1], one[2]), not one[1].brand))


def _is_website(voice: Voice, account: Account) -> bool:
    return voice.brand and account.platform == "web"


def told(proved: Proved) -> str:
    """Return one line for the person who watches: what is known, and what to do for a better answer."""
    account, outcome = proved.proof.account, proved.outcome
    who = f"{account.platform} {account.handle} ({proved.voice})"
    if outcome is None:
        return f"{who}: confirmed today" if proved.proof.confirmed else f"{who}: we say so; it cannot be proved there"
    if outcome.answer is Answer.YES:
        return f"{who}: confirmed both ways"
    if outcome.answer is Answer.CANNOT_TELL:
        return f"{who}: not answered: {outcome.why}; {outcome.todo}"
    standing = "broken" if proved.proof.broken_since else "we say so"
    return f"{who}: {standing}: {outcome.why}; {outcome.todo}"
