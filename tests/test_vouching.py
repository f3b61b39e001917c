"""What a site says of who speaks: lists that teach, files at /.well-known/, links in every head, and the page."""

import pytest
from tests.own_site import Site

BRAND = """
acme:
  name: Acme
  brand: true
  accounts:
    - {platform: mastodon, handle: "@acme@social.example", url: "https://social.example/@acme?a=1&b=2"}
    - {platform: bluesky, handle: status.acme.example, id: "did:plc:abcdefghijklmnopqrstuvwx"}
    - {platform: web, handle: acme.example, url: "https://acme.example/"}
"""
PEOPLE = """
ana:
  name: Ana Ruiz
  role: Support
  initials: AR
  from: 2026-01-01
  accounts: [{platform: github, handle: ana-acme, url: "https://github.com/ana-acme"}]
ben: {name: Ben Old, until: 2026-10-31, accounts: [{platform: x, handle: "@ben"}]}
eve: {name: Eve New, from: 2026-12-01}
not_ours: [{what: "@acme_help on X", why: We reported it.}]
not_read: [{where: App stores, instead: Write to us.}]
please_note: We **never** ask for your password.
"""


def settings(site: Site, more: str) -> None:
    text = (site.root / "site_config.yml").read_text()
    site.write("site_config.yml", text.replace("site:\n", f"site:\n{more}", 1))


def test_the_page_says_who_speaks_what_is_not_ours_and_where_we_do_not_read(site: Site) -> None:
    site.write("content/voices.yml", BRAND + PEOPLE)
    files = site.build()
    page = files["voices/index.html"].decode()
    told = ["Acme", "Ana Ruiz", "^AR", "Support, since 1 Jan 2026", "We say so", "@acme_help on X", "App stores"]
    assert [words for words in told if words not in page] == []
    assert "<strong>never</strong>" in page
    assert "spoke for us until 31 Oct 2026" in page
    assert "Eve New" not in page
    assert "Confirmed both ways</span>" not in page
    assert 'href="https://github.com/ana-acme" rel="me"' in page
    assert "voices/" in files["index.html"].decode()


def test_without_voices_there_is_no_page_and_no_link_to_it(site: Site) -> None:
    files = site.build()
    assert "voices/index.html" not in files
    assert b"voices/" not in files["index.html"]


def test_what_is_not_ours_can_be_said_before_anybody_is_listed(site: Site) -> None:
    site.write("content/voices.yml", "not_ours: [{what: acme-refund.example}]\n")
    page = site.build()["voices/index.html"].decode()
    assert "We have not said yet who speaks for us." in page
    assert "acme-refund.example" in page


def test_the_brands_own_accounts_are_in_every_head(site: Site) -> None:
    site.write("content/voices.yml", BRAND + PEOPLE)
    site.write("content/pages/about.md", "# About\n")
    files = site.build()
    for path in ("index.html", "about/index.html", "404.html", "voices/index.html"):
        head = files[path].decode().split("</head>")[0]
        assert '<link rel="me" href="https://social.example/@acme?a=1&amp;b=2">' in head
        assert "ana-acme" not in head


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not_our: []", 'voices.yml:1:1: there is no field "not_our" here. Did you mean "not_ours"?'),
        ("not_ours: [{why: It is fake.}]", 'voices.yml:1:12: "what" is missing'),
        ("not_read: [Facebook]", 'voices.yml:1:12: "not_read" is not a group of fields'),
        ("ana: {name: Ana, brnd: true}", 'voices.yml:1:18: there is no field "brnd" here. Did you mean "brand"?'),
    ],
)
def test_what_is_wrong_in_the_list_is_said_at_its_place(site: Site, text: str, said: str) -> None:
    site.write("content/voices.yml", f"{text}\n")
    ran = site.run("check")
    assert ran.code == 1
    assert f"content/{said}" in ran.err


def test_a_bluesky_account_needs_its_did(site: Site) -> None:
    site.write("content/voices.yml", BRAND.replace(', id: "did:plc:abcdefghijklmnopqrstuvwx"', ""))
    assert "content/voices.yml:7:7: nobody can be asked about bluesky status.acme.example" in site.run("check").err


SECURITY = "  security: {contact: ['mailto:security@acme.example'], expires: 2027-06-30, languages: [en, es]}\n"


def test_the_well_known_files(site: Site) -> None:
    settings(site, SECURITY + "  tell_us: https://acme.example/help\n")
    site.write("content/voices.yml", BRAND)
    files = site.build()
    assert files[".well-known/security.txt"].decode().splitlines() == [
        "Contact: mailto:security@acme.example",
        "Expires: 2027-06-30T00:00:00Z",
        "Preferred-Languages: en, es",
        "Canonical: https://status.acme.example/.well-known/security.txt",
    ]
    assert files[".well-known/trust.txt"].decode().splitlines() == [
        "social=https://social.example/@acme?a=1&b=2",
        "control=https://acme.example/",
        "contact=https://acme.example/help",
    ]
    assert files[".well-known/atproto-did"] == b"did:plc:abcdefghijklmnopqrstuvwx\n"


def test_without_anything_to_say_there_is_no_well_known_file(site: Site) -> None:
    assert not [path for path in site.build() if path.startswith(".well-known")]


@pytest.mark.parametrize(
    ("day", "said"),
    [("2020-01-31", "security.txt has expired"), ("2099-01-31", "security.txt is to hold for more than a year")],
)
def test_security_txt_holds_for_a_year_at_most(site: Site, day: str, said: str) -> None:
    settings(site, SECURITY.replace("2027-06-30", day))
    ran = site.run("check")
    assert ran.code == 0
    assert said in ran.err
    assert "site_config.yml:2:" in ran.err


def test_a_site_below_the_root_of_its_host_has_no_well_known_files_and_is_told(site: Site) -> None:
    settings(site, SECURITY)
    text = (site.root / "site_config.yml").read_text()
    site.write("site_config.yml", text.replace("https://status.acme.example/", "https://acme.example/status/"))
    assert "/.well-known/ is looked for at the root of a host" in site.run("check").err
    site.write("content/voices.yml", BRAND)
    assert not [path for path in site.build() if path.startswith(".well-known")]


def test_a_contact_that_reaches_nobody_is_refused(site: Site) -> None:
    settings(site, SECURITY.replace("mailto:", ""))
    ran = site.run("check")
    assert ran.code == 1
    assert 'write one like "mailto:security@example.com"' in ran.err
