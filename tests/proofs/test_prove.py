"""A round of proofs: what is kept of it from day to day, and what each account may stand on."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from onrecord.model.people import Account, Voice
from onrecord.model.proof import Answer, Proof, Standing
from onrecord.proofs.kinds import Places
from onrecord.proofs.prove import Proved, prove, told
from onrecord.proofs.values import Ours

from .world import HANG, World

ANA = Account(platform="mastodon", handle="@ana")
LINK = "<a rel=me href=https://acme.example/record/>us</a>"
DAYS = [date(2026, 11, day) for day in range(1, 29)]


def proved_after(*answers: Answer) -> Proof:
    proof = Proof(account=ANA)
    for day, answer in zip(DAYS, answers, strict=False):
        proof = proof.after(answer, "it said no", day)
    return proof


def test_a_failure_of_the_network_never_wipes_a_yes_and_never_becomes_one() -> None:
    kept = proved_after(Answer.YES, Answer.CANNOT_TELL, Answer.CANNOT_TELL)
    assert (kept.standing, kept.confirmed, kept.asked, kept.is_old) == (Standing.BOTH_WAYS, DAYS[0], DAYS[2], True)
    assert proved_after(Answer.CANNOT_TELL).standing is Standing.WE_SAY_SO
    assert proved_after(Answer.NO, Answer.CANNOT_TELL).standing is Standing.WE_SAY_SO


def test_a_no_after_a_yes_is_broken_since_its_first_day_until_the_next_yes() -> None:
    broken = proved_after(Answer.YES, Answer.NO, Answer.CANNOT_TELL, Answer.NO)
    assert (broken.standing, broken.broken_since, broken.why) == (Standing.BROKEN, DAYS[1], "it said no")
    mended = proved_after(Answer.YES, Answer.NO, Answer.YES)
    assert (mended.standing, mended.broken_since, mended.why) == (Standing.BOTH_WAYS, None, None)


def test_what_was_never_confirmed_cannot_break() -> None:
    assert proved_after(Answer.NO, Answer.NO).standing is Standing.WE_SAY_SO


@given(st.lists(st.sampled_from(Answer), max_size=20))
def test_what_stands_is_what_the_last_answer_said(answers: list[Answer]) -> None:
    real = [answer for answer in answers if answer is not Answer.CANNOT_TELL]
    standing = proved_after(*answers).standing
    if real and real[-1] is Answer.YES:
        assert standing is Standing.BOTH_WAYS
    else:
        assert standing is (Standing.BROKEN if Answer.YES in real else Standing.WE_SAY_SO)


def round_of(
    here: World, voices: dict[str, Voice], known: tuple[Proof, ...] = (), day: date = DAYS[0]
) -> list[Proved]:
    ours = Ours("https://acme.example/record/", "https://acme.example/record/voices/")
    with here.asker(token=SecretStr("hush")) as ask:
        return list(prove(voices, ours, known, ask, day, Places(here.url, here.url + "/{handle}")))


def brand(*accounts: Account) -> dict[str, Voice]:
    return {"acme": Voice(name="Acme", brand=True, accounts=accounts)}


def test_who_said_yes_today_is_asked_again_tomorrow(here: World) -> None:
    account = Account(platform="mastodon", handle="@acme", url=f"{here.url}/@acme")
    here.pages["/@acme"] = LINK
    (first,) = round_of(here, brand(account))
    assert first.proof.confirmed == DAYS[0]
    (again,) = round_of(here, brand(account), (first.proof,))
    assert (again.proof, again.outcome, len(here.asked)) == (first.proof, None, 1)
    (tomorrow,) = round_of(here, brand(account), (first.proof,), DAYS[1])
    assert (tomorrow.proof.confirmed, len(here.asked)) == (DAYS[1], 2)


def test_another_address_of_an_account_begins_anew(here: World) -> None:
    old = Account(platform="mastodon", handle="@acme", url="https://elsewhere.example/@acme")
    new = old.model_copy(update={"url": f"{here.url}/@acme"})
    here.pages["/@acme"] = HANG
    (proved,) = round_of(here, brand(new), (Proof(account=old, confirmed=DAYS[0], asked=DAYS[0]),), DAYS[1])
    assert proved.proof.standing is Standing.WE_SAY_SO


def test_a_proved_website_counts_as_ours_even_while_it_cannot_be_reached(here: World) -> None:
    website = Account(platform="web", handle="acme", url=f"{here.url}/")
    account = Account(platform="mastodon", handle="@acme", url=f"{here.url}/@acme")
    here.pages |= {"/": LINK, "/@acme": f"<a rel=me href={here.url}>our website</a>"}
    first = round_of(here, brand(account, website))
    assert [one.proof.account for one in first] == [website, account]
    assert {one.proof.standing for one in first} == {Standing.BOTH_WAYS}

    known = tuple(one.proof for one in first)
    here.pages["/"] = 503
    later = round_of(here, brand(account, website), known, DAYS[1])
    assert [one.proof.confirmed for one in later] == [DAYS[0], DAYS[1]]

    here.pages["/"] = "nothing"
    gone = round_of(here, brand(account, website), tuple(one.proof for one in later), DAYS[2])
    assert [one.proof.broken_since for one in gone] == [DAYS[2], DAYS[2]]


def test_those_who_do_not_speak_today_are_not_asked(here: World) -> None:
    account = Account(platform="mastodon", handle="@ana", url=f"{here.url}/@ana")
    voices = {
        "was": Voice(name="Was", accounts=(account,), until=date(2026, 10, 31)),
        "will": Voice.model_validate({"name": "Will", "accounts": (account,), "from": "2026-12-01"}),
    }
    assert round_of(here, voices) == []
    assert here.asked == []


def test_a_host_that_hangs_is_waited_for_once(here: World) -> None:
    names = ["ana", "ben", "eve"]
    accounts = tuple(Account(platform="mastodon", handle=f"@{name}", url=f"{here.url}/@{name}") for name in names)
    here.pages |= {f"/@{name}": HANG for name in names}
    assert {one.outcome.answer for one in round_of(here, brand(*accounts)) if one.outcome} == {Answer.CANNOT_TELL}
    assert here.asked == ["/@ana"]


def test_the_token_goes_to_github_alone_and_a_question_is_asked_once(here: World) -> None:
    account = Account(platform="mastodon", handle="@acme", url=f"{here.url}/@acme")
    round_of(here, brand(account))
    assert here.tokens == {""}
    organisation = Account(platform="github", handle="acme", url=f"{here.url}/acme")
    people = tuple(Account(platform="github", handle=name, url=f"{here.url}/{name}") for name in ("ana", "ben"))
    here.asked.clear()
    round_of(here, {**brand(organisation), "people": Voice(name="People", accounts=people)})
    assert here.tokens == {"", "Bearer hush"}
    assert sorted(here.asked) == sorted(set(here.asked))
    assert len(here.asked) == 3


def test_each_outcome_is_said_with_what_to_do(here: World) -> None:
    here.pages |= {"/@yes": LINK, "/@no": "", "/@away": 503, "/@broken": ""}
    names = ("yes", "no", "away", "broken")
    accounts = [Account(platform="mastodon", handle=f"@{name}", url=f"{here.url}/@{name}") for name in names]
    accounts.append(Account(platform="x", handle="@acme"))
    known = Proof(account=accounts[3], confirmed=DAYS[0], asked=DAYS[0])
    lines = [told(one) for one in round_of(here, brand(*accounts), (known,), DAYS[1])]
    todo = "put this link into its profile: https://acme.example/record/voices/"
    assert lines[0] == "mastodon @yes (acme): confirmed both ways"
    assert lines[1] == f'mastodon @no (acme): we say so: its page has no link with rel="me" to this site; {todo}'
    assert lines[2].startswith(f"mastodon @away (acme): not answered: {here.url}/@away is in trouble itself")
    assert lines[3].startswith("mastodon @broken (acme): broken: its page has no link")
    assert lines[4] == "x @acme (acme): we say so; it cannot be proved there"
