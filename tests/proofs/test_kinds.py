"""Each kind of proof, asked of a real server and a real name service: a yes, a clean no, and no answer at all."""

import json
from typing import Any

import pytest

from onrecord.model.people import Account, Voice
from onrecord.model.proof import Answer
from onrecord.proofs.kinds import Places, kind_of
from onrecord.proofs.values import Ours, Outcome

from .world import HANG, SERVFAIL, World

OURS = Ours("https://acme.example/record/", "https://acme.example/record/voices/")
DID = "did:plc:abcdefghijklmnopqrstuvwx"
LINK = '<a rel="me nofollow" href="https://acme.example/record/voices">us</a>'


def outcome(here: World, account: Account, *, brand: bool = False, own: tuple[Account, ...] = ()) -> Outcome:
    voices = {
        "acme": Voice(name="Acme", brand=True, accounts=(account, *own) if brand else own),
        "ana": Voice(name="Ana", accounts=() if brand else (account,)),
    }
    places = Places(here.url, here.url + "/{handle}/did")
    kind = kind_of(voices["acme" if brand else "ana"], account, voices, places)
    assert kind
    with here.asker() as ask:
        return kind.decide(tuple(ask(question) for question in kind.questions()), OURS)


def mastodon(here: World) -> Account:
    return Account(platform="mastodon", handle="@ana@social.example", url=f"{here.url}/@ana")


@pytest.mark.parametrize(
    "page",
    [
        LINK,
        "<html><head><link type='text/html' href='HTTPS://ACME.example/record/#top' rel=me>",
        "<LINK REL='ME' HREF=http://acme.example/record/>",
        "<!-- a --><script>x</script><p><a\nhref='https://acme.example/record/' rel='me'>",
        "<a class=x rel=me href=https://acme.example/record/?a=b>no</a>" + LINK,
    ],
)
def test_a_page_that_links_back_says_yes(here: World, page: str) -> None:
    here.pages["/@ana"] = page
    assert outcome(here, mastodon(here)).answer is Answer.YES


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<a href='https://acme.example/record/'>no word of me</a>",
        "<a rel='me' href='https://acme.example/'>another page of the host</a>",
        "<a rel='me' href='https://acme.example.evil.example/record/'>another host</a>",
        "<a rel='me' href='https://acme.example:8443/record/'>another port</a>",
        "<a rel='me' href='https://evil.example/?https://acme.example/record/'>in the query</a>",
        "<a rel='mean' href='https://acme.example/record/'>another word</a>",
        f"<!-- {LINK} -->",
        f"<!-- {LINK}",
        f"<script>'{LINK}'</script>",
        f"<textarea>{LINK}</textarea>",
        f"<title>{LINK}",
        LINK.replace("<", "&lt;"),
        404,
        410,
    ],
)
def test_a_page_that_does_not_link_back_is_a_clean_no(here: World, page: str | int) -> None:
    here.pages["/@ana"] = page
    said = outcome(here, mastodon(here))
    assert said.answer is Answer.NO
    assert said.why
    assert said.todo


@pytest.mark.parametrize("page", [HANG, 500, 503, 401, 403, 429, "x" * (2**20 + 1)])
def test_a_page_that_does_not_answer_is_neither(here: World, page: str | int) -> None:
    here.pages["/@ana"] = page
    assert outcome(here, mastodon(here)).answer is Answer.CANNOT_TELL


def test_a_host_that_is_not_there_is_neither_and_is_not_asked_twice(here: World) -> None:
    gone = Account(platform="mastodon", handle="@ana@gone.example", url="http://127.0.0.1:9/@ana")
    assert outcome(here, gone).answer is Answer.CANNOT_TELL


def test_an_address_inside_the_network_is_not_asked(here: World) -> None:
    here.pages["/@ana"] = LINK
    kind = kind_of(Voice(name="Ana"), mastodon(here), {}, Places())
    assert kind
    with here.asker(allow_private=False) as ask:
        said = kind.decide(tuple(ask(question) for question in kind.questions()), OURS)
    assert said.answer is Answer.CANNOT_TELL
    assert here.asked == []


@pytest.mark.parametrize("page", ["<!--" * 250_000, "<a " * 300_000, '<a href="' * 100_000, "<script>" * 100_000])
def test_no_page_takes_long_to_read(here: World, page: str) -> None:
    here.pages["/@ana"] = page
    assert outcome(here, mastodon(here)).answer is Answer.NO


VALUE = "onrecord-verify=https://acme.example/record/"


@pytest.mark.parametrize(
    ("page", "texts", "answer"),
    [
        ("", ["v=spf1", VALUE], Answer.YES),
        (HANG, [VALUE], Answer.YES),
        (LINK, None, Answer.YES),
        (LINK, SERVFAIL, Answer.YES),
        ("", None, Answer.NO),
        ("", [], Answer.NO),
        ("", ["onrecord-verify=https://evil.example/"], Answer.NO),
        (404, [VALUE.replace("acme", "acme2")], Answer.NO),
        ("", SERVFAIL, Answer.CANNOT_TELL),
        ("", HANG, Answer.CANNOT_TELL),
        (HANG, None, Answer.CANNOT_TELL),
        (HANG, HANG, Answer.CANNOT_TELL),
    ],
)
def test_a_website_says_so_by_a_link_or_in_its_dns(here: World, page: Any, texts: Any, answer: Answer) -> None:
    here.pages["/"] = page
    if texts is not None:
        here.texts["_onrecord.127.0.0.1"] = texts
    said = outcome(here, Account(platform="web", handle="acme", url=f"{here.url}/"), brand=True)
    assert said.answer is answer
    assert (VALUE in said.todo) is (answer is Answer.NO)


DOCUMENT = json.dumps({"id": DID, "alsoKnownAs": ["at://Care.Acme.example"]})


@pytest.mark.parametrize(
    ("texts", "page", "document", "answer"),
    [
        ([f"did={DID}"], 404, DOCUMENT, Answer.YES),
        (None, f"{DID}\n", DOCUMENT, Answer.YES),
        (HANG, DID, DOCUMENT, Answer.YES),
        ([f"did={DID}"], 503, DOCUMENT, Answer.YES),
        ([f"did={DID[:-1]}z"], 404, DOCUMENT, Answer.NO),
        ([f"did={DID}", "did=did:plc:zbcdefghijklmnopqrstuvwx"], 404, DOCUMENT, Answer.NO),
        (None, "<html>did:plc</html>", DOCUMENT, Answer.NO),
        (None, 404, DOCUMENT, Answer.NO),
        ([f"did={DID}"], 404, '{"alsoKnownAs": ["at://other.example"]}', Answer.NO),
        ([f"did={DID}"], 404, '{"alsoKnownAs": 5}', Answer.NO),
        ([f"did={DID}"], 404, 404, Answer.NO),
        ([f"did={DID}"], 404, HANG, Answer.CANNOT_TELL),
        ([f"did={DID}"], 404, "half a {", Answer.CANNOT_TELL),
        (SERVFAIL, 404, DOCUMENT, Answer.CANNOT_TELL),
        (HANG, HANG, DOCUMENT, Answer.CANNOT_TELL),
    ],
)
def test_a_bluesky_handle_and_its_did_name_each_other(
    here: World, texts: Any, page: Any, document: Any, answer: Answer
) -> None:
    here.pages |= {"/care.acme.example/did": page, f"/{DID}": document}
    if texts is not None:
        here.texts["_atproto.care.acme.example"] = texts
    account = Account(platform="bluesky", handle="@Care.acme.example", id=DID)
    assert outcome(here, account, brand=True).answer is answer


def test_a_bluesky_handle_on_another_domain_shows_who_it_is_but_not_that_it_is_ours(here: World) -> None:
    here.pages[f"/{DID}"] = '{"alsoKnownAs": ["at://acme.bsky.example"]}'
    here.texts["_atproto.acme.bsky.example"] = [f"did={DID}"]
    account = Account(platform="bluesky", handle="acme.bsky.example", id=DID)
    assert outcome(here, account, brand=True).answer is Answer.NO


def github(here: World, handle: str, number: str | None = None) -> Account:
    return Account(platform="github", handle=handle, url=f"{here.url}/{handle}", id=number)


@pytest.mark.parametrize(
    ("profile", "answer"),
    [
        ('{"id": 7, "blog": "acme.example/record"}', Answer.YES),
        ('{"id": 7, "blog": "https://acme.example/record/voices/"}', Answer.YES),
        ('{"id": 8, "blog": "https://acme.example/record/"}', Answer.NO),
        ('{"id": 7, "blog": ""}', Answer.NO),
        ('{"id": 7, "blog": null}', Answer.NO),
        ('{"id": 7, "blog": "https://[/"}', Answer.NO),
        (404, Answer.NO),
        ("[]", Answer.CANNOT_TELL),
        ("<html>", Answer.CANNOT_TELL),
        (403, Answer.CANNOT_TELL),
        (HANG, Answer.CANNOT_TELL),
    ],
)
def test_the_brands_own_profile_names_the_site(here: World, profile: str | int, answer: Answer) -> None:
    here.pages["/api/v3/users/acme"] = profile
    assert outcome(here, github(here, "acme", "7"), brand=True).answer is answer


FINE = '{"id": 7, "blog": "https://acme.example/record/"}'


@pytest.mark.parametrize(
    ("member", "profile", "answer"),
    [
        (204, FINE, Answer.YES),
        (404, FINE, Answer.NO),
        (204, '{"id": 7, "blog": ""}', Answer.NO),
        (204, 404, Answer.NO),
        (204, HANG, Answer.CANNOT_TELL),
        (500, FINE, Answer.CANNOT_TELL),
        (HANG, FINE, Answer.CANNOT_TELL),
    ],
)
def test_an_organisation_that_names_us_names_its_people(
    here: World, member: Any, profile: Any, answer: Answer
) -> None:
    here.pages |= {"/api/v3/orgs/acme/public_members/ana-acme": member, "/api/v3/users/acme": profile}
    assert outcome(here, github(here, "ana-acme"), own=(github(here, "acme", "7"),)).answer is answer


@pytest.mark.parametrize(
    "account",
    [
        Account(platform="x", handle="@acme", url="https://x.com/acme"),
        Account(platform="mastodon", handle="@acme@social.example"),
        Account(platform="bluesky", handle="acme.example"),
        Account(platform="bluesky", handle="acme.example", id="1234"),
        Account(platform="github", handle="ana"),
    ],
)
def test_what_cannot_be_proved_is_not_asked(account: Account) -> None:
    ana = Voice(name="Ana", accounts=(account,))
    assert kind_of(ana, account, {"ana": ana}, Places()) is None
