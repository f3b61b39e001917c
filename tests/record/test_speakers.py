"""Whose words they are: the voice that an account belongs to, whatever name the venue gave it."""

from datetime import UTC, datetime

import pytest
from tests.bare_press import ACME

from onrecord.model.parts import Update
from onrecord.model.people import Account, Voice
from onrecord.record.record import Record
from onrecord.record.speakers import speaker

ON_GITHUB = Account(platform="github", handle="ana-acme")
ON_MASTODON = Account(platform="mastodon", handle="@ana@social.example", url="https://social.example/@ana")
ANA = Voice(name="Ana Ruiz", role="Support", accounts=(ON_GITHUB, ON_MASTODON))
BEN = Voice.model_validate(
    {"name": "Ben Old", "until": "2026-10-31", "accounts": [{"platform": "x", "handle": "@b"}]}
)
RECORD = Record(site=ACME, now=datetime(2026, 11, 21, tzinfo=UTC), voices={"ana": ANA, "ben": BEN})


def said(by: str | None, url: str | None = None) -> tuple[str, Account | None]:
    update = Update(at=datetime(2026, 11, 20, tzinfo=UTC), by=by, url=url, body="We see it.")
    voice, account = speaker(update, RECORD)
    return voice.name, account


@pytest.mark.parametrize("by", ["ana", "ana-acme", "@Ana-Acme"])
def test_a_name_or_an_account_leads_to_the_voice_and_the_account_at_that_venue(by: str) -> None:
    assert said(by, "https://github.com/acme/app/issues/1#c1") == ("Ana Ruiz", ON_GITHUB)


def test_the_account_is_the_one_at_the_venue_where_it_was_said() -> None:
    assert said("ana", "https://social.example/@ana/1") == ("Ana Ruiz", ON_MASTODON)
    assert said("ana", "https://forum.example/t/1") == ("Ana Ruiz", None)
    assert said("ana") == ("Ana Ruiz", None)


def test_the_same_handle_at_another_venue_is_somebody_else() -> None:
    assert said("ana-acme", "https://social.example/@ana-acme/1") == ("ana-acme", None)


def test_who_left_does_not_speak_for_us_any_more() -> None:
    assert said("@b", "https://x.com/b/status/1") == ("@b", None)


def test_without_a_name_the_site_speaks() -> None:
    assert said(None) == ("Acme on record", None)
