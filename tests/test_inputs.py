"""What a site is made from: what one look found still stands, or it does not."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from tests.own_site import Site

from onrecord import config
from onrecord.stages.inputs import Inputs, inputs_of

NEWS = "kind: announcement\ntitle: We move\nopened: 2026-11-20"


def inputs(site: Site, url: str | None = None) -> Inputs:
    found = inputs_of(site.root, config.read(site.root, {}), url, datetime.now(UTC))
    assert found
    return found


def stands(found: Inputs, site: Site, url: str | None = None) -> bool:
    return found.stand(site.root, config.read(site.root, {}), url)


MOVED: dict[str, Callable[[Site], object]] = {
    "an entry": lambda site: site.entry("we-move", NEWS, "Sooner.\n"),
    "a list": lambda site: site.write("content/components.yml", "mail:\n  name: Mail\n"),
    "the settings": lambda site: site.write("site_config.yml", (site.root / "site_config.yml").read_text() + "#\n"),
}


@pytest.mark.parametrize("what", MOVED)
def test_a_build_that_was_overtaken_knows_it_and_the_next_finds_another_digest(what: str, site: Site) -> None:
    site.entry("we-move", NEWS, "Soon.\n")
    before = inputs(site)
    assert stands(before, site)
    assert inputs(site).digest == before.digest
    MOVED[what](site)
    assert not stands(before, site)
    assert inputs(site).digest != before.digest


def test_the_address_that_it_is_published_at_is_one_of_them(site: Site) -> None:
    before = inputs(site)
    assert not stands(before, site, "https://acme.example/")
    assert inputs(site, "https://acme.example/").digest != before.digest


def test_a_site_with_templates_of_its_own_has_none(site: Site) -> None:
    site.write("templates/pages/home.html", "{% extends 'onrecord/pages/home.html' %}")
    assert inputs_of(site.root, config.read(site.root, {}), None, datetime.now(UTC)) is None


def test_what_was_looked_at_is_known_by_its_path_below_the_site(site: Site) -> None:
    site.entry("we-move", NEWS, "Soon.\n")
    assert "content/entries/we-move.md" in inputs(site).below(site.root)
