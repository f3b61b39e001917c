"""What networks show of a page: each has a picture that exists, is dated, and gets a new address with its state."""

import io
import re
from datetime import datetime, timedelta

import html5lib
import pytest
from PIL import Image
from tests.bare_press import ACME, bare_press
from tests.every_field import every_field
from tests.own_site import NOW, Site

from onrecord.cards import SIZE, Cards
from onrecord.model.kinds import Kind
from onrecord.our_code import OURS
from onrecord.press import Press
from onrecord.record.record import Record
from onrecord.sharing import OWN, pictures_of_entries
from onrecord.shelf import Shelf

AT = datetime.fromisoformat(f"{NOW}Z")
FACTS = "kind: incident\ntitle: Mail is late\nimpact: major\nopened: 2026-11-20 10:00"


@pytest.fixture
def late(site: Site) -> Site:
    site.entry("late-mail", FACTS)
    return site


def meta(page: bytes) -> dict[str, str]:
    tree = html5lib.parse(page.decode(), namespaceHTMLElements=False)
    return {str(node.get("property") or node.get("name")): str(node.get("content")) for node in tree.iter("meta")}


def picture(page: bytes) -> str:
    return meta(page)["og:image"]


def test_every_page_has_a_picture_that_exists_and_says_how_large_it_is(late: Site) -> None:
    files = late.build()
    for path, page in files.items():
        if not path.endswith(".html"):
            continue
        said = meta(page)
        address, version = said["og:image"].split("?v=")
        drawn = files[address.removeprefix("https://status.acme.example/")]
        assert re.fullmatch("[0-9a-f]{12}", version)
        assert Image.open(io.BytesIO(drawn)).size == SIZE
        assert (said["og:image:width"], said["og:image:height"]) == tuple(map(str, SIZE))
        assert said["twitter:card"] == "summary_large_image"
        assert said["og:image:alt"].startswith("Acme on record. ")


def test_an_entrys_picture_says_its_state_its_title_and_its_date_and_home_says_the_day(late: Site) -> None:
    files = late.build()
    said = meta(files["log/late-mail/index.html"])
    assert said["og:image:alt"] == (
        "Acme on record. Looking into it · major. Mail is late. As of 20 Nov 2026, 10:00 UTC."
    )
    assert meta(files["index.html"])["og:image:alt"] == (
        "Acme on record. Now. One problem now: Mail is late. As of 21 Nov 2026."
    )
    assert "As of" not in meta(files["known/index.html"])["og:image:alt"]


def test_a_new_state_gives_the_picture_a_new_address_and_an_hour_does_not(late: Site) -> None:
    page = "log/late-mail/index.html"
    before = late.build()
    later = late.build("2026-11-21 10:12")
    assert picture(later[page]) == picture(before[page])
    assert later["card.png"] == before["card.png"]
    late.entry("late-mail", FACTS, "\n## 2026-11-21 09:00 resolved\n\nMail is on time.\n")
    after = late.build()
    assert picture(after[page]) != picture(before[page])
    assert picture(after[page]).split("?")[0] == picture(before[page]).split("?")[0]
    assert after["log/late-mail/card.png"] != before["log/late-mail/card.png"]


def test_a_site_that_wants_no_cards_has_none(late: Site) -> None:
    with (late.root / "site_config.yml").open("a") as file:
        file.write("theme: {cards: false}\n")
    files = late.build()
    assert not any(path.endswith(".png") and "card" in path for path in files)
    assert not any(b"og:image" in page for path, page in files.items() if path.endswith(".html"))
    kept = [path.read_bytes() for path in (late.root / "build/shelf").glob("*")]
    assert not any(b"\x89PNG" in each for each in kept)


def test_what_is_open_and_what_changed_last_has_its_own_picture_and_older_entries_share_one() -> None:
    bare = bare_press()
    press = Press(ACME, bare.language, bare.frames, [OURS], cards=Cards(Shelf()))
    old = every_field(Kind.ISSUE, "Words", id="old").model_copy(
        update={"updates": (), "updated": None, "corrections": ()}
    )
    entries = tuple(
        old.model_copy(update={"id": f"e-{number}", "opened": AT - timedelta(days=7 * number), "closed": None})
        for number in range(OWN + 60)
    )
    closed = tuple(entry.model_copy(update={"status": "resolved"}) for entry in entries[:-1])
    found = pictures_of_entries(Record(site=ACME, now=AT, entries=(*closed, entries[-1])), press)
    assert len(found) == OWN + 60
    assert found[entries[-1].id].file.path == f"log/{entries[-1].id}/card.png", "what is open comes first"
    own = [entry.id for entry in entries if found[entry.id].file.path == f"log/{entry.id}/card.png"]
    assert own == [*(entry.id for entry in entries[: OWN - 1]), entries[-1].id]
    shared = {found[entry.id].file.path: found[entry.id].alt for entry in entries if entry.id not in own}
    assert shared == {f"cards/issue-resolved-{year}.png": f"Acme on record. Fixed. {year}." for year in (2023, 2024)}
