"""Lighthouse gives every main page all points that do not depend on how fast the machine is."""

import pytest
from tests.pages import lighthouse
from tests.pages.conftest import Address

pytestmark = pytest.mark.web


@pytest.mark.parametrize("page", lighthouse.PAGES)
def test_a_main_page_loses_no_point(page: str, address: Address) -> None:
    measured = lighthouse.measure(address("demo") + lighthouse.PAGES[page], *lighthouse.NO_TIMES)
    assert measured.lost == ()
    assert measured.points == dict.fromkeys(lighthouse.NO_TIMES, 100)


def test_points_that_are_lost_are_seen(broken: Address) -> None:
    host = broken("<!doctype html><title></title><meta name=robots content=noindex><h1>A</h1><img src=none.png>")
    measured = lighthouse.measure(host, *lighthouse.NO_TIMES)
    assert all(points < 100 for points in measured.points.values())
    assert "seo: Page is blocked from indexing" in measured.lost
