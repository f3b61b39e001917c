"""`onrecord check --online`: asks, says each outcome, keeps what moved, and the page shows it."""

import json

import pytest
from tests.own_site import Site

from .world import HANG, World

PROOFS = "content/record/proofs.json"
LINK = "<a rel=me href=https://status.acme.example/voices/>us</a>"


@pytest.fixture
def asking(site: Site, here: World) -> Site:
    text = (site.root / "site_config.yml").read_text()
    host, port = here.dns
    text += f"\nproofs: {{allow_private: true, resolver: {host}, resolver_port: {port}}}\n"
    site.write("site_config.yml", text)
    accounts = "\n".join(
        f'    - {{platform: mastodon, handle: "@{name}", url: "{here.url}/@{name}"}}' for name in ("help", "news")
    )
    site.write("content/voices.yml", f"acme:\n  name: Acme\n  brand: true\n  accounts:\n{accounts}\n")
    return site


def test_a_second_check_on_the_same_day_writes_nothing(asking: Site, here: World) -> None:
    here.pages |= {"/@help": LINK, "/@news": "nothing"}
    ran = asking.run("check", "--online")
    assert ran.code == 0, ran.said
    assert "mastodon @help (acme): confirmed both ways" in ran.err
    assert "mastodon @news (acme): we say so" in ran.err
    kept = (asking.root / PROOFS).stat().st_mtime_ns
    assert asking.run("check", "--online").code == 0
    assert (asking.root / PROOFS).stat().st_mtime_ns == kept
    assert here.asked == ["/@help", "/@news", "/@news"]


def test_a_dry_run_asks_and_keeps_nothing(asking: Site, here: World) -> None:
    here.pages |= {"/@help": LINK, "/@news": LINK}
    assert "confirmed both ways" in asking.run("check", "--online", "--dry-run").err
    assert not (asking.root / PROOFS).exists()
    assert asking.run("check", "--dry-run").code == 2


def test_a_proof_that_broke_is_a_warning_at_its_line_and_on_the_page(asking: Site, here: World) -> None:
    here.pages |= {"/@help": LINK, "/@news": LINK}
    asking.run("check", "--online")
    yesterday = (asking.root / PROOFS).read_text()
    for day in {json.loads(yesterday)["proofs"][0][key] for key in ("confirmed", "asked")}:
        yesterday = yesterday.replace(day, "2020-01-01")
    asking.write(PROOFS, yesterday)
    here.pages |= {"/@help": "nothing any more", "/@news": HANG}
    ran = asking.run("check", "--online")
    assert ran.code == 0, ran.said
    assert "content/voices.yml:5:7: mastodon @help points back to this site no more" in ran.err
    assert asking.run("check", "--strict").code == 1
    page = asking.build()["voices/index.html"].decode()
    assert "Broken since " in page
    assert "last seen 1 Jan 2020; nobody answered since" in page


def test_what_is_known_is_not_written_over_when_it_cannot_be_read(asking: Site, here: World) -> None:
    asking.write(PROOFS, "{half")
    ran = asking.run("check", "--online")
    assert (ran.code, here.asked) == (1, [])
    assert f"{PROOFS}: this file is not whole" in ran.err
    asking.write(PROOFS, '{"format": 99}')
    assert "a newer On Record wrote this" in asking.run("check", "--online").err
    assert (asking.root / PROOFS).read_text() == '{"format": 99}'


def test_accounts_that_are_taken_out_are_forgotten(asking: Site, here: World) -> None:
    here.pages |= {"/@help": LINK, "/@news": LINK}
    asking.run("check", "--online")
    asking.write("content/voices.yml", "acme: {name: Acme, brand: true}\n")
    asking.run("check", "--online")
    assert not (asking.root / PROOFS).exists()


def test_in_the_demo_nobody_is_asked(asking: Site, here: World) -> None:
    asking.write("content/demo.yml", "url: https://status.acme.example/\nnow: 2026-11-21 09:12\n")
    assert "so nobody is asked" in asking.run("check", "--online").err
    assert here.asked == []


def test_a_host_that_wants_to_be_left_alone_is_asked_for_no_other_page(asking: Site, here: World) -> None:
    here.pages |= {"/@help": 429, "/@news": LINK}
    ran = asking.run("check", "--online")
    assert here.asked == ["/@help"]
    assert "/@news has asked us to wait" in ran.err
