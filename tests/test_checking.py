"""Plain data to checked values: every wrong field at once, at its place, in the reader's words."""

from textwrap import dedent
from typing import Annotated, Literal

import pytest
from pydantic import Field, TypeAdapter

from onrecord.checking import check
from onrecord.errors import OnRecordError
from onrecord.model.entry import ENTRIES
from onrecord.model.parts import Part
from onrecord.model.scalars import Colour, Line, Slug
from onrecord.strict_yaml import read


class Limits(Part):
    low: Annotated[int, Field(ge=1)] = 1
    high: Annotated[int, Field(le=9)] = 9


class Shop(Part):
    name: Line
    open_: bool = Field(True, alias="open")
    colour: Colour | None = None
    size: Literal["small", "large"] = "small"
    limits: Limits = Limits()
    doors: tuple[Slug, ...] = ()
    stock: dict[Slug, int] = Field({})
    short: Annotated[str, Field(max_length=3)] | None = None


SHOP = TypeAdapter(Shop)


def said(text: str, kind: TypeAdapter[object] = SHOP) -> str:
    document = read(dedent(text), "x.yml")
    with pytest.raises(OnRecordError) as caught:
        check(kind, document, document.plain, {})
    return str(caught.value).replace("x.yml:", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("open: x\nname: a", '1:7: "open" is neither true nor false (\'x\')\n    write "true" or "false"'),
        (
            "name: |\n  a\n  b",
            "1:7: \"name\" has a line break or a control character in it ('a\\nb')\n    write it in one line",
        ),
        (
            "colour: blue\nname: a",
            '1:9: "colour" is not a colour (\'blue\')\n    write one like "#1f4fd1", in quotes',
        ),
        (
            "name: a\nsize: lrage",
            '2:7: "size" cannot be "lrage". Did you mean "large"?\n    use one of: small, large',
        ),
        ("name: a\nsize: [small]", '2:7: "size" is one word\n    use one of: small, large'),
        ("name: a\nsize: {a: b}", '2:7: "size" is one word\n    use one of: small, large'),
        ("name: [a]", '1:7: "name" is not a text\n    write one text, in "quotes" if it has ": " or "#" in it'),
        ("name: a\nshort: toolong", "2:8: \"short\" is too long ('toolong')\n    shorten it"),
        ("name: a\nlimits: {low: 0}", "2:15: \"low\" is too small ('0')\n    write 1 or more"),
        ("name: a\nlimits: {high: 10}", "2:16: \"high\" is too large ('10')\n    write 9 or less"),
        ("name: a\nlimits: {low: 1.5}", "2:15: \"low\" is not a whole number ('1.5')\n    write digits only"),
        (
            "name: a\nlimits: none",
            '2:9: "limits" is not a group of fields (\'none\')\n    write lines like "low: …" below it, indented; '
            "known there: low, high",
        ),
        (
            "name: a\ndoors: front",
            '2:8: "doors" is not a list (\'front\')\n    write one "- value" per line, or [one, two]',
        ),
        (
            "name: a\ndoors: [front, Back Door]",
            (
                "2:16: \"doors\" is not a short name ('Back Door')\n"
                '    use small letters, digits and "-", like "card-payments"'
            ),
        ),
        (
            "name: a\nstock: {Red Pens: 3}",
            (
                "2:9: \"Red Pens\" is not a short name ('Red Pens')\n"
                '    use small letters, digits and "-", like "card-payments"'
            ),
        ),
        (
            "name: a\nlimits: {hgih: 3}",
            '2:10: there is no field "hgih" here. Did you mean "high"?\n    known here: high, low',
        ),
        ("open: no", '1:1: "name" is missing\n    add a line "name: …"'),
        ("", '1: "name" is missing\n    add a line "name: …"'),
    ],
)
def test_what_is_wrong_is_said_in_the_readers_words(text: str, message: str) -> None:
    assert said(text) == message


def test_a_field_with_two_possible_forms_says_both() -> None:
    text = "kind: incident\nid: a\ntitle: T\nstatus: resolved\nopened: 2026-11-21\n"
    assert said(f"{text}affected: {{count: many}}", ENTRIES) == (
        '6:19: "count" is not a whole number (\'many\')\n    write digits only, or write "unknown"'
    )
    assert said(f"{text}metrics: no", ENTRIES) == (
        '6:10: "metrics" cannot be "no".\n    write "include", or write lines like "exclude: …" below it, indented; '
        "known there: exclude"
    )
    assert said(f"{text}metrics: {{exclud: a drill}}", ENTRIES) == (
        '6:1: "exclude" is missing\n    add a line "exclude: …" below "metrics"\n'
        '6:11: there is no field "exclud" here. Did you mean "exclude"?\n    known here: exclude'
    )


def test_a_field_named_like_a_kind_leads_nobody_astray() -> None:
    text = "kind: incident\nid: a\ntitle: T\nstatus: resolved\nopened: 2026-11-21\nincident: {title: x}\nlang: 5\n"
    assert [line for line in said(text, ENTRIES).splitlines() if line[0] != " "] == [
        '6:1: there is no field "incident" here.',
        "7:7: \"lang\" is not a language ('5')",
    ]


def test_fifteen_mistakes_are_told_at_once_each_at_its_place() -> None:
    facts = """
        kind: incident
        id: late-mail
        titel: Mail was late
        lang: German
        status: fixed
        impact: majr
        components: [mail, Web Mail]
        opened: 2026-13-01
        closed: yesterday
        pinned: often
        affected:
          count: -3
          whom: everybody
        prevention:
          - action: Alarm
            due: soon
          - owner: Operations
        related: [Big Id]
        source:
          name: app
          url: javascript:alert(1)
        fault: hours
    """
    assert [line for line in said(facts, ENTRIES).splitlines() if line[0] != " "] == [
        '2:1: "title" is missing',
        '4:1: there is no field "titel" here. Did you mean "title"?',
        "5:7: \"lang\" is not a language ('German')",
        '6:9: "status" cannot be "fixed". Did you mean "resolved"?',
        '7:9: "impact" cannot be "majr". Did you mean "major"?',
        "8:20: \"components\" is not a short name ('Web Mail')",
        '9:9: "opened": there is no such day or time',
        '10:9: "closed": this is not a time',
        "11:9: \"pinned\" is neither true nor false ('often')",
        "13:10: \"count\" is too small ('-3')",
        '14:3: there is no field "whom" here. Did you mean "who"?',
        '17:10: "due": this is not a day',
        '18:5: "action" is missing',
        '18:5: there is no field "owner" here. Did you mean "owner_role"?',
        '19:11: "Big Id" cannot be an id',
        '22:8: "url": this is not a web address',
        '23:8: "fault" cannot be "hours". Did you mean "ours"?',
    ]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("kind: incidnet", '1:7: "kind" cannot be "incidnet". Did you mean "incident"?'),
        ("kind: [incident]", '1:7: "kind" is one word'),
        ("title: T", '1:1: "kind" is missing'),
    ],
)
def test_without_its_kind_nothing_else_is_asked_of_an_entry(facts: str, message: str) -> None:
    assert said(facts, ENTRIES).splitlines()[0] == message


def test_times_that_contradict_each_other_are_told_at_the_field() -> None:
    facts = """
        kind: maintenance
        id: a
        title: T
        status: scheduled
        opened: 2026-11-21
        scheduled_for: 2026-11-22 02:00
        scheduled_until: 2026-11-22 01:00
    """
    assert said(facts, ENTRIES) == (
        '8:18: "scheduled_until" is not after "scheduled_for"\n    set it to the end of the work'
    )
