"""Every address that people copy, on every platform: what it names, whose it is, and its one canonical spelling."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.strategies import urls

from onrecord.errors import Problem
from onrecord.model.scalars import Slug
from onrecord.venues import Address, Names, recognise
from onrecord.venues.table import PLATFORMS

FILES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.yml"))}
FORMS = [
    pytest.param(facts, names, canonical, row, id=row[0])
    for facts in FILES.values()
    for names, key in ((Names.POST, "posts"), (Names.SHARED, "shared"))
    for canonical, rows in facts.get(key, {}).items()
    for row in rows
]
NO_POSTS = [
    pytest.param(facts["platform"], Names(names), address, id=address)
    for facts in FILES.values()
    for names in ("another", "nothing")
    for address in facts.get(names, ())
]
ADDRESSES = [parameter.id for parameter in (*FORMS, *NO_POSTS)]


def told(typed: str) -> Address:
    address = recognise(typed)
    assert isinstance(address, Address), address
    return address


@pytest.mark.parametrize(("facts", "names", "canonical", "row"), FORMS)
def test_an_address_tells_what_it_names(facts: dict[str, Any], names: Names, canonical: str, row: list[str]) -> None:
    typed, account, venue = (*row, *[None, facts["venue"]][len(row) - 1 :])
    assert told(typed) == Address(canonical, names, venue, facts["platform"], account)


@pytest.mark.parametrize(("platform", "names", "typed"), NO_POSTS)
def test_what_names_no_post_is_told_from_what_does(platform: str, names: Names, typed: str) -> None:
    address = told(typed)
    assert (address.names, address.account) == (names, None)
    assert address.platform in ("", platform)


def test_every_platform_has_twenty_real_forms() -> None:
    tried = {
        name: sum(len(rows) for key in ("posts", "shared") for rows in facts.get(key, {}).values())
        for name, facts in FILES.items()
    }
    assert {platform.slug for platform in PLATFORMS} == set(tried) - {"other"}
    assert {name: forms for name, forms in tried.items() if forms < 20 and name != "other"} == {}


def test_a_platform_is_called_as_in_the_list_of_voices() -> None:
    assert [TypeAdapter(Slug).validate_python(platform.slug) for platform in PLATFORMS]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "URL: this is not a web address"),
        ("x.com/ana/status/1", 'this is not a web address\n    write one like "https://'),
        ("javascript:alert(1)", "javascript:alert(1): this is not a web address"),
        ("at://did:plc:1/app.bsky.feed.post/3", "this is not a web address"),
        ("https://ana:secret@x.com/ana/status/1", "this is not a web address"),
        ("https://@x.com/ana/status/1", "this is not a web address"),
        ("https://x.com@evil.example/ana/status/1", "this is not a web address"),
        ("https://x.com\\@evil.example/", "this is not a web address"),
        ("https://x.com/ana/status/1\x00", "https://x.com/ana/status/1\ufffd: this is not a web address"),
        ("https://x.com/ana/\u202estatus/1", "this is not a web address"),
        ("https://x.com/ana/\u200bstatus/1", "this is not a web address"),
        ("https://x.com/ana/status/1\nhttps://evil.example", "this is not a web address"),
        ("https://[::1]/", "this is not a web address"),
        ("https://x.com:99999/", "this is not a web address"),
        ("https://xn--\u00ff.example/", "letters that only look alike"),
        ("https://x.com/" + "a" * 2000, "this address is too long\n    shorten it"),
        ("https://tw\u0456tter.com/ana/status/1", "letters that only look alike"),
        ("https://xn--twtter-4fg.com/ana/status/1", "letters that only look alike"),
        ("https://\uff58.com/ana/status/1", "letters that only look alike"),
        ("https://tw\u00edtter.com/ana/status/1", "only looks like one of X\n    open X yourself"),
        ("https://xn--twtter-4va.com/ana/status/1", "only looks like one of X"),
        ("https://\u0445.com/ana/status/1", "only looks like one of X"),
        ("https://www.\u0433\u0435dd.it/1abc", "letters that only look alike"),
    ],
)
def test_what_is_no_honest_address_is_refused_with_what_to_do(typed: str, said: str) -> None:
    problem = recognise(typed)
    assert isinstance(problem, Problem)
    assert said in str(problem)
    assert str(problem).isprintable() or "\n    " in str(problem)


@given(st.text() | st.sampled_from(ADDRESSES).flatmap(lambda known: st.text(max_size=8).map(known.__add__)))
@settings(max_examples=500)
def test_no_text_makes_it_raise(text: str) -> None:
    assert isinstance(recognise(text), Address | Problem)


mangled = st.builds(
    lambda address, query, fragment: f"{address}{'&' if '?' in address else '?'}{query}#{fragment}",
    st.sampled_from([address for address in ADDRESSES if "#" not in address]),
    st.from_regex(r"[a-z_]{1,6}=[A-Za-z0-9%._~:()=+-]{0,12}", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9/_!?=%-]{0,12}", fullmatch=True),
)


@given(st.sampled_from(ADDRESSES) | mangled | urls)
@settings(max_examples=1000)
def test_a_canonical_address_is_its_own(typed: str) -> None:
    once = told(typed)
    again = told(once.url)
    assert (again.url, again.names, again.platform) == (once.url, once.names, once.platform)
